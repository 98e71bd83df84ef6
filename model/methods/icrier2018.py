"""ICRIER 2018 for India: an elasticity of GDP to internet traffic."""

from __future__ import annotations

from model.catalogue.methods import References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "icrier2018"
ALL_TRAFFIC = 1.0  # a cut takes all of the traffic that it is about


def compute(question: Question, references: References) -> AnswerOrRefused:
    """Elasticity x share of traffic lost x GDP of the place x hours / 8760.

    The `question` has GDP in USD a year, hours and shares; the elasticity is that of `references`.
    In USD, or a refusal. Raises `DataError` where the tables lack a constant.
    """
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    cut = question.kind.topic in (base.BLACKOUTS, base.MOBILE_CUTS)
    if not cut and question.traffic_lost is None:
        return METHOD.refuse(
            "degradation",
            "it works on the share of traffic that is lost, which speed or capacity do not say; give that share",
        )
    lost = ALL_TRAFFIC if question.traffic_lost is None else question.traffic_lost
    which = question.variant or ("mobile" if question.kind.topic == base.MOBILE_CUTS else "all")
    row = references.constant(NAME, f"elasticity_{which}")
    inputs = {
        **base.asked(question), **base.gdp_inputs(gdp), "share": question.share, "elasticity": row.value,
        "traffic": which, "traffic_lost": lost,
    }  # fmt: skip
    notes = ["A long-run marginal elasticity, pushed to a short and large cut: read it as an upper bound."]
    if cut and question.traffic_lost is None:
        notes.append(f"All {'mobile ' if which == 'mobile' else ''}traffic is taken as lost.")
    cost = row.value * lost * base.during(gdp.value * question.share, question.hours)
    return Answer(Range.of(cost), inputs, (row,), tuple(notes))


METHOD = Method(
    name=NAME,
    title="ICRIER 2018",
    source="icrier_2018",
    status=base.PUBLISHED,
    formula="elasticity ({elasticity_mobile:g} mobile, {elasticity_all:g} all traffic) x share of traffic lost x "
    "GDP of the place x hours / 8760",
    inputs=("gdp", "hours", "share", "traffic_lost"),
    topics=(base.BLACKOUTS, base.MOBILE_CUTS, base.DEGRADATION),
    basis="unclear",
    basis_note="activity that needs the internet in the long run, neither disrupted nor lost",
    compute=compute,
    cannot={
        "app blocks": "it works on traffic lost as a whole, not on single platforms",
        "VPN blocks": "it works on traffic lost as a whole, not on ways around a block",
        "degradation": "only through the share of traffic lost, never through speed or capacity",
    },
    variants=lambda question: ("all", "mobile") if question.kind.topic == base.BLACKOUTS else ("",),
)
