"""Deloitte 2016 for Facebook: a share of daily GDP by tier of connectivity."""

from __future__ import annotations

from model.methods import base
from model.methods.base import Answer, Method, Outcome, Question
from model.methods.constants import References

NAME = "deloitte2016"
TIERS = ("low", "medium", "high")


def compute(question: Question, references: References) -> Outcome:
    """GDP / 365 x days x the tier's share of daily GDP (the share form, not the one by population)."""
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    tier = question.tier or question.variant
    inputs = {**base.asked(question), **base.gdp_inputs(gdp)}
    if question.digital_share is not None:
        share, used, notes = question.digital_share, (), ("The share that was given is used, not a tier's.",)
        inputs["digital_share"] = share
    elif tier in TIERS:
        row = references.constant(NAME, f"share_{tier}")
        share, used, notes = row.value, (row,), ((row.notes + ".",) if "at least" in row.notes else ())
        inputs |= {"tier": tier, "daily_gdp_share": share}
    else:
        return METHOD.refuse(
            "tier",
            "its thresholds are not known, so the tier is the reader's choice; give --tier low, medium or high",
        )
    cost = base.during(gdp.value, question.hours) * share
    return Answer(cost, cost, cost, inputs, used, notes)


METHOD = Method(
    name=NAME,
    title="Deloitte 2016",
    source="deloitte_2016",
    status=base.PUBLISHED,
    formula="GDP / 365 x days x 0.4 % (low), 1.0 % (medium) or 1.9 % (high connectivity)",
    inputs=("gdp", "days", "tier", "digital_share"),
    kinds=(base.BLACKOUT,),
    basis="net",
    basis_note="after what is caught up by other means, as the study describes it",
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
