"""OECD 2011 for Egypt: the share of telecom and internet in GDP."""

from __future__ import annotations

from model.catalogue.methods import References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "oecd2011"


def compute(question: Question, references: References) -> AnswerOrRefused:
    """GDP / 365 x days x the share of telecom and internet in GDP, low to high.

    The `question` has GDP in USD a year and length; a digital share that it brings counts,
    else what `references` hold.
    In USD, or a refusal. Raises `DataError` where the tables lack a constant.
    """
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    amount = base.during(gdp.value, question.hours)
    inputs = {**base.asked(question), **base.gdp_inputs(gdp)}
    if question.digital_share is not None:
        cost = amount * question.digital_share
        return Answer(
            Range.of(cost), {**inputs, "digital_share": question.digital_share}, (),
            ("The share that was given is used, not the published range.",),
        )  # fmt: skip
    low, high = (references.constant(NAME, f"gdp_share_{end}") for end in ("low", "high"))
    shares: dict[str, float] = {"gdp_share_low": low.value, "gdp_share_high": high.value}
    ends = amount * low.value, amount * high.value
    return Answer(
        Range(ends[0], sum(ends) / 2, ends[1]), {**inputs, **shares}, (low, high),
        ("Published for Egypt; carried over to another economy it is an assumption.",),
    )  # fmt: skip


METHOD = Method(
    name=NAME,
    title="OECD 2011",
    source="oecd_2011",
    status=base.PUBLISHED,
    formula="GDP / 365 x days x {gdp_share_low:.0%} to {gdp_share_high:.0%} (telecom and internet in GDP; "
    "the middle is printed)",
    inputs=("gdp", "days", "digital_share"),
    topics=(base.BLACKOUTS,),
    basis="gross",
    basis_note="revenue of telecom and internet firms only; their customers' losses are left out",
    compute=compute,
    cannot={
        "regions": "its share is of a whole economy; revenue by region is not known",
        "mobile cuts": "it takes the revenue of telecom and internet firms as a whole",
        "app blocks": "it takes the revenue of telecom and internet firms as a whole",
        "VPN blocks": "it takes the revenue of telecom and internet firms as a whole",
        "degradation": "it knows on and off; a slower or thinner connection has no price in it",
    },
)
