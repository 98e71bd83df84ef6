"""The headline in words, for one duration or for every stop of the slider."""

from __future__ import annotations

from dataclasses import dataclass

from model.common.numbers import duration_text, money_range, percent
from model.estimation.estimate import Estimate
from model.estimation.sampling import centre

BASIS = "value added lost for good after catching up; bottom-up, from assumptions inside cited evidence"


@dataclass(frozen=True)
class KeyFigure:
    """One figure at the top of the page: what it is, its median, and its range and basis."""

    label: str
    value: str
    detail: str


def place_text(result: Estimate) -> str:
    """Where it happens: `across Pakistan`, `in Balochistan`, `in 10 % of Kenya`."""
    scenario, name = result.scenario, result.economy.country.name
    if scenario.regions:
        regions = list(scenario.regions)
        return "in " + (regions[0] if len(regions) == 1 else ", ".join(regions[:-1]) + " and " + regions[-1])
    if scenario.place is not None:
        return f"in {percent(scenario.place)} of {name}" if scenario.place else f"in no part of {name}"
    return f"across {name}"


def event_text(result: Estimate, hours: float) -> str:
    """What happens: `A full blackout of 1 day`, `Four spells of …`."""
    scenario = result.scenario
    phrase = result.catalogue.kinds[scenario.kind].phrase
    quality = result.catalogue.kinds[scenario.kind].quality_input
    if quality:
        given = getattr(scenario, quality)
        value = centre(result.table[f"degradation.default_{quality}"]) if given is None else given
        words = "to {} of normal quality" if quality == "ratio" else "that takes {} of international capacity"
        phrase += " " + words.format(percent(value or 0.0))
    if scenario.spells > 1:
        bare = phrase.removeprefix("a ")
        return f"{scenario.spells} spells of {bare}, {duration_text(hours)} each,"
    return f"{phrase[0].upper()}{phrase[1:]} {'for' if quality else 'of'} {duration_text(hours)}"


def headline(result: Estimate, index: int | None = None) -> str:
    """One sentence with the range and its basis, for the chosen duration or the one at `index`."""
    at = result.chosen if index is None else index
    curve = result.curves["net_direct"]
    low, median, high = money_range(
        float(curve.low[at]), float(curve.median[at]), float(curve.high[at]), result.money.unit
    )
    event = event_text(result, float(result.durations[at]))
    verb = "would cost" if result.scenario.spells == 1 else "would cost in all"
    if float(curve.high[at]) == 0:
        return f"{event} {place_text(result)} {verb} nothing: no activity is interrupted."
    return f"{event} {place_text(result)} {verb} about {median} (90 % range {low} to {high}): {BASIS}."


def key_figures(result: Estimate, index: int | None = None) -> list[KeyFigure]:
    """The figures beside the headline, each with its range and its basis."""
    at = result.chosen if index is None else index
    unit = result.money.unit

    def figure(label: str, name: str, note: str) -> KeyFigure:
        if name not in result.curves:
            return KeyFigure(label, "not measured", note)
        curve = result.curves[name]
        low, median, high = money_range(
            float(curve.low[at]), float(curve.median[at]), float(curve.high[at]), unit
        )
        return KeyFigure(label, median, f"{low} to {high} · {note}")

    rows = [
        figure("Lost for good", "net_direct", "net, value added"),
        figure("Activity interrupted", "gross", "gross, value added"),
        figure("Exports lost later", "lagged_receipts", "lagged, receipts; beside it"),
    ]
    if result.scenario.kind == "vpn_block":
        rows.append(figure("Paid to work around", "coping", "coping, operating cost; beside it"))
    else:
        curve = result.curves["net_direct"]
        days = float(result.durations[at]) / 24 * result.scenario.spells
        gdp = result.economy.gdp * result.money.per_usd / 365 * days
        low, median, high = (
            percent(float(part[at]) / gdp) if gdp > 0 else "0 %"
            for part in (curve.low, curve.median, curve.high)
        )
        rows.append(KeyFigure("Share of GDP in that time", median, f"{low} to {high} · net loss"))
    return rows


def work_days_text(result: Estimate) -> str:
    """Work-days lost with their range, or why there are none."""
    amount = result.amount("work_days")
    if amount.median is None:
        return "work-days: not measured (the number of workers is not known)"
    low, median, high = money_range(amount.low, amount.median, amount.high, "work_days")
    return f"{median} lost ({low} to {high})"


def money_text(result: Estimate) -> str:
    """The money of a result, with the rate behind a local currency."""
    return f"{result.money.unit} ({result.money.note})" if result.money.note else "US dollars"


def stamp(result: Estimate) -> str:
    """Versions and seed, for pictures and files."""
    scenario = result.scenario
    return f"model {result.model_version} · data {result.data_version} · {scenario.draws} draws, seed {scenario.seed}"
