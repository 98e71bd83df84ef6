"""Back-tests: every measured outcome with what the model would have said, hit or miss, or why it says nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from model.catalogue.evidence import Evidence, Observation, Operator
from model.catalogue.load import Catalogue
from model.common.numbers import percent, trimmed
from model.common.ranges import Range
from model.evidence import record
from model.evidence.operators import EVER_LOSE, predicted, scenario_of
from model.evidence.vintages import Known, as_of
from model.scenario.file import as_dict

Array = NDArray[np.float64]
Verdict = Literal[
    "inside", "outside", "not detectable", "used to fit", "used to set a range", "not predictable"
]
FEWEST_EVENTS = 10  # below it a share of hits is not called a rate
NOISE_SEED = 20240208
PREDICTABLE: tuple[Verdict, ...] = ("inside", "outside")
UNCOUNTED: tuple[Verdict, ...] = ("not detectable", "used to fit", "used to set a range", "not predictable")
SMALLEST = 0.001  # a smaller change is said as "under 0.1 %"
PARAMETER_FIELDS = ("key", "unit", "low", "mode", "high", "distribution", "correlation")
# No assumption: words, and the numbers of the draws.
SECTOR_TEXT = (
    "label", "status", "dependence_evidence", "dependence_source", "recapture_evidence", "recapture_source",
    "patience_evidence", "patience_source", "notes", "streams",
)  # fmt: skip
NO_ECONOMY = "the event and the parameters; no figure of the economy and no series enters"
CANCELS = "GDP and receipts cancel out of a share of receipts"


@dataclass(frozen=True)
class Marker:
    """A claim or modelled figure in the unit of the row; never a truth."""

    claim: str
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """One row. Numbers are shares: a change relative to the baseline, or the share observed."""

    observation: Observation
    operator: Operator
    verdict: Verdict
    observed: float | None
    low: float | None = None
    median: float | None = None
    high: float | None = None
    effect: float | None = None  # median of what the disruption alone changes
    naive: float | None = None
    crps: float | None = None
    naive_error: float | None = None
    noise: float | None = None  # standard deviation of the series, from what was published before the event
    limit: float | None = None
    markers: tuple[Marker, ...] = ()
    event_title: str = ""
    inputs: str = ""

    @property
    def counted(self) -> bool:
        return self.verdict in PREDICTABLE

    @property
    def sample(self) -> str:
        """Whether a parameter was set with the row in view; empty where nothing is predicted."""
        if self.verdict == "not predictable":
            return ""
        return "in-sample" if self.observation.in_sample else "out-of-sample"

    @property
    def inside(self) -> str:
        """`yes` or `no` for every row with a band and an observed value, counted or not; else empty."""
        if self.low is None or self.high is None or self.observed is None:
            return ""
        return "yes" if self.low <= self.observed <= self.high else "no"

    @property
    def outside_text(self) -> str:
        """By how much the observed value lies outside its band; empty where it does not."""
        if self.inside != "no" or self.observed is None or self.low is None or self.high is None:
            return ""
        lower = self.observed < self.low
        gap = percent(abs(self.observed - (self.low if lower else self.high)))
        base = " of the baseline" if self.operator.compares == "change" else ""
        side = "below" if lower else "above"
        return f" Outside the band: the observed value lies {gap}{base} {side} it."

    @property
    def sentence(self) -> str:
        """What the row says, in words."""
        if self.verdict == "not predictable":
            return f"Not predictable by this model: {self.operator.reason}."
        if self.median is None or self.low is None or self.high is None or self.observed is None:
            return self.operator.reason
        band = f"{change_text(self.low)} to {change_text(self.high)} with {change_text(self.median)} in the middle"
        start = f"Predicted {band}; observed {change_text(self.observed)}"
        if self.verdict == "not detectable":
            return (
                f"{start}. The disruption itself is put at {change_text(self.effect or 0)}, and the series shows "
                f"nothing smaller than {percent(self.limit or 0)}: not detectable, neither a hit nor a miss."
                + self.outside_text
            )
        if self.verdict in ("used to fit", "used to set a range"):
            return f"{start}. The row was {self.verdict}, so it tests nothing.{self.outside_text}"
        if self.verdict == "inside":
            return f"{start}: inside."
        why = (
            f" Named as a confounder: {self.observation.confounders}." if self.observation.confounders else ""
        )
        return f"{start}: a miss.{self.outside_text}{why}"


@dataclass(frozen=True)
class Backtest:
    """All rows, and the frozen parameter set with its date."""

    outcomes: tuple[Outcome, ...]
    parameter_set: str
    data_version: str
    data_date: str

    def with_verdict(self, *names: Verdict) -> list[Outcome]:
        return [item for item in self.outcomes if item.verdict in names]

    @property
    def counted(self) -> list[Outcome]:
        return [item for item in self.outcomes if item.counted]

    @property
    def outside_uncounted(self) -> list[Outcome]:
        """Rows that are not counted and lie outside their band all the same: kept, each with its sentence."""
        return [item for item in self.outcomes if item.inside == "no" and not item.counted]

    @property
    def summary(self) -> dict[str, Any]:
        """Counts, and mean CRPS beside the naive forecast's; no rate below ten events."""
        rows = self.counted
        events = sorted({item.observation.event for item in rows})
        inside = sum(item.verdict == "inside" for item in rows)
        errors = [item.crps for item in rows if item.crps is not None]
        naive = [item.naive_error for item in rows if item.naive_error is not None]
        return {
            "rows": len(self.outcomes),
            "predictable_rows": len(rows),
            "predictable_events": len(events),
            "inside": inside,
            "in_sample": sum(item.sample == "in-sample" for item in rows),
            "outside_uncounted": len(self.outside_uncounted),
            "coverage": inside / len(rows) if len(events) >= FEWEST_EVENTS else None,
            "mean_crps": float(np.mean(errors)) if errors else None,
            "mean_crps_naive": float(np.mean(naive)) if naive else None,
            **{name.replace(" ", "_"): len(self.with_verdict(name)) for name in UNCOUNTED},
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """The summary as sentences."""
        told = self.summary
        few = told["predictable_events"] < FEWEST_EVENTS
        plural = "" if told["predictable_events"] == 1 else "s"
        first = (
            f"Of {told['rows']} measured outcomes the model can be tested on {told['predictable_rows']}, from "
            f"{told['predictable_events']} event{plural}; {told['not_detectable']} are below the noise of their "
            f"series, {told['used_to_fit'] + told['used_to_set_a_range']} were used to make the model, and "
            f"{told['not_predictable']} are not predictable by it."
        )
        second = f"Inside the range: {told['inside']} of {told['predictable_rows']} rows"
        second += (
            f". Rows of one event share their errors, and below {FEWEST_EVENTS} events this is a "
            "count, not a rate."
            if few
            else f", {percent(told['coverage'])}."
        )
        found = [first, second, self._sample_sentence]
        if told["mean_crps"] is not None:
            better = "lower and so better" if told["mean_crps"] < told["mean_crps_naive"] else "not better"
            found.append(
                f"Mean CRPS {percent(told['mean_crps'])} of the baseline, against "
                f"{percent(told['mean_crps_naive'])} for the "
                f"naive forecast that nothing happens: {better}."
            )
        return tuple(found)

    @property
    def _sample_sentence(self) -> str:
        """How many of the counted rows had a hand in the parameters, and what that leaves of a hit."""
        rows, below = self.counted, self.with_verdict("not detectable")
        seen = sum(item.sample == "in-sample" for item in rows)
        if 0 < seen < len(rows):
            first = (
                f"{seen} of the {len(rows)} counted rows were in view when a parameter was set (in-sample)"
            )
        else:
            told = f"All {seen} counted rows" if seen else "No counted row"
            first = f"{told} {'were' if seen > 1 else 'was'} in view when a parameter was set (in-sample)"
        weight = ", so a hit confirms little" if seen else ""
        outside = sum(item.inside == "no" for item in below)
        return (
            f"{first}{weight}; the parameters are of {self.data_date}, after every event. Of the {len(below)} rows "
            f"below the noise {outside} {'lies' if outside == 1 else 'lie'} outside the band."
        )


def change_text(value: float) -> str:
    """A change or share for people: `−45 %`."""
    if 0 < abs(value) < SMALLEST:
        return f"{'a fall under' if value < 0 else 'under'} {percent(SMALLEST, 1)}"
    text = percent(abs(value))
    return f"−{text}" if value < 0 and text != "0 %" else text


def backtest(catalogue: Catalogue) -> Backtest:
    """Run every row on the event, the default parameters and what was published before it (`evidence/vintages.py`)."""
    known = catalogue.evidence
    rows = [
        _outcome(catalogue, known, item, known.operators[item.id]) for item in known.observations.values()
    ]
    return Backtest(tuple(rows), parameter_set(catalogue, known), catalogue.data_version, catalogue.data_date)


def _outcome(catalogue: Catalogue, known: Evidence, item: Observation, row: Operator) -> Outcome:
    observed = item.change if row.compares == "change" else item.observed
    if row.operator == "none":
        return Outcome(item, row, "not predictable", observed)
    then = _known_then(catalogue, known, item, row)
    effect = predicted(then.catalogue, row)
    trend, spread, series = _trend(then, item, row)
    naive = trend if row.compares == "change" else None
    draws = (1 + trend) * (1 + effect) - 1 if row.compares == "change" else effect
    limit = None
    if spread > 0:
        normal = np.random.default_rng(NOISE_SEED).standard_normal(draws.size)
        draws = (1 + draws) * np.exp(spread * normal) - 1
        limit = record.BAND * spread
    low, median, high = Range.of(draws)
    middle = float(np.median(effect)) if row.compares == "change" else None
    verdict: Verdict
    if item.use == "calibration":
        verdict = "used to fit"
    elif item.use.startswith("bounds_"):
        verdict = "used to set a range"
    elif limit is not None and middle is not None and abs(middle) < limit:
        verdict = "not detectable"
    else:
        verdict = "inside" if observed is not None and low <= observed <= high else "outside"
    error = None if observed is None else crps(draws, observed)
    missed = None if observed is None or naive is None else abs(observed - naive)
    return Outcome(
        item, row, verdict, observed, low, median, high, middle, naive, error, missed, spread or None, limit,
        tuple(_marker(known, item, name, trend) for name in row.claims),
        scenario_of(catalogue, row.event).header.title if row.event else item.publisher,
        "; ".join(text for text in (then.words, series) if text),
    )  # fmt: skip


def _known_then(catalogue: Catalogue, known: Evidence, item: Observation, row: Operator) -> Known:
    """What had been published when the event began, as far as the operator reads it."""
    if not row.of_receipts:
        return Known(catalogue, (), NO_ECONOMY)
    then = as_of(catalogue, known.months, scenario_of(catalogue, row.event).country, item.start)
    return Known(then.catalogue, then.months, f"{then.words}; {CANCELS}")


def _trend(then: Known, item: Observation, row: Operator) -> tuple[float, float, str]:
    """The change without a disruption as known before the event, the noise about it, and what both rest on."""
    months = then.months
    if row.operator == "receipts_against_year":
        used = list(record.growth_on_year(months))[-record.MONTHS_BEFORE :]
        errors = len(record.forecast_errors(months))
        words = f"growth on the year of {used[0]} to {used[-1]}; noise from {errors} forecast errors to {used[-1]}"
        return record.known_growth(months, item.start[:7]), record.forecast_noise(months), words
    if row.operator == "receipts_against_mean":  # the mean of three months is noisy too
        words = f"no trend; noise from {len(months)} months to {months[-1].month}"
        return 0.0, record.level_noise(months) * float(np.sqrt(1 + 1 / record.MONTHS_BEFORE)), words
    return 0.0, 0.0, ""


def _marker(known: Evidence, item: Observation, name: str, trend: float) -> Marker:
    """A claimed loss as a change of the observed month."""
    claim = known.claims[name]
    high, low = claim.usd_high or claim.usd_low or 0.0, claim.usd_low or claim.usd_high or 0.0
    base = (item.baseline or 1.0) * 1e6
    return Marker(name, trend - high / base, trend - low / base)


def crps(draws: Array, observed: float) -> float:
    """Continuous ranked probability score, in the unit of the draws (Gneiting and Raftery 2007)."""
    import scoringrules  # a second to load, and only back-tests need it

    return float(scoringrules.crps_ensemble(observed, draws))


def parameter_set(catalogue: Catalogue, known: Evidence) -> str:
    """SHA-256 over what enters a back-test in one canonical form; the published series themselves are not in it."""
    events = sorted({item.event for item in known.operators.values() if item.event})
    tables: dict[str, list[dict[str, Any]]] = {
        "parameters": [
            {name: getattr(item, name) for name in PARAMETER_FIELDS} for item in catalogue.parameters.values()
        ],
        "sectors": [item.model_dump(exclude=set(SECTOR_TEXT)) for item in catalogue.sectors],
        "operators": [item.model_dump() for item in known.operators.values()],
        "events": [{"event": name, **_priced(catalogue, name)} for name in events],
        "days": [
            {"observation": name, "start": item.start, "use": item.use}
            for name, item in known.observations.items()
        ],
        "lags": [{"series": item.series, "months": item.months} for item in catalogue.lags.values()],
        "constants": [{"ever_lose": EVER_LOSE, "band": record.BAND, "months_before": record.MONTHS_BEFORE}],
    }
    ordered = {
        name: sorted(json.dumps(row, sort_keys=True, ensure_ascii=True) for row in rows)
        for name, rows in tables.items()
    }
    return hashlib.sha256(json.dumps(ordered, sort_keys=True).encode()).hexdigest()


def _priced(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """What an event is priced with; its title and its reasons are words."""
    return {
        field: value for field, value in as_dict(scenario_of(catalogue, name)).items() if field != "header"
    }


FIELDS = (
    "id", "event", "where", "outcome", "grade", "operator", "verdict", "inside", "sample", "unit", "predicted_low",
    "predicted_median", "predicted_high", "observed", "effect", "naive", "crps", "naive_error", "noise",
    "detection_limit", "markers", "sentence", "declared", "known_then", "evidence_for", "confounders", "status",
    "source", "url",
)  # fmt: skip


def as_rows(items: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The table of outcomes: one for the screen, the file and the command line."""
    return [
        {
            "id": item.observation.id, "event": item.operator.event or item.observation.event,
            "where": item.observation.where, "outcome": item.observation.outcome, "grade": item.observation.grade,
            "operator": item.operator.operator, "verdict": item.verdict, "inside": item.inside,
            "sample": item.sample,
            "unit": "change against the baseline" if item.operator.compares == "change" else item.observation.unit,
            "predicted_low": item.low, "predicted_median": item.median, "predicted_high": item.high,
            "observed": item.observed, "effect": item.effect, "naive": item.naive, "crps": item.crps,
            "naive_error": item.naive_error, "noise": item.noise, "detection_limit": item.limit,
            "markers": "; ".join(f"{m.claim}: {trimmed(m.low, 4)} to {trimmed(m.high, 4)}" for m in item.markers),
            "sentence": item.sentence, "declared": item.operator.reason, "known_then": item.inputs,
            "evidence_for": " ".join(item.observation.parameters_set), "confounders": item.observation.confounders,
            "status": item.observation.status, "source": item.observation.source, "url": item.observation.url,
        }
        for item in items
    ]  # fmt: skip
