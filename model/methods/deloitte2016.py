"""Deloitte 2016 for Facebook: a share of daily GDP by tier of connectivity."""

from __future__ import annotations

from model.catalogue.methods import References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "deloitte2016"
TIERS = ("low", "medium", "high")


def compute(question: Question, references: References) -> AnswerOrRefused:
    """GDP / 365 x days x the tier's share of daily GDP (the share form, not the one by population).

    The `question` has GDP in USD a year, length and tier; a digital share that it brings counts,
    else what `references` hold.
    In USD, or a refusal. Raises `DataError` where the tables lack a constant.
    """
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    tier = question.tier or question.variant
    inputs = {**base.asked(question), **base.gdp_inputs(gdp)}
    amount = base.during(gdp.value, question.hours)
    if question.digital_share is not None:
        cost = amount * question.digital_share
        inputs["digital_share"] = question.digital_share
        return Answer(Range.of(cost), inputs, (), ("The share that was given is used, not a tier's.",))
    if tier not in TIERS:
        return METHOD.refuse(
            "tier",
            "the thresholds of its tiers are not known, so it is the reader's choice: low, medium or high",
        )
    row = references.constant(NAME, f"share_{tier}")
    inputs |= {"tier": tier, "daily_gdp_share": row.value}
    cost = amount * row.value
    return Answer(Range.of(cost), inputs, (row,), (f"{row.notes}.",) if row.at_least else ())


METHOD = Method(
    name=NAME,
    title="Deloitte 2016",
    source="deloitte_2016",
    status=base.PUBLISHED,
    formula="GDP / 365 x days x {share_low:.1%} (low), {share_medium:.1%} (medium) or {share_high:.1%} (high "
    "connectivity)",
    inputs=("gdp", "days", "tier", "digital_share"),
    topics=(base.BLACKOUTS,),
    basis="net",
    basis_note="lost after what is made up in other ways",
    compute=compute,
    cannot={
        "regions": "its shares are of a whole economy; a region has no tier of its own",
        "mobile cuts": "its shares are for all internet services off at once",
        "app blocks": "its shares are for all internet services off at once",
        "VPN blocks": "its shares are for all internet services off at once",
        "degradation": "its shares are for all internet services off at once",
    },
    variants=lambda question: (question.tier,) if question.tier else TIERS,
)
