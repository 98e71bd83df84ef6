"""The tables of the industry pages: parameters, measures, presets of firms and calendars of disruptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, ValidationError, model_validator

from model.catalogue.parameters import Override, Parameter
from model.catalogue.streams import draws_of, streams_of
from model.common.cells import (
    LIMITS,
    Dated,
    Keys,
    Share,
    Status,
    Text,
    Word,
    check_apart,
    check_order,
    limited,
)
from model.common.errors import CellError, DataError, InputError, choices
from model.common.tables import Row, below_root, first_problem, read_table, read_toml
from model.common.text import capital

CALENDAR_FIELDS = (
    "title",
    "goes_on",
    "names_home",
    "author",
    "date",
    "reference",
    "why",
    "years",
    "disruption",
)


class IndustryFigure(Parameter):
    """A figure of the industry pages, and what a reader may put in its place.

    `takes`: a `range` where draws are read, one `number` where only the most likely value is, a `whole` number where
    things are counted or a choice is made. A range or a fraction that no equation reads would be ignored unseen.
    """

    takes: Literal["range", "number", "whole"] = "range"
    asked: Text = ""  # what a choice between two is about
    choices: Text = ""  # the names of 0 and of 1, with a semicolon between

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.choices and (len(self.choices.split(";")), self.takes, self.min, self.max) != (
            2,
            "whole",
            0,
            1,
        ):
            raise CellError("choices", self.choices, "two names, for a whole number from 0 to 1")
        return self

    @property
    def names(self) -> tuple[str, str] | None:
        """The names of 0 and of 1 where it is a choice between two."""
        first, _, second = self.choices.partition(";")
        return (first, second) if second else None

    def check(self, value: Override) -> Override:
        """The value as given when it is usable; raises `InputError` where it is not what this figure takes."""
        if self.takes != "range" and isinstance(value, tuple):
            text = ":".join(f"{number:g}" for number in value)
            raise InputError(
                self.key, text, "is a range, and only one value is read", f"one of {self.allowed}"
            )
        override = super().check(value)
        if self.takes == "whole" and not isinstance(override, tuple) and override != round(override):
            raise InputError(self.key, override, "is no whole number", f"whole numbers, {self.allowed}")
        return override


class MeasureFigure(IndustryFigure):
    """A figure that a measure declares: its units and their cost run further than other counts and prices."""

    limits: ClassVar[Mapping[str, tuple[float, float]]] = {**LIMITS, "count": (0, 3e8), "USD": (0, 5e7)}


DEAREST = 1e11  # USD a year that a measure can cost at full coverage


class Measure(Row):
    """A continuity measure with its unit cost and the units at full coverage; the effect is the lever's."""

    key: Word
    label: Text
    unit_label: Text
    coverage: Share
    coverage_max: float = limited(0.05, 1, "a share")
    units_low: float = limited(0, 1e8, "units")
    units_mode: float = limited(0, 1e8, "units")
    units_high: float = limited(0, 1e8, "units")
    unit_usd_low: float = limited(0, 1e7, "USD a unit and year")
    unit_usd_mode: float = limited(0, 1e7, "USD a unit and year")
    unit_usd_high: float = limited(0, 1e7, "USD a unit and year")
    # Of coverage, units and cost.
    streams: str = Field(pattern=r"^\d+( \d+){2}$", description="three whole numbers with a space between")
    effect: Text
    capacity: Text
    status: Status
    source: Keys
    source_date: Dated = ""
    evidence: Text

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.coverage > self.coverage_max:
            raise CellError("coverage", self.coverage, f"at most {self.coverage_max:g} (coverage_max)")
        for name in ("units", "unit_usd"):
            columns = [f"{name}_{end}" for end in ("low", "mode", "high")]
            ends = {column: getattr(self, column) for column in columns}
            check_order(ends, columns)
            check_apart(ends, columns, 100)
        yearly = self.units_high * self.unit_usd_high
        if yearly > DEAREST:
            raise CellError(
                "unit_usd_high",
                self.unit_usd_high,
                f"units_high x unit_usd_high up to {DEAREST:,.0f} USD a year",
            )
        try:
            self.parameters()
        except ValidationError as problem:  # one of the figures would have a slider that cannot be
            given = problem.errors()[0]["input"]
            name = str(given["key"]).rpartition(".")[2] if isinstance(given, dict) else "units"
            column = "coverage_max" if name == "coverage" else f"{name}_high"
            part, _, allowed = first_problem(problem, MeasureFigure)
            raise CellError(column, getattr(self, column), f"a figure whose {part} is {allowed}") from None
        return self

    def parameters(self) -> tuple[IndustryFigure, ...]:
        """Coverage, units and unit cost as parameters that a reader can move."""

        def declare(
            name: str, label: str, unit: str, values: tuple[float, ...], top: float, step: float,
            takes: str = "range",
        ) -> IndustryFigure:  # fmt: skip
            low, mode, high = values
            return MeasureFigure.model_validate(
                {
                    "key": f"measure.{self.key}.{name}", "label": f"{self.label}: {label}", "unit": unit,
                    "low": low, "mode": mode, "high": high, "min": 0, "max": top, "step": step,
                    "distribution": "pert" if high > low else "fixed", "group": "continuity",
                    "help": f"{capital(self.evidence)}.", "status": self.status,
                    "source": self.source, "source_date": self.source_date, "evidence": self.capacity,
                    "takes": takes, "streams": streams[name], "unit_shown": "yes" if name == "unit_usd" else "",
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
class Industry:
    """What the industry pages read besides the catalogue."""

    parameters: dict[str, IndustryFigure]
    measures: dict[str, Measure]
    presets: dict[str, Preset]
    # Scenarios are in them, so `model/scenario/calendars.py` reads what the files hold.
    calendar_tables: dict[str, Mapping[str, Any]]
    streams: dict[str, int]  # number of the industry's own Sobol sequence by parameter
    rows: tuple[IndustryFigure, ...]  # those of industry.csv itself

    @property
    def calendar_kinds(self) -> tuple[str, ...]:
        """The kinds of disruption that a reader can set in a calendar of their own, in the order of their rows."""
        parts = [key.split(".") for key in self.parameters]
        return tuple(part[1] for part in parts if part[0] == "calendar" and part[-1] == "per_year")

    def checked(self, given: Mapping[str, Override]) -> dict[str, Override]:
        """The reader's values when all can be used; raises `InputError` for the first that cannot."""
        for key, value in given.items():
            if key not in self.parameters:
                raise InputError(
                    "set", key, "is not a figure of the industry pages", choices(self.parameters, key)
                )
            self.parameters[key].check(value)
        return dict(given)


def read_industry(data: Path) -> Industry:
    """The tables of the industry pages in the folder `data`; raises `DataError`."""
    rows = read_table(data / "industry.csv", IndustryFigure, unique=("key",), distinct=("label",))
    measures = read_table(data / "measures.csv", Measure, unique=("key",), distinct=("label",))
    parameters = {row.key: row for row in rows}
    parameters |= {item.key: item for measure in measures for item in measure.parameters()}
    draws = [draw for row in rows for draw in draws_of(row, data / "industry.csv")]
    for measure in measures:
        for item in measure.parameters():
            draws += draws_of(item, data / "measures.csv", measure.key)
    presets = [_preset(path, parameters) for path in sorted((data / "firm_presets").glob("*.toml"))]
    return Industry(
        parameters=parameters,
        measures={row.key: row for row in measures},
        presets={preset.key: preset for preset in presets},
        calendar_tables={
            path.stem: read_toml(path, CALENDAR_FIELDS, ("title", "disruption"))
            for path in sorted((data / "calendars").glob("*.toml"))
        },
        streams=streams_of(draws),
        rows=rows,
    )


def _preset(path: Path, parameters: Mapping[str, Parameter]) -> Preset:
    """A firm of `data/firm_presets/`: figures of a firm, each one number or a list of low, mode and high."""
    table = read_toml(path, ("title", "reference", "why", "sector", "set"), ("title", "sector"))
    values: dict[str, Override] = {}
    for key, value in table.get("set", {}).items():
        where = f"{below_root(path)} [set]"
        if key not in parameters or not key.startswith("firm."):
            raise DataError(where, key, "is not a figure of a firm", "firm.* of data/industry.csv")
        numbers = value if isinstance(value, list) else [value]
        if len(numbers) not in (1, 3) or not all(isinstance(number, int | float) for number in numbers):
            raise DataError(f"{where} {key}", value, "is not one number or three", parameters[key].allowed)
        given: Override = (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else float(numbers[0])
        values[key] = parameters[key].check(given)
    texts = {name: str(table.get(name, "")) for name in ("title", "reference", "why", "sector")}
    return Preset(key=path.stem, values=values, **texts)
