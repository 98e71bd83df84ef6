"""Every figure and statement of the articles is carried by a page, a card or a lever, or says why it is not.

The test reads seeds/ and the tables, not a list of its own: a new seed that nothing uses fails here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from helpers.tables import Tables

from model.catalogue.load import ROOT, Catalogue, load
from model.catalogue.sources import Seed
from model.claims import sentences
from model.claims.claims import movable_seeds
from model.common.errors import DataError

SEED = re.compile(r"seed\d{3}_\d{2}(?:(?:, | to |; )(?:seed\d{3}_)?\d{2})*")
REASON = 3  # words; "context:" alone is no reason


def strings(source: str) -> Iterator[str]:
    """Texts that a program can read: string constants, without comments and without texts that stand alone."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


@cache
def texts_of(folder: str) -> frozenset[str]:
    """Every text in the code of a room."""
    files = (ROOT / folder).rglob("*.py")
    return frozenset(text for path in files for text in strings(path.read_text(encoding="utf-8")))


def code(*folders: str) -> frozenset[str]:
    """Every text in the code of these rooms."""
    return frozenset().union(*map(texts_of, folders))


def named(text: str) -> set[str]:
    """Ids in a text such as `seed001_25, 28 to 30`."""
    ids: set[str] = set()
    for match in SEED.findall(text):
        prefix = match[:8]
        parts = re.split(r"(, | to |; )", match)
        last = 0
        for index, part in enumerate(parts):
            if index % 2:
                continue
            prefix = part[:8] if part.startswith("seed") else prefix
            number = int(part[-2:])
            first = last + 1 if index and parts[index - 1] == " to " else number
            ids |= {f"{prefix}{item:02d}" for item in range(first, number + 1)}
            last = number
    return ids


def carriers(catalogue: Catalogue) -> dict[str, set[str]]:
    """What names each seed: parameters, industry rows, measures, presets, cards and code."""
    industry = catalogue.industry
    by_seed: dict[str, set[str]] = {}

    def note(where: str, text: str) -> None:
        for key in named(text):
            by_seed.setdefault(key, set()).add(where)

    for key, row in {**catalogue.parameters, **industry.parameters}.items():
        note(key, f"{row.evidence} {row.help}")
    for measure in industry.measures.values():
        note(f"measure {measure.key}", measure.evidence)
    for preset in industry.presets.values():
        note(f"preset {preset.key}", preset.why)
    note("code", "\n".join(code("model", "views")))
    return by_seed


def orphans(catalogue: Catalogue) -> list[str]:
    """Seeds that nothing carries and that give no reason; and those whose carrier does not exist."""
    rows = {**catalogue.parameters, **catalogue.industry.parameters}
    carried = carriers(catalogue)
    moved = movable_seeds(catalogue)
    problems = []
    for seed in catalogue.seeds.values():
        keys = [key for key in seed.carried_by.split(";") if key]
        missing = [key for key in keys if key not in rows]
        if missing:
            problems.append(f"{seed.id} is carried by {missing[0]}, which does not exist")
        elif seed.id in moved and not (carried.get(seed.id) or keys):
            problems.append(f"{seed.id} has a slider that moves nothing")
        elif not keys and seed.id not in carried and not reason(seed):
            problems.append(f"{seed.id} ({seed.subject}) is used by nothing and has no reason")
    return problems


def reason(seed: Seed) -> str:
    """Why a seed is context only, empty where it does not say."""
    head, _, why = seed.used_as.partition(":")
    return why.strip() if head.strip() == "context" and len(why.split()) >= REASON else ""


def test_ids_are_read_from_texts() -> None:
    assert named("(seed001_25, 28, 29)") == {"seed001_25", "seed001_28", "seed001_29"}
    assert named("seed000_04 to seed000_06 and seed001_09") == {
        "seed000_04", "seed000_05", "seed000_06", "seed001_09",
    }  # fmt: skip


def test_a_comment_is_no_use() -> None:
    source = "\n".join(
        (
            '"""About seed000_01."""', 'KEY = "seed000_02"  # as seed000_03', "def f() -> str:",
            '    """Of seed000_04."""', '    return f"{KEY} and seed000_05"',
        )
    )  # fmt: skip
    assert named("\n".join(strings(source))) == {"seed000_02", "seed000_05"}


def test_no_figure_of_the_articles_is_left_over(catalogue: Catalogue) -> None:
    assert len(catalogue.seeds) == 64
    assert not orphans(catalogue)


def test_every_slider_figure_moves_something(catalogue: Catalogue) -> None:
    """A figure with a slider must be read by code or stand behind a parameter, not only be told."""
    carried = carriers(catalogue)
    for key, seed in movable_seeds(catalogue).items():
        level = (
            seed.role == "target" and seed.unit == "M USD"
        )  # every such seed is a line of the claims chart
        assert carried.get(key) or level, key


def test_every_figure_that_carries_a_seed_is_read_by_the_model(catalogue: Catalogue) -> None:
    """A row of a table that no equation reads would carry a seed for show."""
    read = code("model")
    rows = catalogue.industry.parameters
    made = (
        "calendar.",
        *(f"measure.{key}." for key in catalogue.industry.measures),
    )  # keys put together
    unread = [key for key in rows if key not in read and not key.startswith(made)]
    assert not unread


def test_figures_of_the_industry_start_where_the_articles_say(catalogue: Catalogue) -> None:
    parameters = catalogue.industry.parameters
    for key, seed, scale in (
        ("talent.graduates", "seed001_15", 1.0), ("talent.trainees", "seed001_19", 1.0),
        ("firm.people", "seed001_25", 1.0), ("firm.export_share", "seed001_28", 0.01),
        ("firm.export_goal_share", "seed001_29", 0.01), ("industry.horizon_years", "seed000_13", 1.0),
    ):  # fmt: skip
        assert parameters[key].mode == pytest.approx((catalogue.seeds[seed].value or 0) * scale), key
    cost, row = catalogue.seeds["seed000_19"], parameters["industry.coping_musd_per_year"]
    assert (row.low, row.high) == (cost.low, cost.high)
    local = catalogue.seeds["seed001_30"].value or 0
    assert parameters["firm.export_goal_share"].mode == pytest.approx(1 - local / 100)


def numbers(catalogue: Catalogue, key: str) -> set[float]:
    """What a parameter, a measure or a preset stands at, and its complement where it is a share."""
    industry = catalogue.industry
    if key.startswith("preset "):
        given = industry.presets[key.removeprefix("preset ")].values.values()
        values = {float(one) for value in given for one in (value if isinstance(value, tuple) else (value,))}
    else:
        row = {**catalogue.parameters, **industry.parameters}.get(key)
        values = {float(one) for one in (row.low, row.mode, row.high) if one is not None} if row else set()
    return values | {round(1 - one, 12) for one in values if 0 <= one <= 1}


def only_named(catalogue: Catalogue) -> list[str]:
    """Figures whose number nothing stands at and no code reads by name: a mention alone is no use of a number."""
    carried, read = carriers(catalogue), code("model", "views")
    ids = []
    for seed in catalogue.seeds.values():
        stated = {one for one in (seed.value, seed.low, seed.high) if one is not None}
        level = (
            seed.role == "target" and seed.unit == "M USD"
        )  # every such seed is a line of the claims chart
        if not stated or level or reason(seed) or seed.id in read:
            continue
        keys = {*(key for key in seed.carried_by.split(";") if key), *carried.get(seed.id, ())} - {"code"}
        used = {one for key in keys for one in numbers(catalogue, key)}
        if not any(one * scale in used for one in stated for scale in (1, 0.01)):
            ids.append(seed.id)
    return ids


def test_a_number_is_used_as_a_number(catalogue: Catalogue) -> None:
    assert not only_named(catalogue)


def test_a_number_that_is_only_named_is_found(tables: Tables) -> None:
    where = "seeds/001_founder_interview.csv"
    tables.set(where, "seed001_26", "used_as", "coping cost, offices abroad")
    tables.set(where, "seed001_30", "value", "21")
    assert only_named(tables.load()) == ["seed001_26", "seed001_30"]


def test_context_gives_a_reason(catalogue: Catalogue) -> None:
    carried = carriers(catalogue)
    for seed in catalogue.seeds.values():
        if not seed.carried_by and seed.id not in carried:
            assert reason(seed), seed.id


def test_an_orphan_is_found(tables: Tables) -> None:
    like = next(iter(load().seeds))
    name = next(path.name for path in sorted((tables.root / "seeds").glob("*.csv")))
    tables.copy_row(f"seeds/{name}", like, id="seed000_98", subject="one", carried_by="", used_as="context")
    problems = orphans(tables.load())
    assert len(problems) == 1 and "seed000_98" in problems[0]
    tables.copy_row(f"seeds/{name}", like, id="seed000_99", subject="two", carried_by="churn.no_such_key")
    with pytest.raises(
        DataError, match=rf"seeds/{name} row \d+ \(seed000_99\) column carried_by: 'churn.no_such"
    ):
        tables.load()


def test_the_claims_page_uses_the_firm(catalogue: Catalogue) -> None:
    for key in (sentences.FIRM_SIZE, sentences.FIRM_NOW, sentences.FIRM_GOAL):
        assert key in catalogue.seeds
