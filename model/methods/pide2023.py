"""PIDE 2023: a sum over a few sectors of Pakistan, as a share of daily GDP."""

from __future__ import annotations

from model.catalogue.economies import HOME
from model.catalogue.methods import References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "pide2023"


def compute(question: Question, references: References) -> AnswerOrRefused:
    """GDP / 365 x days x share of daily GDP.

    The `question` has GDP in USD a year and length; a digital share that it brings counts,
    else what `references` hold.
    In USD, or a refusal. Raises `DataError` where the tables lack a constant.
    """
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    row = references.constant(NAME, "share_daily_gdp")
    share = row.value if question.digital_share is None else question.digital_share
    used = (row,) if question.digital_share is None else ()
    notes = (
        ["The study is of a cut of 24 hours; other lengths are in proportion."]
        if question.hours != 24
        else []
    )
    if question.kind.topic == base.MOBILE_CUTS:
        notes.append("The study does not tell a cut of mobile data from a full blackout.")
    name = "daily_gdp_share" if used else "digital_share"
    inputs = {**base.asked(question), **base.gdp_inputs(gdp), name: share}
    cost = base.during(gdp.value, question.hours) * share
    return Answer(Range.of(cost), inputs, used, tuple(notes))


METHOD = Method(
    name=NAME,
    title="PIDE 2023",
    source="pide_2023",
    status=base.PUBLISHED,
    formula="GDP / 365 x days x {share_daily_gdp:.2%} (ride hailing, food delivery, freelancers, telecom and a part "
    "not itemised)",
    inputs=("gdp", "days", "digital_share"),
    topics=(base.BLACKOUTS, base.MOBILE_CUTS),
    basis="gross",
    basis_note="takings of a few sectors that stop for a day, such as orders that fall; nothing is taken off for "
    "what is recovered later",
    compute=compute,
    home=HOME,
    cannot={
        "regions": "its sectors were counted for the country as a whole",
        "app blocks": "its sectors were counted for an internet that is off",
        "VPN blocks": "its sectors were counted for an internet that is off",
        "degradation": "its sectors were counted for an internet that is off",
        "other countries": "its shares and rates are sums over sectors of Pakistan",
    },
)
