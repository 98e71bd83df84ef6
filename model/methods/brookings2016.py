"""Brookings 2016 (Darrell M. West), rebuilt from its published results."""

from __future__ import annotations

from model.catalogue.methods import References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "brookings2016"


def compute(question: Question, references: References) -> AnswerOrRefused:
    """GDP / 365 x days x share of the country x (digital share, or value of an app x apps) x multiplier.

    The `question` has GDP in USD a year, length and shares; the constants are those of `references`.
    In USD, or a refusal. Raises `DataError` where the tables lack a constant.
    """
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    year, multiplier = (references.constant(NAME, name) for name in ("days_per_year", "multiplier"))
    used, notes = [year, multiplier], []
    inputs = {**base.asked(question), **base.gdp_inputs(gdp), "share": question.share}
    if question.kind.topic == base.APP_BLOCKS:
        value = references.constant(NAME, "app_share")
        apps, assumed = base.number_of_apps(question, references.constant(NAME, "social_media_apps"))
        weight = value.value * apps
        used += [value, *([assumed] if assumed else [])]
        inputs["apps"] = apps
        if assumed:
            notes.append(f"Social media is taken as {apps} apps (assumption) as no number is given.")
    else:
        own = references.of_country(NAME, "digital_share", question.country)
        if question.digital_share is not None:
            weight = question.digital_share
        else:
            source = own[0] if own else references.constant(NAME, "digital_share_default")
            weight = source.value
            used.append(source)
        inputs["digital_share"] = weight
    cost = gdp.value / year.value * question.days * question.share * weight * multiplier.value
    return Answer(Range.of(cost), inputs, tuple(used), tuple(notes))


METHOD = Method(
    name=NAME,
    title="Brookings 2016",
    source="brookings_2016",
    status=base.REBUILT,
    formula="GDP / {days_per_year:g} x days x share of the country x digital share of GDP "
    "({digital_share_default:.1%} where none is known) x {multiplier:g}; for blocked apps {app_share:.2%} of GDP "
    "for each app, not the digital share",
    inputs=("gdp", "days", "share", "digital_share", "apps"),
    topics=(base.BLACKOUTS, base.APP_BLOCKS),
    basis="gross",
    basis_note="activity interrupted, with induced effects; tax, productivity and confidence are left out",
    compute=compute,
    cannot={
        "mobile cuts": "the rebuilt formula knows a full blackout and blocked apps, not a cut of mobile data alone",
        "VPN blocks": "it prices apps that are blocked, not ways around a block",
        "degradation": "it knows on and off; a slower or thinner connection has no price in it",
    },
)
