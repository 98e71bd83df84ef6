"""Thirty links as mail programs, messengers and advertisers leave them: all open what their sender saw."""

from __future__ import annotations

from urllib.parse import parse_qsl

from helpers.each import each

from model.catalogue.load import Catalogue
from model.reading.links import mended
from model.scenario.comparison import LINK_KEYS, from_link
from model.scenario.fields import BY_KEY, ENDS_OF, HEADER
from model.scenario.scenario import Scenario

NAMES = {"v", *BY_KEY, *HEADER, *LINK_KEYS, *(end.key for end in ENDS_OF), "churn.rate"}
MEANT = Scenario(country="KEN", hours=72.0)


def read(catalogue: Catalogue, link: str) -> tuple[Scenario, list[str]]:
    query = mended(dict(parse_qsl(link, keep_blank_values=True)), NAMES.__contains__)
    scenario, _, said = from_link(catalogue, query)
    return scenario, said


@each(
    "link",
    [
        "v=2&country=KEN&duration=3d", "v=2&country=KEN&duration=3d&utm_source=x&utm_medium=email",
        "utm_campaign=a&v=2&country=KEN&duration=3d",
        "v=2&country=KEN&duration=3d&fbclid=IwAR0x", "v=2&country=KEN&duration=3d&gclid=1&gbraid=2&wbraid=3",
        "v=2&country=KEN&duration=3d&mc_cid=1&mc_eid=2", "v=2&country=KEN&duration=3d&igshid=abc",
        "v=2&country=KEN&duration=3d&ref=home&si=1",
        "v=2&country=KEN&duration=3d&msclkid=1&_hsenc=p2&_hsmi=3&mkt_tok=x&_ga=1&twclid=9&yclid=1",
        "v=2&amp;country=KEN&amp;duration=3d", "v=2&amp;amp;country=KEN&amp;amp;duration=3d",
        "v=2&country=KEN&duration=3d.",
        "v=2&country=KEN&duration=3d,", "v=2&country=KEN&duration=3d)", "v=2&country=KEN&duration=3d>",
        "v=2&country=KEN&duration=3d).",
        "v=2&country=KEN&duration=3d%22", "v=2&country=KEN&duration=3d%3E", "v=3D2&country=3DKEN&duration=3D3d",
        "v=3D2&country=3DKE%3D%0D%0AN&duration=3D3d", "v=2&country=KEN&duration=3%2520days",
        "v=2&country=KEN&duration=3+days",
        "v=2&country=KEN&duration=3%2Bdays", "V=2&Country=KEN&DURATION=3d", "v=2&country=ken&duration=3D",
        "v=2&country=KEN%E2%80%8B&duration=3d", "v=2&%E2%80%8Bcountry=KEN&duration=3d%EF%BB%BF",
        "v=2&country=Kenya&duration=3%20days",
        "?v=2&country=KEN&duration=3d", "v=2&country=KEN&duration=3d%0A", "v=2&country=KEN&duration=3d]",
        "v=2&country=KEN&duration=3d*",
        "v=2&country=KEN&duration=3d;", "v=2&country=KE&duration=72%20hrs",
    ],
)  # fmt: skip
def test_a_damaged_link_opens_what_was_meant(link: str, catalogue: Catalogue) -> None:
    assert read(catalogue, link) == (MEANT, [])


def test_what_has_two_readings_or_none_is_left_and_said(catalogue: Catalogue) -> None:
    title = "A cut (Kenya, 100 %). Really!"
    assert mended({"v": "2", "title": title}, NAMES.__contains__) == {"v": "2", "title": title}
    assert mended({"title": "Cut (Kenya))"}, NAMES.__contains__) == {"title": "Cut (Kenya)"}
    assert mended({"region": "**x**"}, NAMES.__contains__) == {"region": "**x**"}
    assert mended({"title": "Eid%20cut"}, NAMES.__contains__) == {"title": "Eid cut"}
    assert mended({"churn.rate": "1e+02", "threshold": "1e+15"}, NAMES.__contains__)["threshold"] == "1e+15"
    scenario, said = read(catalogue, "v=2&contry=KEN&duration=3D2h")  # three days and two hours, as it stands
    assert scenario == Scenario(hours=74.0) and len(said) == 1 and "contry" in said[0]
    assert mended({"source": "x"}, {"source"}.__contains__) == {
        "source": "x"
    }  # a name of ours is never dropped
    once = mended(dict(parse_qsl("v=2&amp;country=KEN&duration=3%2520days.")), NAMES.__contains__)
    assert mended(once, NAMES.__contains__) == once
