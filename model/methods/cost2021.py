"""NetBlocks Cost of Shutdown Tool after its change of November 2021, rebuilt from published results."""

from __future__ import annotations

from model.catalogue.methods import Gdp, MethodConstant, References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "cost2021"
CIPESA_REGION = "Sub-Saharan Africa"


def compute(question: Question, references: References) -> AnswerOrRefused:
    """GDP / 365 x days x share of GDP affected x (multiplier x digital share, or a share for each app).

    Length and shares are the `question`'s, and GDP in USD a year where it has one; else the tool's own of `references`,
    like the constants. In USD, or a refusal. Raises `DataError` where the tables lack a constant.
    """
    apps = question.kind.topic == base.APP_BLOCKS
    if question.gdp is None and question.digital_share is None and _cipesa(question, references):
        return METHOD.refuse(
            "sub-Saharan Africa",
            "the tool takes rates of CIPESA 2017 there, which are known for few of its countries; give a GDP and, "
            "for a blackout, a digital share to run the standard formula",
        )
    share: MethodConstant | None = None
    if not apps and question.digital_share is None:
        shares = references.of_country(NAME, "digital_share", question.country, question.year)
        shares = shares or references.of_country(NAME, "digital_share", question.country)
        if not shares:
            return METHOD.refuse(
                "digital share",
                f"it needs the country's digital share, which is known for {_countries(references)} only; give "
                "one to run the formula",
            )
        share = shares[0]
    gdp, base_year = _gdp(question, references, share)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    used = [*([share] if share else []), *base_year]
    inputs = {**base.asked(question), **base.gdp_inputs(gdp), "share": question.share}
    is_frozen = any(row.constant == "gdp" for row in base_year)
    notes = [] if question.gdp is not None else [_gdp_note(gdp, question, is_frozen)]
    if apps:
        value = references.constant(NAME, "app_day_share")
        number, assumed = base.number_of_apps(question, references.constant(NAME, "social_media_apps"))
        weight = value.value * number
        used += [value, *([assumed] if assumed else [])]
        inputs["apps"] = number
        if assumed:
            notes.append(f"Social media is taken as {number} apps (assumption) as no number is given.")
    else:
        multiplier = references.constant(NAME, "multiplier")
        digital = share.value if share else question.digital_share or 0.0
        weight = digital * multiplier.value
        used.append(multiplier)
        inputs["digital_share"] = digital
        if share:
            notes.append(
                f"The digital share of {share.country} is implied by published rates ({share.meaning})."
            )
    cost = base.during(gdp.value, question.hours) * question.share * weight
    return Answer(Range.of(cost), inputs, tuple(used), tuple(notes))


def _gdp(
    question: Question, references: References, share: MethodConstant | None
) -> tuple[Gdp | None, list[MethodConstant]]:
    """The GDP given, else that of the year asked for, else the tool's frozen one, and the constants used."""
    if question.gdp is not None:
        return Gdp(question.gdp, None, "given"), []
    if not question.country:
        return None, []
    frozen = references.constant(NAME, "gdp_year")
    year = question.year or (share.gdp_year if share and share.gdp_year else int(frozen.value))
    own = references.of_country(NAME, "gdp", question.country, year)
    if own:
        return Gdp(own[0].value, own[0].gdp_year, own[0].source), [own[0]]
    if question.year:
        return references.gdp(question.country, year), []
    others = references.of_country(NAME, "gdp", question.country)
    if others:  # the base that the tool is known to have used, of whichever year
        return Gdp(others[0].value, others[0].gdp_year, others[0].source), [others[0]]
    return references.gdp_at_latest(question.country, year), [frozen] if year == frozen.value else []


def _gdp_note(gdp: Gdp, question: Question, is_frozen: bool) -> str:
    """What the GDP is; `is_frozen`: it is the very figure that the tool uses."""
    if question.year is not None:
        return f"GDP of {gdp.year}, as asked; the tool itself keeps one year and one vintage."
    if is_frozen:
        return f"GDP of {gdp.year} as the tool froze it: it follows neither later years nor later revisions."
    return (
        f"GDP of {gdp.year} as it is published now: the tool froze an earlier print of that year, which is not known "
        "for this economy, so its own figure may differ."
    )


def _cipesa(question: Question, references: References) -> bool:
    if question.subregion != CIPESA_REGION:
        return False
    names = [
        "outside_cipesa_branch",
        *(["outside_cipesa_branch_apps"] if question.kind.topic == base.APP_BLOCKS else []),
    ]
    return not any(references.of_country(NAME, name, question.country) for name in names)


def _countries(references: References) -> str:
    countries = {row.country for row in references.of_method(NAME) if row.constant == "digital_share"}
    return ", ".join(sorted(countries))


METHOD = Method(
    name=NAME,
    title="NetBlocks COST 2021",
    source="netblocks_cost",
    status=base.REBUILT,
    formula="GDP of {gdp_year:.0f} / 365 x days x share of GDP affected x digital share of the country x "
    "{multiplier:g}; for blocked apps {app_day_share:.4%} of daily GDP for each app",
    inputs=("gdp", "days", "share", "digital_share", "apps"),
    topics=(base.BLACKOUTS, base.APP_BLOCKS),
    basis="gross",
    basis_note="activity interrupted, with induced effects, on a GDP that is frozen",
    compute=compute,
    cannot={
        "mobile cuts": "the tool knows a total outage and blocked apps; a mobile cut is printed as a total outage",
        "VPN blocks": "it prices apps that are blocked and makes no allowance for users or ways around",
        "degradation": "it knows on and off; a slower or thinner connection has no price in it",
    },
)
