"""The one declaration of each parameter, and what a reader may put in its place.

A row of `data/parameters.csv` is a parameter; a row of `data/sectors.csv` expands to three more. Sliders,
checks, links, tornado bars, the sources page and CSV headers all read the `Parameter` built here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from model.common.cells import LIMITS, Dated, Keys, Status, Text, Unit
from model.common.errors import CellError, InputError
from model.common.tables import Row
from model.reading.numbers import one_number, share_of

Shape = Literal["fixed", "pert", "lognormal"]
Override = float | tuple[float, float, float]
GroupKey = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?$",
        description="a word, or severity/ and the key of a kind",
    ),
]
Correlated = Annotated[
    str,
    Field(
        pattern=r"^[a-z_]+:(0(\.\d+)?|1)$",
        description="a key of correlations.csv, a colon and a number from 0 to 1",
    ),
]

# The unit in which the equations take a parameter, by the first pattern that its key matches. A row that says
# anything else was mistyped; a key that no equation knows may have any unit.
UNITS_OF_EQUATIONS: tuple[tuple[str, str], ...] = (
    ("severity.*", "share"), ("adaptation.*.share", "share"), ("adaptation.*.days", "days"),
    ("degradation.half_ratio_scale", "x"), ("degradation.half_ratio.*", "ratio"), ("degradation.steepness", "1"),
    ("degradation.default_ratio", "ratio"), ("degradation.*", "share"), ("onset.immediate", "share"),
    ("onset.shape", "1"), ("*hours", "hours"), ("churn.rate", "per day"), ("churn.discount_rate", "per year"),
    ("recapture.patience_scale", "x"), ("recapture.*", "share"), ("structure.gsd", "x"), ("*multiplier*", "x"),
    ("exports.share.*", "share"), ("exports.value_added_share", "share"), ("lever.*.coverage", "share"),
    ("lever.*.effect", "share"), ("lever.*.time_factor", "x"), ("sector.*.patience_days", "days"),
    ("sector.*", "share"), ("fiscal.tax_share", "share"), ("work.days_per_year", "days per year"),
    ("indirect.include", "share"), ("currency.lcu_per_usd", "LCU per USD"), ("platform.weight", "x"),
    ("*_musd_per_year", "M USD per year"), ("*_musd", "M USD"), ("*_months", "months"), ("*_years", "years"),
    ("*_days", "days"), ("*_share", "share"),
)  # fmt: skip


@dataclass(frozen=True)
class Distribution:
    """How a value is drawn: fixed at `mode`, PERT between `low` and `high`, or a lognormal multiplier.

    For `lognormal`, low, mode and high describe the geometric standard deviation; the median is 1.
    """

    low: float
    mode: float
    high: float
    shape: Shape

    @property
    def spread(self) -> bool:
        """Whether low and high differ, so that the value itself needs a draw."""
        return self.high > self.low


EXCHANGE_RATE = "LCU per USD"
FEWEST_STEPS, MOST_STEPS = 5, 100_000_000  # of a slider from min to max


class Parameter(Row):
    """One parameter with everything that a screen, a checker and a manual need."""

    limits: ClassVar[Mapping[str, tuple[float, float]]] = LIMITS  # of `min` and `max`, by unit

    key: str = Field(
        pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$", description="words with dots between, such as churn.rate"
    )
    label: Text
    unit: Unit
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    min: float
    max: float
    step: float = Field(gt=0)
    distribution: Shape
    streams: str = ""  # numbers of the Sobol sequence: of the value and, for a lognormal, of its multiplier
    correlation: Correlated = ""
    group: GroupKey
    help: Text = ""
    status: Status
    source: Keys = ""
    source_date: Dated = ""
    evidence: Text = ""
    unit_shown: Literal["", "yes"] = ""  # behind the label of its control

    @model_validator(mode="before")
    @classmethod
    def _empty(cls, cells: Any) -> Any:
        """An empty cell of a row that declares parameters is as empty as one of their own table."""
        return (
            {name: value for name, value in cells.items() if value != ""}
            if isinstance(cells, dict)
            else cells
        )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        values = {"low": self.low, "mode": self.mode, "high": self.high}
        missing = [name for name, value in values.items() if value is None]
        if missing and len(missing) < len(values):
            raise CellError(missing[0], "", "a number, or low, mode and high all empty")
        if self.min >= self.max:
            raise CellError("min", self.min, f"below max ({self.max:g})")
        lowest, highest = self.limits[self.unit]
        for name, bound in (("min", self.min), ("max", self.max)):
            if not lowest <= bound <= highest:
                raise CellError(name, bound, f"{lowest:,g} to {highest:,g} {self.unit}")
        span = self.max - self.min
        widest = (
            span if self.step == 1 and span <= FEWEST_STEPS else span / FEWEST_STEPS
        )  # 1: things are counted
        finest = 0.0 if self.unit == EXCHANGE_RATE else span / MOST_STEPS
        if not finest <= self.step <= widest:
            raise CellError("step", self.step, f"{finest:g} to {widest:g}, by max less min")
        wanted = 2 if self.distribution == "lognormal" else 1
        if self.streams and len(self.streams.split()) != wanted:
            raise CellError("streams", self.streams, f"{wanted} whole number{'s' if wanted > 1 else ''}")
        unit = next(
            (unit for pattern, unit in UNITS_OF_EQUATIONS if fnmatchcase(self.key, pattern)), self.unit
        )
        if self.unit != unit or self.unit.startswith("pct"):
            raise CellError("unit", self.unit, f"{unit} (the unit that the equations take)")
        floor, least = self.min, "min"
        for name, value in values.items():
            if value is None:
                continue
            if self.unit == "share" and not 0 <= value <= 1:
                raise CellError(name, value, "a share between 0 and 1, not a percentage")
            if not floor <= value <= self.max:
                raise CellError(name, value, f"{floor:g} ({least}) to {self.max:g} (max)")
            floor, least = value, name
        if (
            self.low is not None
            and self.high is not None
            and self.distribution == "fixed"
            and self.low < self.high
        ):
            raise CellError("distribution", "fixed", "pert or lognormal where low, mode and high differ")
        return self

    @cached_property
    def default(self) -> Distribution | None:
        """The shipped distribution, or None where the parameter has no value until a reader gives one."""
        if self.low is None or self.mode is None or self.high is None:
            return None
        return Distribution(self.low, self.mode, self.high, self.distribution)

    @cached_property
    def correlated(self) -> tuple[str, float] | None:
        """Name of the correlated group and pairwise correlation, if the parameter is in one."""
        name, _, size = self.correlation.partition(":")
        return (name, float(size)) if name else None

    @property
    def allowed(self) -> str:
        """What a reader may put here, in words."""
        return f"{self.min:g} to {self.max:g} {'' if self.unit == '1' else self.unit}".rstrip()

    @property
    def may_be_percent(self) -> bool:
        """Whether a text may give it as a percentage."""
        return self.unit in ("share", "per year")

    def check(self, value: Override) -> Override:
        """The value as given when it is usable; raises `InputError` naming key, value and range when not."""
        given = value if isinstance(value, tuple) else (value,)
        if len(given) > 1 and self.unit == EXCHANGE_RATE:  # a range of rates would be no unit at all
            raise InputError(self.key, ":".join(f"{number:g}" for number in given), "is a range", "one rate")
        for number in given:
            if not math.isfinite(number):
                raise InputError(self.key, number, "is not a finite number", self.allowed)
            if not self.min <= number <= self.max:
                raise InputError(self.key, number, "is out of range", self.allowed)
        if isinstance(value, tuple) and not value[0] <= value[1] <= value[2]:
            text = ":".join(f"{number:g}" for number in value)
            raise InputError(self.key, text, "is not in order", "low:mode:high with low <= mode <= high")
        return value

    def replaced_by(self, value: Override) -> Distribution:
        """The distribution that a reader's value stands for: one number pins, three replace the range."""
        low, mode, high = value if isinstance(value, tuple) else (value, value, value)
        if self.distribution == "lognormal":
            return Distribution(low, mode, high, "lognormal")
        return Distribution(low, mode, high, "pert" if high > low else "fixed")


def parse_override(parameter: Parameter, text: str) -> Override:
    """`0.3` or `0.1:0.3:0.5` as a checked value; raises `InputError`."""
    return parameter.check(
        read_override(parameter.key, text, parameter.allowed, share=parameter.may_be_percent)
    )


def read_override(key: str, text: str, allowed: str = "", *, share: bool = False) -> Override:
    """`0.3`, `0.1:0.3:0.5` or, as links write it, `0.1~0.3~0.5`; raises `InputError`. The one grammar of all.

    Numbers as people write them; a `share` may be a percentage.
    """
    parts = text.replace("~", ":").split(":")
    wanted = f"a number or low:mode:high{', ' if allowed else ''}{allowed}"
    if len(parts) not in (1, 3):
        raise InputError(key, text, "is not one number or three", wanted)
    numbers = [(share_of if share else one_number)(key, part, wanted) for part in parts]
    for number in numbers:
        if not math.isfinite(number):
            raise InputError(key, text, "is not a finite number", wanted)
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else numbers[0]


def written(value: Override) -> str:
    """The value as it stands in a link or on a command line; reads back to the same value."""
    return "~".join(repr(float(number)) for number in (value if isinstance(value, tuple) else (value,)))


def matching(keys: Iterable[str], name: str) -> list[str]:
    """The keys equal to `name`, those that begin so where it ends in a dot, those that fit where it has a *."""
    pattern = f"{name}*" if name.endswith(".") else name
    return [key for key in keys if fnmatchcase(key, pattern)]
