"""Why published prices of one event differ, quantity by quantity, computed from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from model.catalogue.load import Catalogue
from model.catalogue.methods import PublishedEstimate
from model.claims.arithmetic import WORDS
from model.common.numbers import MILLION, duration_text, percent, significant, spoken
from model.common.ranges import from_to
from model.estimation.estimate import Estimate
from model.methods import methods
from model.methods.base import QUOTED

SCOPES = {
    **WORDS,
    "tax": "state’s tax",
    "direct_sectors": "few sectors that are counted",
    "telecom_and_internet": "telecom and internet firms",
}
# What a figure counts, after "counts" or "count".
COUNTED = {
    "touched": "all that needs the internet",
    "gross": "the activity disrupted",
    "net": "the loss that is not recovered",
    "transfer": "tax, a transfer",
    "coping": "workaround costs",
    "unclear": "something that they do not name",
}
# What is left to differ among figures of one basis, in our reading.
LEFT = {
    "gross": "whose loss, the share of the economy that is taken as digital, and the multiplier on it",
    "touched": "which part of traffic the elasticity was measured on",
    "transfer": "which taxes and whose takings",
    "net": "the tier of connectivity that the country is put in, and whether a share of GDP or an amount per head "
    "is carried over",
    "coping": "who pays and for how long",
    "unclear": "it cannot be told, since they do not say what they count",
}


def scope_of(row: PublishedEstimate) -> str:
    return SCOPES.get(row.scope, row.scope.replace("_", " "))


def beyond(row: PublishedEstimate) -> bool:
    """Whether a figure exceeds all that is made in a day."""
    return (row.daily_gdp_share or 0.0) > 1


def reasons(rows: Sequence[PublishedEstimate], result: Estimate, steps: Sequence[float]) -> list[str]:
    """One sentence for each quantity; `steps`: our value added, what needs the internet, gross, net, USD a day."""
    fitting = [row for row in rows if row.a_day is not None and not beyond(row)]
    texts = [
        _counted(fitting, steps),
        _whose(fitting),
        _what(result.catalogue, fitting),
        _how_long(fitting, result),
        _shares(fitting, result, steps),
        _multiplier(fitting, result),
        _gdp(fitting, result),
        *_left(fitting),
        "What no other estimate counts: only the figures of this model take off what is recovered later as a quantity "
        "of its own, and only they state a range with a probability. In return they rest on assumptions",
    ]
    return [f"{text}." for text in texts if text]


def _counted(rows: Sequence[PublishedEstimate], steps: Sequence[float]) -> str:
    counts = Counter(row.basis for row in rows)
    bases = ", ".join(f"{number} {_verb(number)} {COUNTED[name]}" for name, number in counts.most_common())
    whole, touched, gross, net = steps
    return (
        f"What is counted: {bases} (our reading, an assumption). In our own chain a day has {spoken(whole)} of value "
        f"added, of which {spoken(touched)} ({percent(touched / whole)}) needs the internet, {spoken(gross)} is "
        f"disrupted and {spoken(net)} stays lost: from the first step to the last is a factor of "
        f"{significant(whole / net)}"
    )


def _verb(number: int) -> str:
    return "counts" if number == 1 else "count"


def _whose(rows: Sequence[PublishedEstimate]) -> str:
    scopes = Counter(scope_of(row) for row in rows)
    listed = ", ".join(f"{number} for the {name}" for name, number in scopes.most_common())
    return f"Whose loss: {listed}. The takings of a sector are not its value added, and neither is the whole economy"


def _what(catalogue: Catalogue, rows: Sequence[PublishedEstimate]) -> str:
    """Methods that were run for a disruption that they cannot express."""
    refusals = []
    for name in dict.fromkeys(row.method for row in rows if row.method):
        method = methods().get(name)
        kind = catalogue.kinds.get(next(row.kind for row in rows if row.method == name))
        if method is None or method.status == QUOTED or kind is None or method.prices(kind):
            continue
        refusals.append(f"{method.title} has no price for this: {method.why_not(kind)}")
    return f"What was off: {'; '.join(refusals)}" if refusals else ""


def _how_long(rows: Sequence[PublishedEstimate], result: Estimate) -> str:
    windows = sorted({row.window_days for row in rows if row.window_days})
    if len(windows) < 2:
        return ""
    days = ", ".join(f"{day:g}" for day in windows[:-1]) + f" or {windows[-1]:g}"
    return (
        f"How long: the same event is put at {days} days, here at {duration_text(result.scenario.hours)}. A rate of "
        "one day times the days knows no adaptation and no recovery"
    )


def _shares(rows: Sequence[PublishedEstimate], result: Estimate, steps: Sequence[float]) -> str:
    shares = [
        (share, row.label)
        for row in rows
        for share in (row.daily_gdp_share, row.daily_gdp_share_low, row.daily_gdp_share_high)
        if share is not None and row.basis != "transfer"
    ]
    if not shares:
        return ""
    (low, first), (high, last) = min(shares), max(shares)
    gdp = result.economy.gdp / 365
    return (
        f"Which share of a day’s GDP: from {percent(low)} ({first}) to {percent(high)} ({last}); in this model "
        f"{percent(steps[2] / gdp)} is disrupted and {percent(steps[3] / gdp)} lost"
    )


def _multiplier(rows: Sequence[PublishedEstimate], result: Estimate) -> str:
    references = result.catalogue.methods
    texts = []
    for name in dict.fromkeys(row.method for row in rows if row.method):
        for constant in references.of_method(name):
            if constant.constant == "multiplier":
                texts.append(f"{methods()[name].title} ({constant.value:g})")
    if not texts:
        return ""
    return (
        f"Knock-on losses: multiplied in by {' and '.join(texts)}; this model leaves them out unless the reader turns "
        "them on"
    )


def _gdp(rows: Sequence[PublishedEstimate], result: Estimate) -> str:
    gdps = sorted({row.gdp_base_usd for row in rows if row.gdp_base_usd})
    if not gdps:
        return ""
    amounts = " and ".join(spoken(value, digits=4) for value in gdps)
    factor = max(*gdps, result.economy.gdp) / min(*gdps, result.economy.gdp)
    return (
        f"Which GDP: published shares refer to {amounts}, this model to {spoken(result.economy.gdp, digits=4)} of "
        f"{result.economy.gdp_year}: a factor of {significant(factor)}"
    )


def _left(rows: Sequence[PublishedEstimate]) -> list[str]:
    """What remains among figures that count the same."""
    by_basis: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row.a_day is not None:
            by_basis.setdefault(row.basis, []).append((row.a_day.low * MILLION, row.a_day.high * MILLION))
    texts = []
    for name, spans in by_basis.items():
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
        if len(spans) > 1:
            texts.append(
                f"Among the {len(spans)} that count {COUNTED[name]}: {from_to(spoken(low), spoken(high))} a day, a "
                f"factor of {significant(high / low)}. What differs: {LEFT[name]}"
            )
    return texts
