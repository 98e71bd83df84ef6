"""Draws: scrambled Sobol points, one-factor Gaussian copulas inside groups, PERT and lognormal quantiles.

Three samples share one interface, `of(key, member)`: `Draws` (Monte Carlo), and `OneAtATime` (every input
at its median but one, for the tornado). A number of the sequence belongs to a row of the tables, not to a scenario,
so all scenarios of one seed are compared on the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, ndtr, ndtri

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Distribution, Override
from model.catalogue.streams import CORRELATION, MULTIPLIER, PER_SECTOR, of_sector
from model.common.cache import cached
from model.common.ranges import HIGH, LOW
from model.estimation import sobol

Array = NDArray[np.float64]
PERT_LAMBDA = 4.0
TINY = 2.0**-33
TABLE_SIZE = 2049


class Sample(Protocol):
    """Values of every parameter: `of` gives shape () when fixed, else (draw,); nan when it has no value."""

    @property
    def size(self) -> int: ...

    @property
    def table(self) -> Mapping[str, Distribution | None]: ...

    def of(self, key: str, member: str = "") -> Array:
        """Values of the parameter `key` in its unit; `member` is the sector, for the one that is drawn for each."""

    def multiplier(self, key: str) -> Array:
        """A factor with median 1; the parameter `key` is its geometric standard deviation."""


@cached()
def _points(block: int, draws: int, seed: int) -> Array:
    """Scrambled Sobol points (number within the block, draw), strictly inside (0, 1)."""
    points = np.clip(sobol.points(block, draws, seed), TINY, 1 - TINY)
    points.flags.writeable = False
    return points


def uniform(stream: int, draws: int, seed: int) -> Array:
    """The points (draw,) of one number of the sequence, inside (0, 1) and read-only; no other number moves them.

    Args:
        stream: the number, as `streams` in the tables says it.
        draws: how many points.
        seed: of the scrambling.

    Source: see `sobol.points`.
    """
    block, within = divmod(stream, sobol.BLOCK)
    return np.asarray(_points(block, draws, seed)[within])


@cached()
def _unit_pert(position: float, stream: int, factor: int, correlation: float, draws: int, seed: int) -> Array:
    """PERT draws on [0, 1] with the mode at `position`; cached, since a step of low or high only rescales them."""
    own = uniform(stream, draws, seed)
    if factor >= 0:
        mixed = np.sqrt(correlation) * ndtri(uniform(factor, draws, seed)) + np.sqrt(1 - correlation) * ndtri(
            own
        )
        own = ndtr(mixed)
    drawn = np.asarray(unit_pert_quantile(own, position))
    drawn.flags.writeable = False
    return drawn


@cached()
def _pert_table(position: float) -> tuple[Array, Array]:
    """Cumulative probability and value on a grid that is fine at both ends (exact to about 1e-6)."""
    value = (1 - np.cos(np.linspace(0, np.pi, TABLE_SIZE))) / 2
    alpha, beta = 1 + PERT_LAMBDA * position, 1 + PERT_LAMBDA * (1 - position)
    return np.asarray(betainc(alpha, beta, value)), value


def unit_pert_quantile(probability: Array | float, position: float) -> Array:
    """Quantile of the PERT distribution on [0, 1] with its mode at `position` (Clark 1962, lambda = 4).

    Read off a table of SciPy's regularised incomplete beta function, 25 times faster than its inverse.

    Args:
        probability: in [0, 1], any shape.
        position: (mode - low) / (high - low), in [0, 1].

    Returns:
        Values in [0, 1], the shape of `probability`; right to about 1e-6.
    """
    return np.asarray(np.interp(probability, *_pert_table(position)))


@cached()
def _pert_ends(position: float) -> tuple[float, float, float]:
    """The 5%, 50% and 95% points of a PERT on [0, 1] with its mode at `position`."""
    low, median, high = unit_pert_quantile(np.array([LOW, 0.5, HIGH]), position)
    return float(low), float(median), float(high)


def pert_ends(distribution: Distribution) -> Array:
    """The 5%, 50% and 95% points of a distribution with a range, (3,), in its unit.

    Args:
        distribution: a PERT whose high end is above its low end.
    """
    width = distribution.high - distribution.low
    return distribution.low + width * np.array(_pert_ends((distribution.mode - distribution.low) / width))


def resolved(catalogue: Catalogue, overrides: Mapping[str, Override]) -> dict[str, Distribution | None]:
    """Every parameter's distribution with the reader's values in place of the shipped ones, by key.

    Args:
        catalogue: the shipped distributions; None for a parameter without a value.
        overrides: the reader's values by key, checked: a number pins, low, mode and high replace the range.

    Raises:
        KeyError: for a key that is no parameter.
    """
    table = {key: parameter.default for key, parameter in catalogue.parameters.items()}
    for key, value in overrides.items():
        table[key] = catalogue.parameters[key].replaced_by(value)
    return table


def centre(distribution: Distribution | None) -> float | None:
    """The central value (mode) of `distribution`, in its unit; None where it has no value."""
    return None if distribution is None else distribution.mode


def _drawn(key: str, member: str) -> str:
    """The name of the draw behind a parameter, in one sector where it is drawn for each."""
    return of_sector(member) if key == PER_SECTOR else key


@dataclass(frozen=True)
class Draws:
    """Monte Carlo values of every parameter on one set of points."""

    catalogue: Catalogue
    table: dict[str, Distribution | None]
    size: int
    seed: int

    def of(self, key: str, member: str = "") -> Array:
        """Values of a parameter in its unit: (draw,), () where it is fixed, nan where it has none.

        Args:
            key: of the parameter.
            member: sector, for the parameter that is drawn for each of them.

        Source: PERT (Clark 1962); inside a correlated group a Gaussian copula of one factor, sqrt(r) z + sqrt(1 - r) e.
        """
        distribution = self.table[key]
        if distribution is None:
            return np.array(np.nan)
        if not distribution.spread:
            return np.array(distribution.mode)
        low, high = distribution.low, distribution.high
        unit = self._unit(key, member, (distribution.mode - low) / (high - low))
        return np.asarray(low + (high - low) * unit)

    def multiplier(self, key: str) -> Array:
        """Lognormal multiplier with median 1: gsd^z, (draw,).

        Args:
            key: of the parameter that is its geometric standard deviation, gsd.
        """
        normal = ndtri(uniform(self.catalogue.streams[key + MULTIPLIER], self.size, self.seed))
        return np.asarray(np.exp(np.log(self.of(key)) * normal))

    def _unit(self, key: str, member: str, position: float) -> Array:
        streams = self.catalogue.streams
        group = self.catalogue.parameters[key].correlated
        factor, correlation = (streams[CORRELATION + group[0]], group[1]) if group else (-1, 0.0)
        return _unit_pert(position, streams[_drawn(key, member)], factor, correlation, self.size, self.seed)


@dataclass(frozen=True)
class Bar:
    """One bar of the tornado: the inputs that move together, and its name."""

    key: str
    label: str
    members: tuple[str, ...]  # names of dimensions
    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class OneAtATime:
    """Every input at its median; in columns 2 i + 1 and 2 i + 2 bar i stands at its 5% and 95% point."""

    catalogue: Catalogue
    table: dict[str, Distribution | None]
    bars: tuple[Bar, ...]

    @property
    def size(self) -> int:
        return 1 + 2 * len(self.bars)

    def of(self, key: str, member: str = "") -> Array:
        """Values of a parameter in its unit: its median, and in the two columns of its bar its ends.

        (column,), () where it is fixed, nan where it has none; `key` and `member` as in `Draws.of`.
        """
        distribution = self.table[key]
        if distribution is None:
            return np.array(np.nan)
        if not distribution.spread:
            return np.array(distribution.mode)
        return self._placed(pert_ends(distribution), _drawn(key, member))

    def multiplier(self, key: str) -> Array:
        """The multiplier of `Draws.multiplier` for `key`, (column,): 1, and in the two columns of its bar its ends."""
        ends = np.exp(np.log(self.of(key)).flat[0] * ndtri(np.array([LOW, 0.5, HIGH])))
        return self._placed(ends, key + MULTIPLIER)

    def _placed(self, ends: Array, name: str) -> Array:
        values = np.full(self.size, ends[1])
        for index in self._bars_of.get(name, ()):
            values[2 * index + 1], values[2 * index + 2] = ends[0], ends[2]
        return values

    @cached_property
    def _bars_of(self) -> dict[str, list[int]]:
        """Which bars move a dimension."""
        members: dict[str, list[int]] = {}
        for index, bar in enumerate(self.bars):
            for name in bar.members:
                members.setdefault(name, []).append(index)
        return members


def tornado_bars(catalogue: Catalogue, table: dict[str, Distribution | None]) -> tuple[Bar, ...]:
    """A bar for every uncertain input alone, and one for each correlated group moving together.

    Args:
        catalogue: parameters with label, unit and correlated group, and the sectors.
        table: distributions by key; what is fixed or has no value gets no bar.

    Returns:
        In the order of the parameters, groups last; the ends are the 5% and 95% points in the unit of the input, of a
        group the two probabilities.
    """
    bars: list[Bar] = []
    groups: dict[str, list[str]] = {}
    for key, parameter in catalogue.parameters.items():
        distribution = table[key]
        if distribution is None:
            continue
        if distribution.shape == "lognormal" and distribution.mode != 1:
            ends = np.exp(np.log(distribution.mode) * ndtri(np.array([LOW, HIGH])))
            bars.append(Bar(key, parameter.label, (key + MULTIPLIER,), float(ends[0]), float(ends[1]), "x"))
        if not distribution.spread:
            continue
        low, _, high = pert_ends(distribution)
        members = tuple(of_sector(s.key) for s in catalogue.sectors) if key == PER_SECTOR else (key,)
        bars.append(Bar(key, parameter.label, members, float(low), float(high), parameter.unit))
        if parameter.correlated and key != PER_SECTOR:
            groups.setdefault(parameter.correlated[0], []).append(key)
    for group, keys in groups.items():
        bars.append(
            Bar(
                f"all.{group}",
                f"{catalogue.correlations[group].label}, all together",
                tuple(keys),
                LOW,
                HIGH,
                "quantile",
            )
        )
    return tuple(bars)
