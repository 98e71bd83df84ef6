"""One disruption under many sets of continuity measures at once.

The sets of a search share everything but severity, seats and adaptation time, so the inputs are stacked once and the
hundreds of sets are one axis of the loss chain: (set, duration, draw).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from model.catalogue.disruptions import Lever, matches
from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.common.durations import with_stops
from model.estimation.economy import economy
from model.estimation.estimate import export_split
from model.estimation.flows import grid_of
from model.estimation.inputs import Courses, stacked_inputs
from model.estimation.sampling import Draws, resolved
from model.industry.draws import SEED, Exposure
from model.kernels import chain, churn, severity
from model.kernels.effective_hours import share_lost_over_time
from model.scenario.fields import Header
from model.scenario.scenario import Scenario, checked

Array = NDArray[np.float64]
Cover = tuple[tuple[str, float], ...]  # measures of a set with the share that each covers
VALUE_ADDED = "exports.value_added_share"
CURVE_DRAWS = 256


class Disrupted:
    """One disruption, once, at several durations (hours, ascending)."""

    def __init__(self, catalogue: Catalogue, scenario: Scenario, durations: Array, size: int) -> None:
        off = {f"lever.{key}.coverage": 0.0 for key in catalogue.levers}
        bare = scenario.with_changes(
            assumptions={**scenario.assumptions, **off}, draws=size, seed=SEED, spells=1, period_days=None,
            currency="USD", header=Header(), hours=float(durations[-1]),
        )  # fmt: skip
        self.catalogue, self.scenario, self.size = catalogue, checked(catalogue, bare), size
        table = resolved(catalogue, self.scenario.assumptions)
        self.sample = Draws(catalogue, table, size, SEED)
        place = economy(catalogue, self.scenario.country, export_split(catalogue, table))
        self.inputs = stacked_inputs(catalogue, [self.scenario], [place], [self.sample])
        self.grid = grid_of(catalogue, self.scenario, durations)
        self.value_added = self.sample.of(VALUE_ADDED)
        self.courses: Cache[Courses] = Cache()

    def losses(self, sets: Sequence[Cover]) -> tuple[Array, dict[str, Array]]:
        """Direct loss in USD and effective days of each export group, (set, duration, draw)."""
        shape = (len(sets), len(self.grid.durations), self.size)
        net = np.zeros(shape)
        days = {
            sector.export_group: np.empty(shape) for sector in self.catalogue.sectors if sector.export_group
        }
        faster = [self._of(cover, "adaptation_time") for cover in sets]
        for course_of in dict.fromkeys(faster):
            rows = [row for row, item in enumerate(faster) if item == course_of]
            courses = self.courses.get(course_of, partial(self._new_courses, course_of))
            self._write(net, days, rows, [sets[row] for row in rows], courses)
        return net, days

    def lagged(self, days: Mapping[str, Array]) -> Array:
        """Value added lost later when the disruption happens once a year; the axes of `days`."""
        parts = zip(days.values(), self.inputs.lag, strict=True)
        groups = [(exposure, multiplier, stake) for exposure, (_, multiplier, stake) in parts]
        shape = np.broadcast_shapes(*(exposure.shape for exposure in days.values()))
        lost = chain.lost_later(groups, self.inputs.grace, self.inputs.rate, np.zeros(shape))
        return np.asarray(lost * self.value_added)

    def exposure(self, days: Mapping[str, Array]) -> Exposure:
        """Exposure of one set at one duration: `days` by group, (draw,)."""
        inputs = self.inputs

        def flat(values: Array) -> Array:
            return np.broadcast_to(values[0, 0], (self.size,))

        return Exposure(
            scenario=self.scenario, days=dict(days),
            multipliers={group: flat(part[1]) for group, part in zip(days, inputs.lag, strict=True)},
            stakes={group: flat(part[2]) for group, part in zip(days, inputs.lag, strict=True)},
            grace=flat(inputs.grace), rate=flat(inputs.rate),
        )  # fmt: skip

    def acting(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of the measures that act in this disruption at all."""
        ordered = self.scenario.ordered(self.catalogue)
        return tuple(key for key in keys if self.catalogue.levers[key].acts_in(self.scenario.kind, ordered))

    def _of(self, cover: Cover, acts_on: str) -> Cover:
        return tuple(item for item in cover if self._lever(item[0]).acts_on == acts_on)

    def _lever(self, key: str) -> Lever:
        return self.catalogue.levers[key]

    def _new_courses(self, faster: Cover) -> Courses:
        """The time courses under measures that shorten adaptation, (1, duration, draw)."""
        inputs, grid = self.inputs, self.grid
        tau = inputs.tau
        for key, share in faster:
            tau = tau * (1 - share * (1 - self.sample.of(f"lever.{key}.time_factor")))
        restart, decay = chain.restart_on(grid, inputs.restart, inputs.onset), chain.decay_on(grid, tau)

        def course(buffered: bool) -> chain.Course:
            losing = chain.losing_on(grid, inputs.onset if buffered else None)
            lost = share_lost_over_time(losing, decay, inputs.won_back)
            return chain.Course.on(
                grid, lost, chain.effective_hours_on(grid, lost), restart if buffered else None
            )

        return course(False), course(True)

    def _write(
        self, net: Array, days: dict[str, Array], rows: list[int], sets: Sequence[Cover], courses: Courses
    ) -> None:
        """Fill the rows of sets that share their courses."""
        inputs, sectors = self.inputs, self.catalogue.sectors
        lost = {name: self._severity(name, sets)[:, None, :] for name in self.catalogue.class_keys}
        moved = np.array(
            [[[1 - np.prod([1 - share for _, share in self._of(cover, "seats")])]] for cover in sets]
        )
        seats = self.catalogue.office_class, self.catalogue.home_class
        by_sector = [
            severity.lost_by_sector(severity.mix_after_moves(mix, moved, *seats), lost)
            for mix in inputs.mixes
        ]
        effective_days = self.grid.at_durations(courses[True].effective) / 24
        for sector, own in zip(sectors, by_sector, strict=True):
            if sector.export_group:
                days[sector.export_group][rows] = churn.exposure_days(own, effective_days)
        spell = chain.losses(
            (inputs.activity(index, courses, own) for index, own in enumerate(by_sector)), spare=inputs.spare,
            overtime_rate=inputs.overtime_rate, shape=(len(sets), *net.shape[1:]),
        )  # fmt: skip
        net[rows] = chain.net_loss(spell.gross, spell.caught_up, spell.caught_up * inputs.overtime_rate)

    def _severity(self, name: str, sets: Sequence[Cover]) -> Array:
        """Connectivity that a user class loses at first under each set, (set, draw)."""
        by_set = np.empty((len(sets), self.size))
        for row, cover in zip(by_set, sets, strict=True):
            lost = self.inputs.lost[name][0, 0]
            for key, share in self._of(cover, "severity"):
                if matches(self._lever(key).classes, name):
                    lost = severity.shielded(lost, share, self.sample.of(f"lever.{key}.effect"))
            row[:] = lost
        return by_set


@dataclass(frozen=True)
class PricedSets:
    """A disruption and its sets, cached: a reader who moves one measure keeps the sets of the others."""

    disrupted: Disrupted
    sets: Cache[tuple[Array, Exposure]] = field(default_factory=Cache)

    def of(self, sets: Sequence[Cover]) -> list[tuple[Array, Exposure]]:
        """Direct loss (draw,) and exposure of each set; what is not cached is priced in one call."""
        return self.sets.get_all(sets, self._price)

    def _price(self, sets: list[Cover]) -> list[tuple[Array, Exposure]]:
        net, days = self.disrupted.losses(sets)
        return [
            (net[row, 0], self.disrupted.exposure({group: part[row, 0] for group, part in days.items()}))
            for row in range(len(sets))
        ]


@dataclass(frozen=True)
class LossByLength:
    """Mean losses of a disruption once a year by its length, for each set asked for."""

    hours: Array
    disrupted: Disrupted
    sets: Cache[tuple[Array, Array]] = field(default_factory=Cache)

    def of(self, cover: Cover) -> tuple[Array, Array]:
        """Mean net direct loss, and mean value added lost later, by length, USD (duration,)."""
        return self.sets.get(cover, lambda: self._means(cover))

    def _means(self, cover: Cover) -> tuple[Array, Array]:
        net, days = self.disrupted.losses([cover])
        return net[0].mean(axis=-1), self.disrupted.lagged(days)[0].mean(axis=-1)


# They depend on nothing but their keys, so readers may share them.
_PRICED: Cache[PricedSets] = Cache()
_CURVES: Cache[LossByLength] = Cache()


def priced(catalogue: Catalogue, scenario: Scenario, size: int) -> PricedSets:
    """The disruption on `size` draws, with the sets that are cached."""
    return _PRICED.get(
        (catalogue, scenario, size),
        lambda: PricedSets(Disrupted(catalogue, scenario, np.array([scenario.hours]), size)),
    )


def curves(catalogue: Catalogue, scenario: Scenario) -> LossByLength:
    """The curves of a disruption over the stops of every curve."""
    hours = with_stops(scenario.hours)
    return _CURVES.get(
        (catalogue, scenario), lambda: LossByLength(hours, Disrupted(catalogue, scenario, hours, CURVE_DRAWS))
    )
