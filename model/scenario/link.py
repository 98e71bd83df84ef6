"""A scenario as a link: only what differs from the baseline, with a version.

A link forgives: what cannot be used is left out and said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from model.catalogue.load import Catalogue
from model.catalogue.parameters import parse_override, written
from model.common.errors import InputError, choices, quoted_value
from model.scenario.fields import (
    BEGINS,
    BY_KEY,
    ENDS,
    ENDS_OF,
    FIELDS,
    HEADER,
    MAX_DRAWS,
    near_name,
    with_ends,
)
from model.scenario.scenario import BASELINE, Scenario, checked, few_enough

LINK_VERSION, FORMER_VERSION = "2", "1"  # the first number of the model's version
MAX_LINK_VALUES = 400


def to_query(scenario: Scenario, words: Collection[str] = ("title",)) -> dict[str, str]:
    """What differs from the baseline, as link parameters; empty for the baseline itself.

    `words` are the parts of the header that go with it.
    """
    query: dict[str, str] = {}
    for key, row in BY_KEY.items():
        value = getattr(scenario, row.name)
        if value is not None and value != row.default:
            query[key] = row.form.write(value)
    query.update({key: written(value) for key, value in scenario.assumptions.items()})
    query.update({name: text for name in words if (text := getattr(scenario.header, name))})
    return {"v": LINK_VERSION, **query} if query else {}


def link_text(query: Mapping[str, str]) -> str:
    """Link parameters as a file names them: a link to paste that stays readable; `baseline` for none."""
    return urlencode(query, safe=":,~ ") or "baseline"


def from_query(
    catalogue: Catalogue, query: Mapping[str, str], *, strict: bool = False, most_draws: int = MAX_DRAWS
) -> tuple[Scenario, list[str]]:
    """The scenario of a link, and a sentence for each part that was ignored and why.

    A link may have both ends (`begins`, `ends`) in place of a length; how they were read is said too. Only where it
    is `strict` it raises: the `InputError` of the first part that cannot be used. `most_draws` simulations are taken at
    most.
    """
    ignored: list[str] = []
    scenario = BASELINE
    rest = dict(list(query.items())[:MAX_LINK_VALUES])
    if len(query) > MAX_LINK_VALUES:
        if strict:
            raise InputError("link", len(query), "values are too many", f"at most {MAX_LINK_VALUES}")
        ignored.append(f"Ignored everything after the first {MAX_LINK_VALUES} values of the link.")
    version = rest.pop("v", LINK_VERSION)
    if version not in (LINK_VERSION, FORMER_VERSION):
        if strict:
            raise InputError("v", version, "is no version of a link", f"{FORMER_VERSION}, {LINK_VERSION}")
        ignored.append(
            f"The link has version {quoted_value(version)}; this page reads version {LINK_VERSION} and tries its best."
        )
    ends = {end.key: rest.pop(end.key) for end in ENDS_OF if end.key in rest}
    sized = FIELDS["hours"].key in rest
    for key in [
        *(key for key in BY_KEY if key in rest),
        *(key for key in rest if key not in BY_KEY),
    ]:
        try:
            if key == FIELDS["draws"].key:
                few_enough(key, rest[key], most_draws)
            scenario = checked(catalogue, _with(catalogue, scenario, key, rest[key]))
        except InputError as problem:
            row = catalogue.parameters.get(key)  # its key is a code: who opens a link knows it by its label
            named = problem if strict or row is None else problem.named(f"{row.label} ({key})")
            leave_out(named, ignored, strict=strict)
    if ends:
        try:
            begins, until = (ends.get(end.key, "") for end in ENDS_OF)
            changes, note = with_ends(begins, until, (BEGINS.key, ENDS.key), sized=sized)
            scenario = checked(catalogue, scenario.with_changes(**changes))
            ignored += [note] * bool(note)
        except InputError as problem:
            leave_out(problem, ignored, strict=strict)
    return scenario, ignored


def leave_out(problem: InputError, ignored: list[str], *, strict: bool) -> None:
    """Say what is left out of a link, or raise it where nothing may be."""
    if strict:
        raise problem
    ignored.append(f"Ignored {problem}.")


def _with(catalogue: Catalogue, scenario: Scenario, key: str, text: str) -> Scenario:
    if key in BY_KEY:
        row = BY_KEY[key]
        return scenario.with_changes(**{row.name: row.form.read(key, text)})
    if key in HEADER:
        return scenario.with_changes(header=replace(scenario.header, **{key: text}))
    if key in catalogue.parameters:
        value = parse_override(catalogue.parameters[key], text)
        return scenario.with_changes(assumptions={**scenario.assumptions, key: value})
    names = [*BY_KEY, *(end.key for end in ENDS_OF), *HEADER, *catalogue.parameters]
    raise InputError(key, key, "is no name that a link knows", near_name(key) or choices(names, key))
