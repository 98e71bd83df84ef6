"""Methods of which only results are known: a figure is repeated for the very event it was printed for."""

from __future__ import annotations

from model.catalogue.methods import PublishedEstimate, References
from model.common.numbers import MILLION
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Compute, Question, Refused


def quotes(name: str, references: References) -> tuple[PublishedEstimate, ...]:
    """What the method called `name` is known to have printed, by `references`."""
    return tuple(row for row in references.estimates if row.method == name)


def quoted_only(name: str, title: str) -> Compute:
    """A method that repeats a printed figure when country, kind and length agree, and else refuses.

    `name` is that of its rows in the tables, `title` what a reader knows it by.
    """

    def compute(question: Question, references: References) -> AnswerOrRefused:
        own_figures = {"gdp", "digital_share", "per_hour", "per_day", "tier", "traffic_lost", "apps", "year"}
        if not own_figures & set(question.given) and question.share == 1:
            for row in quotes(name, references):
                same = (row.country, row.kind, row.window_days) == (
                    question.country, question.kind.key, round(question.days, 9)
                )  # fmt: skip
                if same and row.value_musd is not None:
                    cost = row.value_musd * MILLION
                    inputs = {**base.asked(question), "quoted_row": row.id}
                    return Answer(Range.of(cost), inputs, (), (f"Quoted, not computed. {row.note}.",))
        return Refused(
            base.QUOTED,
            f"{title} cannot answer this: only {len(quotes(name, references))} printed results are known, and no "
            "formula that could be run for another event.",
        )

    return compute


CANNOT = {"everything else": "no formula is published that can be run: only the events that it printed"}
