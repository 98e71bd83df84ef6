"""The tables of the industry pages: parameters, measures, presets of firms and calendars of disruptions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from model.catalogue.load import Catalogue, shipped_file
from model.catalogue.parameters import Override, Parameter
from model.catalogue.streams import streams_of
from model.common.errors import (
    CellError,
    DataError,
    InputError,
    choices,
)
from model.common.tables import Row, Status, read_table
from model.scenario.fields import Header
from model.scenario.file import read_file
from model.scenario.scenario import Scenario, checked

MAX_PER_YEAR = 366.0
SLOT_KINDS = ("cable_cut", "full_blackout", "mobile_only", "slowdown", "social_media_block", "vpn_block")


class Figure(Parameter):
    """A figure of the industry pages, and what a reader may put in its place.

    `takes`: a `range` where draws are read, one `number` where only the most likely value is, a `whole` number where
    things are counted or a choice is made. A range or a fraction that no equation reads would be ignored unseen.
    """

    takes: Literal["range", "number", "whole"] = "range"

    def check(self, value: Override) -> Override:
        if self.takes != "range" and isinstance(value, tuple):
            text = ":".join(f"{number:g}" for number in value)
            raise InputError(
                self.key, text, "is a range, and only one value is read", f"one of {self.allowed}"
            )
        found = super().check(value)
        if self.takes == "whole" and not isinstance(found, tuple) and found != round(found):
            raise InputError(self.key, found, "is no whole number", f"whole numbers, {self.allowed}")
        return found


class Measure(Row):
    """A continuity measure with its unit cost and the units at full coverage; the effect is the lever's."""

    key: str
    label: str
    unit_label: str
    coverage: float = Field(ge=0, le=1)
    coverage_max: float = Field(ge=0, le=1)
    units_low: float = Field(ge=0)
    units_mode: float = Field(ge=0)
    units_high: float = Field(ge=0)
    unit_usd_low: float = Field(ge=0)
    unit_usd_mode: float = Field(ge=0)
    unit_usd_high: float = Field(ge=0)
    streams: str = Field(pattern=r"^\d+( \d+){2}$")  # of coverage, units and cost
    effect: str
    capacity: str
    status: Status
    source: str
    source_date: str = ""
    evidence: str

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.coverage > self.coverage_max:
            raise CellError("coverage", self.coverage, f"at most {self.coverage_max:g} (coverage_max)")
        return self

    def parameters(self) -> tuple[Figure, ...]:
        """Coverage, units and unit cost as parameters that a reader can move."""

        def declare(
            name: str, label: str, unit: str, values: tuple[float, ...], top: float, step: float,
            takes: str = "range",
        ) -> Figure:  # fmt: skip
            low, mode, high = values
            return Figure.model_validate(
                {
                    "key": f"measure.{self.key}.{name}", "label": f"{self.label}: {label}", "unit": unit,
                    "low": low, "mode": mode, "high": high, "min": 0, "max": top, "step": step,
                    "distribution": "pert" if high > low else "fixed", "group": "continuity",
                    "help": f"{self.evidence[0].upper()}{self.evidence[1:]}.", "status": self.status,
                    "source": self.source, "source_date": self.source_date, "evidence": self.capacity,
                    "takes": takes, "streams": streams[name],
                }
            )  # fmt: skip

        streams = dict(zip(("coverage", "units", "unit_usd"), self.streams.split(), strict=True))
        units = (self.units_low, self.units_mode, self.units_high)
        cost = (self.unit_usd_low, self.unit_usd_mode, self.unit_usd_high)
        return (
            declare("coverage", "share covered", "share", (self.coverage,) * 3, self.coverage_max, 0.01, "number"),
            declare("units", f"at full coverage ({self.unit_label})", "count", units, max(10, units[2] * 3), 1),
            declare(
                "unit_usd", f"cost a year ({self.unit_label})", "USD", cost, max(100, cost[2] * 5),
                1 if cost[2] < 1e5 else 1000,
            ),
        )  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """A firm as a small named difference from the shipped one."""

    key: str
    title: str
    reference: str
    why: str
    sector: str
    values: Mapping[str, Override]


@dataclass(frozen=True)
class Disruption:
    """One entry of a calendar: what happens, and how often in a year."""

    label: str
    scenario: Scenario
    per_year: float


@dataclass(frozen=True)
class Calendar:
    """Disruptions to expect in a year."""

    key: str
    title: str
    header: Header
    disruptions: tuple[Disruption, ...]


@dataclass(frozen=True)
class Industry:
    """What the industry pages read besides the catalogue."""

    parameters: dict[str, Figure]
    measures: dict[str, Measure]
    presets: dict[str, Preset]
    calendars: dict[str, Calendar]
    streams: dict[str, int]  # number of the industry's own Sobol sequence by parameter

    def checked(self, given: Mapping[str, Override]) -> dict[str, Override]:
        """The reader's values when all can be used; raises `InputError` for the first that cannot."""
        for key, value in given.items():
            if key not in self.parameters:
                raise InputError(
                    "set", key, "is not a figure of the industry pages", choices(self.parameters, key)
                )
            self.parameters[key].check(value)
        return dict(given)


def load_industry(catalogue: Catalogue) -> Industry:
    """The tables, read again only when one of them has changed; raises `DataError`."""
    data = catalogue.root / "data"
    files = [
        data / "industry.csv",
        data / "measures.csv",
        *_files(data, "firm_presets"),
        *_files(data, "calendars"),
    ]
    stamp = tuple((str(path), path.stat().st_mtime_ns if path.exists() else 0) for path in files)
    return _load(_Held(catalogue), stamp)


class _Held:
    """The catalogue as a key of a cache: same tables, same key."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.catalogue is self.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


@lru_cache(maxsize=4)
def _load(held: _Held, stamp: tuple[tuple[str, int], ...]) -> Industry:
    catalogue = held.catalogue
    data = catalogue.root / "data"
    rows = read_table(data / "industry.csv", Figure, unique=("key",))
    measures = {row.key: row for row in read_table(data / "measures.csv", Measure, unique=("key",))}
    parameters = {row.key: row for row in rows}
    for measure in measures.values():
        if measure.key not in catalogue.levers:
            allowed = ", ".join(catalogue.levers)
            raise DataError(
                f"data/measures.csv row {measure.key} column key", measure.key, "is no lever", allowed
            )
        parameters |= {item.key: item for item in measure.parameters()}
    for parameter in parameters.values():
        for name in parameter.source.split(";"):
            if name not in catalogue.sources:
                where = f"data/industry.csv row {parameter.key} column source"
                raise DataError(where, name, "is not in sources.csv", "ids of data/sources.csv")
    presets = {path.stem: _preset(catalogue, parameters, path) for path in _files(data, "firm_presets")}
    calendars = {path.stem: _calendar(catalogue, path) for path in _files(data, "calendars")}
    return Industry(parameters, measures, presets, calendars, streams_of(parameters, {}))


def _files(data: Path, folder: str) -> list[Path]:
    return sorted((data / folder).glob("*.toml"))


def _table(path: Path, known: tuple[str, ...]) -> dict[str, Any]:
    where = f"data/{path.parent.name}/{path.name}"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise DataError(where, str(problem), "cannot be read", "a TOML file") from None
    for name in table:
        if name not in known:
            raise DataError(where, name, "is not known", ", ".join(known))
    return table


def _preset(catalogue: Catalogue, parameters: Mapping[str, Parameter], path: Path) -> Preset:
    where = f"data/firm_presets/{path.name}"
    table = _table(path, ("title", "reference", "why", "sector", "set"))
    if table.get("sector") not in {sector.key for sector in catalogue.sectors}:
        raise DataError(f"{where} sector", table.get("sector"), "is not a sector", "a key of sectors.csv")
    values: dict[str, Override] = {}
    for key, value in table.get("set", {}).items():
        if key not in parameters or not key.startswith("firm."):
            raise DataError(f"{where} [set]", key, "is not a figure of a firm", "firm.* of data/industry.csv")
        numbers = value if isinstance(value, list) else [value]
        given: Override = (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else float(numbers[0])
        values[key] = parameters[key].check(given)
    texts = {name: str(table.get(name, "")) for name in ("title", "reference", "why", "sector")}
    return Preset(key=path.stem, values=values, **texts)


def _calendar(catalogue: Catalogue, path: Path) -> Calendar:
    where = f"data/calendars/{path.name}"
    table = _table(path, ("title", "author", "date", "reference", "why", "years", "disruption"))
    header = Header(
        **{name: str(table.get(name, "")) for name in ("title", "author", "date", "reference", "why")}
    )
    years = float(table.get("years", 1))
    found = tuple(_disruption(catalogue, where, entry, years) for entry in table.get("disruption", []))
    if not found or not header.title:
        raise DataError(where, "", "has no title or no disruption", "a title and [[disruption]] entries")
    return Calendar(path.stem, header.title, header, found)


def _disruption(catalogue: Catalogue, where: str, entry: dict[str, Any], years: float) -> Disruption:
    rest = dict(entry)
    often = float(rest.pop("times", 0)) / years or float(rest.pop("per_year", 0))
    if not 0 < often <= MAX_PER_YEAR:
        raise DataError(
            where, often, "is no number of disruptions a year", f"above 0, at most {MAX_PER_YEAR:g}"
        )
    name = rest.pop("event", None)
    if name is not None:
        path = shipped_file(catalogue, str(name))
        if path is None or rest:
            raise DataError(where, name, "is not usable", "the name of an event file, and nothing beside it")
        scenario = read_file(catalogue, path)
        return Disruption(scenario.header.title, scenario.with_changes(header=Header()), often)
    label = str(rest.pop("label", ""))
    rest["regions"] = tuple(rest.get("regions", ()))
    try:
        return Disruption(label, checked(catalogue, Scenario(**rest)), often)
    except TypeError as problem:
        raise DataError(where, str(problem), "is not usable", "fields of a scenario") from None


def pick_calendar(industry: Industry, key: str) -> Calendar:
    """The shipped calendar of that name; raises `InputError`."""
    if key not in industry.calendars:
        raise InputError("calendar", key, "is not known", choices(["own", *industry.calendars], key, most=10))
    return industry.calendars[key]
