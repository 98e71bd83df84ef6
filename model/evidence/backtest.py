"""Back-tests: every measured outcome with what the model would have said, hit or miss, or why it says nothing."""

from __future__ import annotations

import hashlib
import json
from calendar import month_name
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.catalogue.checks import check_outcomes
from model.catalogue.evidence import Evidence, Observation, Operator, read_outcomes, read_unrest
from model.catalogue.load import Catalogue
from model.common.ranges import Range
from model.evidence import record
from model.evidence.declared import declared_text, operators_hash
from model.evidence.operators import NONE, check_operators, loss, observed_of
from model.evidence.outcomes import Marker, Outcome, Verdict, within
from model.evidence.quantities import EVER_LOSE, scenario_of
from model.evidence.scores import Backtest
from model.evidence.unrest import UNREST_SD, measured, noise_of, reach_of, unrest_of
from model.evidence.vintages import TablesThen, as_of
from model.scenario.file import as_dict

Array = NDArray[np.float64]
PARAMETER_FIELDS = ("key", "unit", "low", "mode", "high", "distribution", "correlation")
# No assumption: words, and the numbers of the draws.
SECTOR_TEXT = (
    "label", "status", "dependence_evidence", "dependence_source", "recapture_evidence", "recapture_source",
    "patience_evidence", "patience_source", "notes", "streams",
)  # fmt: skip
NO_ECONOMY = "the event and the parameters; no figure of the economy and no series enters"
CANCELS = "GDP and export earnings cancel out of a share of export earnings"


NO_ECONOMY = "the event and the parameters; how digital an economy is follows today's table; no series enters"
CANCELS = "GDP and export earnings cancel out of a share of export earnings"


def backtest(catalogue: Catalogue, evidence: Evidence | None = None) -> Backtest:
    """Run every row on its disruption, the default parameters and what was published before it (`vintages.py`).

    Args:
        catalogue: the tables.
        evidence: the outcomes and their operators, such as `read_outside` gives; None for those of the project.

    Returns:
        Every row in the order of the observations, with the sums by event.

    Raises:
        DataError: a row names an operator, a subject or a disruption that is not there, with file, row and column.
    """
    tables = catalogue.evidence if evidence is None else evidence
    check_operators(catalogue, tables)
    rows = [
        _outcome(catalogue, tables, item, tables.operators[item.id]) for item in tables.observations.values()
    ]
    return Backtest(
        tuple(rows), parameter_set(catalogue, tables), operators_hash(tables), declared_text(tables),
        catalogue.data_version, catalogue.data_date,
    )  # fmt: skip


def read_outside(
    catalogue: Catalogue, observations: Path, operators: Path, unrest: Path | None = None
) -> Evidence:
    """Outcomes and operators from outside the project, in the layout of its tables; the rest stays the project's.

    Args:
        catalogue: the tables of the project.
        observations: a table in the layout of data/observations.csv.
        operators: a table in the layout of data/operators.csv, a row for each observation.
        unrest: grades of unrest by event in the layout of data/unrest.csv; None counts every other event as calm.

    Returns:
        Evidence for `backtest` and `score_methods`.

    Raises:
        DataError: a cell that cannot be used, with file, row, column, value and what is allowed.
    """
    files = observations.resolve(), operators.resolve()
    items, rows = read_outcomes(*files, outside=True)
    graded = (
        dict(catalogue.evidence.unrest) if unrest is None else read_unrest(unrest.resolve(), outside=True)
    )
    grades = {item.event: graded.get(item.event, 0) for item in items.values()}
    outside = replace(
        catalogue.evidence, observations=items, operators=rows, unrest=grades, declared=None, files=files
    )
    check_outcomes(catalogue.parts.names, outside)
    check_operators(catalogue, outside)
    return outside


def _outcome(catalogue: Catalogue, evidence: Evidence, item: Observation, row: Operator) -> Outcome:
    observed = observed_of(item, row)
    grade = evidence.unrest.get(item.event, 0)
    if row.operator == NONE:
        return Outcome(
            item,
            row,
            Verdict.NOT_PREDICTABLE,
            observed,
            unrest=grade,
            event_label=_event_label(catalogue, evidence, item),
        )
    then = _tables_then(catalogue, evidence, item, row)
    lost = loss(then.catalogue, item, row)
    lost = np.asarray(lost * reach_of(row, lost.size))
    trend, spread, series = _trend(then, item, row)
    still = np.zeros(lost.size)
    alone = measured(row, lost, trend, still, still)
    draws = measured(
        row,
        lost,
        trend,
        unrest_of(item.event, grade, lost.size),
        spread * noise_of(row.observation, lost.size),
    )
    predicted = Range.of(draws)
    middle = -float(np.median(lost)) if row.compares == "change" else None
    limit = record.BAND * spread if spread > 0 and row.compares == "change" else None
    if item.use == "calibration":
        verdict = Verdict.USED_TO_FIT
    elif item.use.startswith("bounds_"):
        verdict = Verdict.USED_TO_SET_A_RANGE
    elif limit is not None and middle is not None and abs(middle) < limit:
        verdict = Verdict.TOO_SMALL_TO_SEE
    else:
        is_inside = observed is not None and within(row, observed, predicted)
        verdict = Verdict.INSIDE if is_inside else Verdict.OUTSIDE
    naive = trend if row.compares == "change" and not row.side else None
    scored = observed is not None and not row.side  # a bound is no value to be near to
    return Outcome(
        item, row, verdict, observed, predicted, Range.of(alone), middle, naive,
        crps(draws, observed) if scored and observed is not None else None,
        crps(alone, observed) if scored and observed is not None else None,
        abs(observed - naive) if observed is not None and naive is not None else None,
        spread or None, limit, grade,
        tuple(_marker(evidence, item, name, trend) for name in row.claims),
        _title(catalogue, item, row), _event_label(catalogue, evidence, item),
        "; ".join(text for text in (then.words, series) if text),
    )  # fmt: skip


def _title(catalogue: Catalogue, item: Observation, row: Operator) -> str:
    if row.event:
        return "; ".join(scenario_of(catalogue, name).header.title for name in row.events)
    return item.publisher


def _event_label(catalogue: Catalogue, evidence: Evidence, item: Observation) -> str:
    """The country and the month, or the year, in which the event began: `Bangladesh, July 2024`."""
    rows = [other for other in evidence.observations.values() if other.event == item.event and other.start]
    country = catalogue.countries[item.country].name if item.country in catalogue.countries else item.country
    if not rows:
        return country
    first = min(rows, key=lambda other: other.start)
    year, month = first.start[:4], month_name[int(first.start[5:7])]
    return f"{country}, {year}" if first.date_precision == "year" else f"{country}, {month} {year}"


def _tables_then(catalogue: Catalogue, evidence: Evidence, item: Observation, row: Operator) -> TablesThen:
    """What had been published when the event began, as far as the operator reads it."""
    if not row.of_receipts:
        return TablesThen(catalogue, (), NO_ECONOMY)
    then = as_of(catalogue, evidence.months, scenario_of(catalogue, row.events[0]).country, item.start)
    return TablesThen(then.catalogue, then.months, f"{then.words}; {CANCELS}")


def _trend(then: TablesThen, item: Observation, row: Operator) -> tuple[float, float, str]:
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
    return row.trend, row.noise or 0.0, ""


def _marker(evidence: Evidence, item: Observation, name: str, trend: float) -> Marker:
    """A claimed loss as a change of the observed month."""
    claim = evidence.claims[name]
    high, low = claim.usd_high or claim.usd_low or 0.0, claim.usd_low or claim.usd_high or 0.0
    base = (item.baseline or 1.0) * 1e6
    return Marker(name, trend - high / base, trend - low / base)


def crps(draws: Array, observed: float) -> float:
    """Continuous ranked probability score, in the unit of the draws (Gneiting and Raftery 2007).

    `draws` are what was predicted, (draw,), and `observed` what was seen, in the same unit.
    """
    import scoringrules  # a second to load, and only back-tests need it

    return float(scoringrules.crps_ensemble(observed, draws))


def parameter_set(catalogue: Catalogue, evidence: Evidence) -> str:
    """SHA-256 over what enters a back-test in one canonical form; the published series themselves are not in it."""
    events = sorted({name for item in evidence.operators.values() for name in item.events})
    tables: dict[str, list[dict[str, Any]]] = {
        "parameters": [
            {name: getattr(item, name) for name in PARAMETER_FIELDS} for item in catalogue.parameters.values()
        ],
        "sectors": [item.model_dump(exclude=set(SECTOR_TEXT)) for item in catalogue.sectors],
        "operators": [item.model_dump() for item in evidence.operators.values()],
        "events": [{"event": name, **_priced(catalogue, name)} for name in events],
        "days": [
            {"observation": name, "start": item.start, "use": item.use}
            for name, item in evidence.observations.items()
        ],
        "lags": [{"series": item.series, "months": item.months} for item in catalogue.lags.values()],
        "unrest": [{"event": event, "grade": grade} for event, grade in evidence.unrest.items()],
        "constants": [
            {
                "ever_lose": EVER_LOSE,
                "band": record.BAND,
                "months_before": record.MONTHS_BEFORE,
                "unrest": UNREST_SD,
            }
        ],
    }
    ordered = {
        name: sorted(json.dumps(row, sort_keys=True, ensure_ascii=True) for row in rows)
        for name, rows in tables.items()
    }
    return hashlib.sha256(json.dumps(ordered, sort_keys=True).encode()).hexdigest()


def _priced(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """What an event is priced with; its title and its reasons are words, and that it goes on moves no amount."""
    values = as_dict(scenario_of(catalogue, name))
    return {field: value for field, value in values.items() if field not in ("header", "ongoing")}
