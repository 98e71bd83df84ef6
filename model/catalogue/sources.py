"""Where a figure is from: sources, the articles' figures, prices to pass, and what each column means."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from model.common.errors import CellError
from model.common.tables import Row, Status


class Source(Row):
    id: str
    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""
    notes: str = ""


class Column(Row):
    """What a column of a table means."""

    table: str
    column: str
    unit: str
    description: str
    source: str = ""
    status: str = ""
    used_by: str = ""


class ChangedConstant(Row):
    """A change of a default value, a range or a source; `what` names it, `keys` the parameters, `*` all of them."""

    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    data_version: str
    what: str
    keys: str = ""
    before: str = ""
    after: str
    reason: str

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(name for name in self.keys.split(";") if name)

    @property
    def is_first(self) -> bool:
        """Whether it is no change but the values that everything began with."""
        return self.keys == "*"


class Seed(Row):
    """One figure or statement of an article, as the article gives it and in our words."""

    id: str = Field(pattern=r"^seed\d{3}_\d{2}$")
    subject: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    period: str = ""
    basis: str = ""
    speaker: str = ""
    article_title: str = ""
    publisher: str = ""
    date: str = ""
    paraphrase: str
    role: str
    carried_by: str = ""
    used_as: str = ""
    min: float | None = None
    max: float | None = None
    step: float | None = None
    default: float | None = None
    status: Status
    value_status: str = ""
    url: str = ""
    notes: str = ""


def plain_title(title: str) -> str:
    """A title without the brackets that say that the headline is not known."""
    bracketed = title.startswith("(") and title.endswith(")")
    return title[1:-1] if bracketed else title


class Sourced(Row):
    """Where a row was read; `other_urls` are separated by semicolons."""

    source_title: str
    publisher: str = ""
    source_date: str = ""
    url: str = ""
    other_urls: str = ""

    @property
    def source(self) -> str:
        named = ", ".join(part for part in (self.publisher, self.source_date) if part)
        return plain_title(self.source_title) + (f" ({named})" if named else "")


class Threshold(Row):
    """A published figure to pass: its own number, or the value of an article's statement."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    musd: float | None = Field(default=None, gt=0)
    seed: str = ""
    status: Status
    source: str
    source_date: str = ""
    evidence: str

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.musd is None) == (not self.seed):
            raise CellError("musd", self.musd, "a figure or a seed, one of the two")
        return self
