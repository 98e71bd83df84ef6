"""One disruption under many sets of continuity measures at once.

The sets of a search share everything but severity, seats and adaptation time, so the inputs are stacked once and the
hundreds of sets are one axis: (set, duration, draw). The arithmetic is that of `model.estimation.flows`, from the
same kernels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.catalogue.disruptions import Lever, matches
from model.catalogue.load import Catalogue
from model.common.durations import with_stops
from model.estimation.economy import economy
from model.estimation.estimate import export_split
from model.estimation.flows import FLAT, Grid, TimeCourse
from model.estimation.inputs import stacked_inputs
from model.estimation.sampling import Draws, resolved
from model.industry.draws import SEED, Exposure
from model.kernels import churn, recapture, severity
from model.scenario.fields import Header
from model.scenario.scenario import Scenario, checked

Array = NDArray[np.float64]
Cover = tuple[tuple[str, float], ...]  # measures of a set with the share that each covers
VALUE_ADDED = "exports.value_added_share"
KEPT, SETS_KEPT = 64, 128  # disruptions, and sets of each, that are held
CURVE_DRAWS = 256
HOME_CLASS, OFFICE_CLASS = "freelance", "exporter"


@dataclass(frozen=True)
class Course:
    """What depends on the adaptation time alone, at the asked durations."""

    days: Array  # effective days at severity 1, (duration, draw)
    hours: dict[str, Array]  # with the restart, by hour profile
    waits: list[Array]  # by sector


class Disrupted:
    """One disruption, once, at several durations (hours, ascending)."""

    def __init__(self, catalogue: Catalogue, scenario: Scenario, durations: Array, size: int) -> None:
        off = {f"lever.{key}.coverage": 0.0 for key in catalogue.levers}
        bare = scenario.with_changes(
            assumptions={**scenario.assumptions, **off}, draws=size, seed=SEED, spells=1, currency="USD",
            header=Header(), hours=float(durations[-1]),
        )  # fmt: skip
        self.catalogue, self.scenario, self.size = catalogue, checked(catalogue, bare), size
        table = resolved(catalogue, self.scenario.assumptions)
        self.sample = Draws(catalogue, table, size, SEED)
        place = economy(catalogue, self.scenario.country, export_split(catalogue, table))
        self.inputs = stacked_inputs(catalogue, [self.scenario], [place], [self.sample])
        self.grid = Grid.build(catalogue, self.scenario, durations)
        self.value_added = self.sample.of(VALUE_ADDED)
        self.courses: dict[Cover, Course] = {}

    def losses(self, sets: Sequence[Cover]) -> tuple[Array, dict[str, Array]]:
        """Net direct loss in USD and effective days of each export group, (set, duration, draw)."""
        shape = (len(sets), len(self.grid.durations), self.size)
        net = np.zeros(shape)
        days = {
            sector.export_group: np.empty(shape) for sector in self.catalogue.sectors if sector.export_group
        }
        faster = [self._of(cover, "adaptation_time") for cover in sets]
        for course_of in dict.fromkeys(faster):
            rows = [row for row, item in enumerate(faster) if item == course_of]
            self._add([sets[row] for row in rows], self._course(course_of), net, days, rows)
        return net, days

    def lagged(self, days: Mapping[str, Array]) -> Array:
        """Value added lost later when the disruption happens once a year; the axes of `days`."""
        total = np.zeros(1)
        for group, (_, multiplier, stake) in zip(days, self.inputs.lag, strict=True):
            lost = churn.share_of_contracts_lost(days[group], self.inputs.grace, self.inputs.rate, multiplier)
            total = total + stake * lost
        return np.asarray(total * self.value_added)

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

    def _course(self, faster: Cover) -> Course:
        if faster not in self.courses:
            if len(self.courses) >= SETS_KEPT:
                self.courses.clear()
            self.courses[faster] = made = self._new_course(faster)
            return made
        return self.courses[faster]

    def _new_course(self, faster: Cover) -> Course:
        inputs, grid = self.inputs, self.grid
        tau = inputs.tau[0]
        for key, share in faster:
            tau = tau * (1 - share * (1 - self.sample.of(f"lever.{key}.time_factor")))
        course = TimeCourse(replace(inputs, tau=tau[None]), grid)
        every_stop = course.at_stops()[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            inverse, elapsed = 24 / every_stop, grid.all_hours[:, None] / every_stop
        effective = every_stop[grid.rows]
        restart = np.minimum(inputs.restart[0], grid.durations[:, None] / 2)
        profiles = {}
        if grid.by_profile:
            integrand = course.integrand
            profiles = {name: (weights @ integrand)[0] + restart for name, weights in grid.by_profile.items()}
        known: dict[int, Array] = {}
        for patience in inputs.patience:
            if id(patience) not in known:
                waited = recapture.never_rising(recapture.waited(patience[0], inverse, elapsed))
                known[id(patience)] = waited[grid.rows]
        shape = (len(grid.durations), self.size)
        return Course(
            days=np.broadcast_to(effective / 24, shape), hours=profiles or {FLAT: effective + restart},
            waits=[known[id(patience)] for patience in inputs.patience],
        )  # fmt: skip

    def _add(
        self, sets: Sequence[Cover], course: Course, net: Array, days: dict[str, Array], rows: list[int]
    ) -> None:
        """Fill the rows of sets that share a course."""
        inputs, catalogue = self.inputs, self.catalogue
        lost = {name: self._severity(name, sets) for name in catalogue.class_keys}
        moved = np.array(
            [[1 - np.prod([1 - share for _, share in self._of(cover, "seats")])] for cover in sets]
        )
        saved, part = inputs.saved_by_catching_up[0], np.zeros((len(sets), *net.shape[1:]))
        for index, sector in enumerate(catalogue.sectors):
            mix = inputs.mixes[index]
            sector_lost = sum((share[0] * lost[name] for name, share in mix.items()), np.zeros(1))
            if OFFICE_CLASS in mix:
                home = mix[OFFICE_CLASS][0] * moved
                sector_lost = sector_lost + home * (lost[HOME_CLASS] - lost[OFFICE_CLASS])
            sector_lost = sector_lost[:, None, :]
            if sector.export_group:
                days[sector.export_group][rows] = sector_lost * course.days
            coefficient = inputs.scale[index] * sector_lost
            caught = recapture.share_caught_up(
                inputs.ceiling[index] * coefficient, inputs.spare, sector_lost, course.waits[index]
            )
            hours = course.hours[sector.hour_profile if sector.hour_profile in course.hours else FLAT]
            part += hours * (coefficient - np.maximum(caught, 0.0) * saved)
        net[rows] = part

    def _severity(self, name: str, sets: Sequence[Cover]) -> Array:
        """Connectivity that a user class loses at first under each set, (set, draw)."""
        found = np.empty((len(sets), self.size))
        for row, cover in zip(found, sets, strict=True):
            lost = self.inputs.lost[name][0, 0]
            for key, share in self._of(cover, "severity"):
                if matches(self._lever(key).classes, name):
                    lost = severity.shielded(lost, share, self.sample.of(f"lever.{key}.effect"))
            row[:] = lost
        return found


class Held:
    """A disruption with what is known of its sets: a reader who moves one measure keeps the sets of the others."""

    def __init__(self, catalogue: Catalogue, scenario: Scenario, size: int) -> None:
        self.priced = Disrupted(catalogue, scenario, np.array([scenario.hours]), size)
        self.known: dict[Cover, tuple[Array, Exposure]] = {}

    def of(self, sets: Sequence[Cover]) -> list[tuple[Array, Exposure]]:
        """Net direct loss (draw,) and exposure of each set; what is not known yet is priced in one call."""
        known = dict(self.known)
        missing = [cover for cover in dict.fromkeys(sets) if cover not in known]
        if missing:
            net, days = self.priced.losses(missing)
            for row, cover in enumerate(missing):
                exposure = self.priced.exposure({group: part[row, 0] for group, part in days.items()})
                known[cover] = net[row, 0], exposure
            self.known = known if len(known) <= SETS_KEPT else {cover: known[cover] for cover in missing}
        return [known[cover] for cover in sets]


class Curves:
    """Mean losses of a disruption once a year by its length, for each set asked for."""

    def __init__(self, catalogue: Catalogue, scenario: Scenario, hours: Array, size: int) -> None:
        self.hours = hours
        self.priced = Disrupted(catalogue, scenario, hours, size)
        self.known: dict[Cover, tuple[Array, Array]] = {}

    def of(self, cover: Cover) -> tuple[Array, Array]:
        """Mean net direct loss, and mean value added lost later, by length, USD (duration,)."""
        found = self.known.get(cover)
        if found is None:
            net, days = self.priced.losses([cover])
            found = net[0].mean(axis=-1), self.priced.lagged(days)[0].mean(axis=-1)
            if len(self.known) >= SETS_KEPT:
                self.known = {}
            self.known[cover] = found
        return found


_HELD: dict[tuple[int, Scenario, int], Held] = {}
_CURVES: dict[tuple[int, Scenario], Curves] = {}


def held(catalogue: Catalogue, scenario: Scenario, size: int) -> Held:
    """The disruption with the sets known so far: they depend on nothing else, so readers may share them."""
    key = (id(catalogue), scenario, size)  # each holds its catalogue, so ids stay
    found = _HELD.get(key)
    if found is None:
        found = Held(catalogue, scenario, size)
        if len(_HELD) >= KEPT:
            _HELD.clear()
        _HELD[key] = found
    return found


def held_curves(catalogue: Catalogue, scenario: Scenario) -> Curves:
    """The curves of a disruption over the stops of every curve."""
    key = (id(catalogue), scenario)
    found = _CURVES.get(key)
    if found is None:
        found = Curves(catalogue, scenario, with_stops(scenario.hours), CURVE_DRAWS)
        if len(_CURVES) >= KEPT:
            _CURVES.clear()
        _CURVES[key] = found
    return found
