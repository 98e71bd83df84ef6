"""Links and files survive the way there and back; nothing that a stranger writes into one is a traceback."""

from __future__ import annotations

import json
import random
import string
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.catalogue.load import Catalogue, load
from model.catalogue.parameters import EXCHANGE_RATE, Parameter
from model.common.errors import InputError
from model.scenario.comparison import (
    DEFAULT_DURATIONS,
    ITSELF,
    LINK_KEYS,
    MOST_DURATIONS,
    MOST_PLACES,
    MOST_SCENARIOS,
    MOST_THRESHOLD,
    NOTHING,
    SECTIONS,
    Comparison,
    from_link,
    to_link,
)
from model.scenario.durations import MAX_HOURS
from model.scenario.events import load_events
from model.scenario.fields import BY_KEY, MAX_DRAWS, MAX_SEED, MIN_DRAWS, Header
from model.scenario.file import MAX_FILE, from_toml, note_on_file, to_toml
from model.scenario.link import LINK_VERSION, from_query, link_text, to_query
from model.scenario.scenario import BASELINE, Scenario, checked

CATALOGUE = load()
LINKS = sorted((Path(__file__).parent / "links").glob("*.txt"))
TRIES = 2_000
COUNTRIES = sorted(row.iso3 for row in CATALOGUE.countries.values() if row.available == "yes")
NAMES = sorted(
    path.stem
    for folder in ("scenarios", "events")
    for path in (CATALOGUE.root / "data" / folder).glob("*.toml")
)

shares = st.floats(0, 1).map(lambda value: value + 0.0)  # -0.0 is 0.0
lengths = st.one_of(
    st.integers(0, int(MAX_HOURS)).map(float), st.integers(0, 730).map(lambda days: days * 24.0),
    st.floats(0.01, MAX_HOURS).map(lambda hours: round(hours, 4)),
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")) | st.just(" "), max_size=60)


@st.composite
def overrides(draw: st.DrawFn, parameter: Parameter) -> Any:
    """A value or a range that the parameter's row allows."""
    number = st.floats(parameter.min, parameter.max).map(lambda value: value + 0.0)
    if parameter.unit == EXCHANGE_RATE or draw(st.booleans()):
        return draw(number)
    low, mode, high = sorted(draw(st.tuples(number, number, number)))
    return (low, mode, high)


@st.composite
def scenarios(draw: st.DrawFn, header: bool = True) -> Scenario:
    """Any scenario that can be used, with every field at work."""
    country = draw(st.sampled_from(["PAK", "PAK", *COUNTRIES]))
    kind = draw(st.sampled_from(sorted(CATALOGUE.kinds)))
    quality = CATALOGUE.kinds[kind].quality_input
    given_quality: dict[str, Any] = {quality: draw(st.none() | shares)} if quality else {}
    regions = (
        draw(st.lists(st.sampled_from(sorted(CATALOGUE.regions)), unique=True, max_size=3))
        if country == "PAK"
        else []
    )
    own = CATALOGUE.countries[country].currency
    hours = draw(lengths)
    period = draw(st.none() | st.floats(hours / 24, 3650).map(lambda value: value + 0.0))
    gap = 7.0 if period is not None else draw(st.floats(0, 3650).map(lambda value: value + 0.0))
    keys = draw(st.lists(st.sampled_from(sorted(CATALOGUE.parameters)), unique=True, max_size=4))
    moment = st.datetimes().filter(lambda when: 2000 <= when.year <= 2100)
    fields = (
        {name: draw(texts) for name in ("title", "author", "date", "reference", "why")}
        if header
        else {"title": draw(texts)}
    )
    return checked(
        CATALOGUE,
        Scenario(
            country=country, kind=kind, hours=hours, spells=draw(st.integers(1, 365)),
            gap_days=gap, period_days=period, regions=tuple(regions),
            place=None if regions else draw(st.none() | shares),
            start=draw(st.none() | moment.map(lambda when: when.isoformat(timespec="minutes"))),
            ordered_by_authority=draw(st.sampled_from([None, True, False])),
            assumptions={key: draw(overrides(CATALOGUE.parameters[key])) for key in keys},
            currency=draw(st.sampled_from(["USD", own] if own else ["USD"])),
            draws=draw(st.integers(MIN_DRAWS, MAX_DRAWS)), seed=draw(st.integers(0, MAX_SEED)),
            header=Header(**fields), **given_quality,
        ),
    )  # fmt: skip


comparisons = st.builds(
    Comparison,
    durations=st.lists(lengths, min_size=1, max_size=MOST_DURATIONS).map(
        lambda hours: tuple(sorted(set(hours)))
    ),
    countries=st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=MOST_PLACES).map(tuple),
    picked=st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=MOST_PLACES).map(tuple),
    others=st.lists(scenarios(header=False), max_size=MOST_SCENARIOS - 1).map(tuple),
    threshold=st.none() | st.floats(0, MOST_THRESHOLD).map(lambda value: value + 0.0),
    show=st.sampled_from(SECTIONS),
    origin=st.sampled_from(["", ITSELF, *NAMES]),
    start=st.none() | scenarios(header=False),
).map(
    lambda item: replace(
        item, start=None if item.origin else item.start, picked=() if item.countries else item.picked
    )
)


def over_the_wire(query: dict[str, str]) -> dict[str, str]:
    """What arrives when the parameters travel as an address."""
    return dict(parse_qsl(urlencode(query), keep_blank_values=True))


@given(scenario=scenarios(header=False))
def test_any_scenario_survives_its_link(scenario: Scenario) -> None:
    link = to_query(scenario)
    again, ignored = from_query(CATALOGUE, over_the_wire(link))
    assert (again, ignored) == (scenario, [])
    assert to_query(again) == link


@given(scenario=scenarios())
def test_any_scenario_survives_its_file(scenario: Scenario) -> None:
    text = to_toml(scenario)
    again = from_toml(CATALOGUE, text.encode())
    assert again == scenario
    assert to_toml(again) == text


@pytest.mark.slow
@given(scenario=scenarios(header=False), comparison=comparisons)
def test_any_comparison_survives_its_link(scenario: Scenario, comparison: Comparison) -> None:
    link = to_link(scenario, comparison)
    again, beside, ignored = from_link(CATALOGUE, over_the_wire(link))
    assert (again, beside, ignored) == (scenario, comparison, [])
    assert to_link(again, beside) == link


@given(scenario=scenarios(header=False))
def test_a_link_without_a_comparison_is_the_scenarios_own(scenario: Scenario) -> None:
    assert to_link(scenario, NOTHING) == to_query(scenario)
    assert from_link(CATALOGUE, to_query(scenario)) == (scenario, NOTHING, [])


def test_the_keys_of_a_comparison_are_nothing_else(catalogue: Catalogue) -> None:
    assert not set(LINK_KEYS) & {*BY_KEY, *catalogue.parameters, "v", "title"}
    assert not any(key.startswith(("s2.", "s3.", "s4.", "from.")) for key in catalogue.parameters)
    assert ITSELF not in NAMES


def test_the_plain_page_has_no_link() -> None:
    assert to_link(BASELINE, NOTHING) == {}
    assert from_link(CATALOGUE, {}) == (BASELINE, NOTHING, [])


def kept_scenario(table: dict[str, Any]) -> Scenario:
    """A scenario as it stands, every field written out, beside a stored link."""
    values = dict(table)
    given = {key: tuple(v) if isinstance(v, list) else v for key, v in values.pop("set").items()}
    title, regions = values.pop("title"), tuple(values.pop("regions"))
    return Scenario(**values, regions=regions, assumptions=given, header=Header(title=title))


def kept_comparison(table: dict[str, Any]) -> Comparison:
    values = dict(table)
    others = tuple(kept_scenario(other) for other in values.pop("others"))
    start = values.pop("start")
    return Comparison(
        durations=tuple(values.pop("durations")), countries=tuple(values.pop("countries")), others=others,
        picked=tuple(values.pop("picked", ())),
        start=None if start is None else kept_scenario(start), **values,
    )  # fmt: skip


@pytest.mark.parametrize("path", LINKS, ids=[path.stem for path in LINKS])
def test_a_link_that_ever_worked_means_the_same(path: Path) -> None:
    """Beside each link stands what it means, written by hand when the link was stored and never again.

    A link that comes to mean something else is a broken promise: change the code, not the file.
    """
    query = dict(parse_qsl(path.read_text(encoding="utf-8").strip(), keep_blank_values=True))
    stored = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    scenario, comparison, ignored = from_link(CATALOGUE, query)
    assert len(ignored) == 1 and ignored[0].startswith("This link was made with model 1; ")
    assert scenario == kept_scenario(stored["scenario"])
    assert comparison == kept_comparison(stored["comparison"])
    assert to_link(scenario, comparison).keys() == query.keys()
    assert from_link(CATALOGUE, to_link(scenario, comparison)) == (scenario, comparison, [])


def test_a_link_of_model_1_says_what_the_number_was() -> None:
    # the values of the exam cuts as model 1 shipped them, which are not today's; $39M, $16M to $90M in its golden file
    cuts = {"country": "DZA", "duration": "6h", "spells": "5", "gap_days": "0.75"}
    scenario, _, (said,) = from_link(CATALOGUE, {"v": "1", **cuts, "title": "Algeria: exam cuts, June 2024"})
    assert (scenario.gap_days, scenario.period_days) == (0.75, None)
    assert said == (
        "This link was made with model 1; model 2 gives another number (model 1.2.0: $39 million, $16-90 million)."
    )
    unknown = from_link(CATALOGUE, {"v": "1", "duration": "8d", "s2.duration": "3d"})
    assert unknown[2] == ["This link was made with model 1; model 2 gives another number."]
    assert from_link(CATALOGUE, {"v": "2", **cuts})[2] == from_link(CATALOGUE, cuts)[2] == []


def test_a_file_of_model_1_says_what_the_number_was() -> None:
    old = b"[scenario]\nhours = 1.0\n"  # it names no model; $1.3M in the golden file
    opened = from_toml(CATALOGUE, old)
    assert note_on_file(CATALOGUE, old, opened) == (
        "This file names no model; if it was made with model 1, model 2 gives another number (model 1.2.0: $1.3 "
        "million, $0.51-3.0 million)."
    )
    new = to_toml(opened).encode()
    assert from_toml(CATALOGUE, new) == opened and note_on_file(CATALOGUE, new, opened) == ""
    with pytest.raises(InputError, match=r'model: .*3.* is not known; allowed: "1" or "2"'):
        from_toml(CATALOGUE, b"model = 3\n[scenario]\n")


def test_every_result_of_model_1_is_of_a_scenario_that_still_opens() -> None:
    for row in CATALOGUE.former_results:
        _, ignored = from_query(CATALOGUE, dict(parse_qsl(row.link)))
        assert not ignored and row.low <= row.median <= row.high


def test_a_spell_fits_into_its_period() -> None:
    for query, said in (
        (
            {"spells": "5", "duration": "6h", "period_days": "0.2"},
            "period_days: 0.2 is too short; allowed: at least",
        ),
        (
            {"spells": "5", "gap_days": "3", "period_days": "9"},
            "period_days: 9.0 cannot be given beside gap_days",
        ),
    ):
        scenario, (problem,) = from_query(CATALOGUE, query)
        assert scenario.period_days is None and said in problem
    daily = BASELINE.with_changes(hours=6.0, spells=5, period_days=1.0)
    assert daily.lasting(48.0).period_days == 2.0 and daily.lasting(12.0).period_days == 1.0
    assert checked(CATALOGUE, daily.lasting(50.1)).hours == 50.1


def test_there_are_links_to_keep() -> None:
    assert len(LINKS) >= 10
    assert {path.stem for path in LINKS} == {path.stem for path in (LINKS[0].parent).glob("*.json")}


def test_a_link_has_one_starting_point() -> None:
    both = {"from": "pak_2024_11_vpn_crackdown", "from.kind": "slowdown", "duration": "9d"}
    scenario, comparison, (said,) = from_link(CATALOGUE, both)
    assert (comparison.origin, comparison.start) == ("pak_2024_11_vpn_crackdown", None)
    assert scenario.hours == 216 and "from=pak_2024_11_vpn_crackdown" in said
    _, comparison, (said,) = from_link(CATALOGUE, {"from.kind": "flood", "from.duration": "3d"})
    assert comparison.start == BASELINE.with_changes(hours=72.0) and said.startswith(
        "Starting point: ignored kind"
    )


def test_each_bad_part_of_a_list_is_said_and_the_good_ones_stay() -> None:
    bad = {"durations": "1h,soon,7d,3y", "countries": "PAK,Atlantis,IND", "show": "everything", "threshold": "-1",
           "from": "../secrets", "s2.kind": "flood", "s3.duration": "3d", "s9.kind": "vpn_block"}  # fmt: skip
    scenario, comparison, ignored = from_link(CATALOGUE, bad)
    assert scenario == BASELINE
    assert comparison.durations == (1.0, 168.0) and comparison.countries == ("PAK", "IND")
    assert (comparison.show, comparison.threshold, comparison.origin) == ("durations", None, "")
    assert [other.hours for other in comparison.others] == [72.0], (
        "a scenario of which nothing could be used is none"
    )
    assert len(ignored) == 8 and all("allowed: " in text and len(text) < 700 for text in ignored)
    assert sum(text.startswith("Kept scenario 1, left out: ignored kind") for text in ignored) == 1


def test_countries_that_are_shown_are_the_pick() -> None:
    _, comparison, (said,) = from_link(CATALOGUE, {"picked": "IND", "countries": "KEN"})
    assert (comparison.countries, comparison.picked) == (("KEN",), ())
    assert said == "Ignored picked: the link also says countries."


def test_a_link_in_a_file_is_a_link_to_paste() -> None:
    query = to_query(BASELINE.with_changes(hours=72.0, header=Header(title="R&D = 50%, #1")))
    assert link_text(query).startswith("v=2&duration=3d&title=R%26D")
    assert dict(parse_qsl(link_text(query))) == query
    assert link_text({}) == "baseline"


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert from_toml(CATALOGUE, b"\xef\xbb\xbf[scenario]\nhours = 50.0\n") == BASELINE.with_changes(
        hours=50.0
    )


def test_a_list_with_nothing_good_in_it_is_the_plain_one() -> None:
    _, comparison, ignored = from_link(CATALOGUE, {"durations": "soon"})
    assert comparison.durations == DEFAULT_DURATIONS and len(ignored) == 1


def test_a_list_that_is_too_long_is_cut_and_said() -> None:
    query = {"durations": ",".join(f"{hours}h" for hours in range(1, 40)), "countries": ",".join(COUNTRIES)}
    _, comparison, ignored = from_link(CATALOGUE, query)
    assert len(comparison.durations) == MOST_DURATIONS and len(comparison.countries) == MOST_PLACES
    assert len(ignored) == 2


def _spoilt(text: str, dice: random.Random) -> str:
    """The text with a few signs lost, doubled or replaced."""
    signs = list(text)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(signs) + 1)
        choice = dice.randrange(4)
        if choice == 0:
            del signs[at : at + dice.randint(1, 5)]
        elif choice == 1:
            signs[at:at] = signs[at : at + dice.randint(1, 30)]
        elif choice == 2:
            signs.insert(at, dice.choice(string.printable + "\x00\u202eé€😀\ud800"))
        else:
            signs[at:at] = dice.choice(
                ["nan", "1e999", "-1", "inf", "[", "]]", '"""', "s2.", "{{", "=", ",,,", "%00", "~"]
            )
    return "".join(signs)


def _noise(dice: random.Random) -> str:
    return "".join(dice.choices(string.printable + "é€😀\u202e", k=dice.randint(0, 40)))


def _opened(text: str) -> tuple[Scenario | None, str]:
    try:
        return from_toml(CATALOGUE, text.encode("utf-8", "surrogatepass")), ""
    except InputError as problem:
        return None, str(problem)


@pytest.mark.slow
def test_thousands_of_bad_links_and_files_are_never_a_traceback() -> None:
    dice = random.Random(3)
    good_links = [{**dict(parse_qsl(path.read_text().strip())), "v": LINK_VERSION} for path in LINKS]
    good_files = [to_toml(event.scenario) for event in load_events(CATALOGUE)]
    usable = 0
    for turn in range(TRIES):
        if turn % 2:
            text = _spoilt(dice.choice(good_files), dice) if dice.random() < 0.9 else _noise(dice)
            scenario, problem = _opened(text)
            if scenario is None:
                assert "; allowed: " in problem and len(problem) < 1500, text
                continue
            assert checked(CATALOGUE, scenario) == scenario
            usable += 1
        else:
            query = {}
            for key, value in dice.choice(good_links).items():
                name = _spoilt(key, dice) if dice.random() < 0.2 else key
                query[name] = _spoilt(value, dice) if dice.random() < 0.4 else value
            if dice.random() < 0.1:
                query[_noise(dice)] = _noise(dice)
            scenario, beside, ignored = from_link(CATALOGUE, query)
            assert checked(CATALOGUE, scenario) == scenario
            assert all(checked(CATALOGUE, other) == other for other in beside.others)
            assert all(len(text) < 1500 and "\n" not in text and "\x00" not in text for text in ignored), (
                ignored
            )
            again = from_link(CATALOGUE, to_link(scenario, beside))
            assert again == (scenario, beside, []), query
            usable += not ignored
    assert TRIES / 20 < usable < TRIES, "the spoiling is too mild or too harsh to test anything"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"\x00" * 10, b"[" * 60_000, b"a = " + b"[" * 5_000, b"x" * (MAX_FILE + 1),
     b"[scenario]\nhours = nan\n",
     b"[scenario]\nhours = 'one dya'\n", b"[scenario]\nhours = 1e400\n", b"[scenario]\nspells = true\n",
     b"[scenario]\nkind = ['vpn_block']\n", b"scenario = 1\n", b"title = 3\n[scenario]\n", b"[scenario.set]\nx = 1\n",
     b"[scenario]\nset = 3\n", b"[scenario]\nhours = " + b"9" * 5000 + b"\n", b"[scenario]\ndraws = 99999999\n",
     b"title = '" + b"t" * 5000 + b"'\n[scenario]\n", b"[scenario]\ncountry = 'ASM'\n"],
    ids=range(18),
)  # fmt: skip
def test_a_hostile_file_is_one_sentence(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        from_toml(CATALOGUE, content)
    assert "; allowed: " in str(caught.value) and len(str(caught.value)) < 700
