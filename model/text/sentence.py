"""The headline in words, for one duration or for every stop of the slider."""

from __future__ import annotations

from dataclasses import dataclass

from model.common.numbers import percent
from model.estimation.estimate import Estimate
from model.estimation.guards import guards
from model.estimation.standing import standing
from model.estimation.words import event_text, place_text
from model.text.tense import tense_of

BASIS = "lost for good: a model's estimate, from stated assumptions"


@dataclass(frozen=True)
class KeyFigure:
    """One figure at the top of the page: what it is, its median, and its range and basis."""

    label: str
    value: str
    detail: str


def headline(result: Estimate, index: int | None = None) -> str:
    """The range and its basis, and what must be heard with it, for the chosen duration or the one at `index`."""
    return " ".join([_cost(result, index), *(guard.sentence for guard in guards(result, index))])


def _cost(result: Estimate, index: int | None) -> str:
    """The first sentence of the headline."""
    at = result.chosen if index is None else index
    curve = result.curves["net_direct"]
    cost = curve.at(at).spoken(result.money.unit)
    event = event_text(result, float(result.durations[at]))
    tense = tense_of(result, at)
    verb = tense.cost if result.scenario.spells == 1 else f"{tense.cost} in all"
    if float(curve.high[at]) == 0:
        return f"{event} {place_text(result)} {verb} nothing: no activity {tense.be} interrupted."
    return (
        f"{event} {place_text(result)} {verb} about {cost.median} (range {cost.ends}) in value added {BASIS}."
    )


def assumptions_text(result: Estimate) -> str:
    """How many of the inputs are assumptions: `151 of the 166 inputs of this estimate are assumptions`."""
    on = standing(result)
    typed = f", {len(on.reader)} are the reader's own" if on.reader else ""
    verb = "is an assumption" if len(on.assumptions) == 1 else "are assumptions"
    return f"{len(on.assumptions)} of the {on.inputs} inputs of this estimate {verb}{typed}"


def range_text() -> str:
    """What the two ends of every range are."""
    return "Ranges run from the 5th to the 95th percentile under the stated assumptions"


def key_figures(result: Estimate, index: int | None = None) -> list[KeyFigure]:
    """The figures beside the headline, each with its range and its basis."""
    at = result.chosen if index is None else index
    unit = result.money.unit

    def figure(label: str, name: str, note: str) -> KeyFigure:
        if name not in result.curves:
            return KeyFigure(label, "not measured", note)
        cost = result.curves[name].at(at).money(unit)
        return KeyFigure(label, cost.median, f"{cost.ends} · {note}")

    rows = [
        figure("Lost for good", "net_direct", "net, value added"),
        figure("Activity interrupted", "gross", "gross, value added"),
        figure("Exports lost later", "lagged_receipts", "lagged, receipts; beside it"),
    ]
    if result.catalogue.kinds[result.scenario.kind].copes:
        rows.append(figure("Paid to work around", "coping", "coping, operating cost; beside it"))
    else:
        curve = result.curves["net_direct"]
        days = float(result.durations[at]) / 24 * result.scenario.spells
        gdp = result.economy.gdp * result.money.per_usd / 365 * days
        share = curve.at(at).each(lambda cost: percent(cost / gdp) if gdp > 0 else "0%")
        rows.append(KeyFigure("Share of GDP in that time", share.median, f"{share.ends} · net loss"))
    return rows


def work_days_text(result: Estimate) -> str:
    """Work-days lost with their range, or why there are none."""
    amount = result.amount("work_days")
    if amount.median is None:
        return "work-days: not measured (the number of workers is not known)"
    words = amount.range.money("work_days")
    return f"{words.median} lost ({words.ends})"


def money_text(result: Estimate) -> str:
    """The money of a result, with the rate behind a local currency."""
    return f"{result.money.unit} ({result.money.note})" if result.money.note else "US dollars"


def stamp(result: Estimate) -> str:
    """Versions and seed, for pictures and files."""
    scenario = result.scenario
    return f"model {result.model_version} · data {result.data_version} · {scenario.draws} draws, seed {scenario.seed}"
