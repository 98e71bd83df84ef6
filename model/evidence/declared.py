"""Whether the operators are those that were declared before the first run: one hash over all that counts."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from model.catalogue.evidence import Evidence, Operator
from model.evidence.unrest import UNREST_SD

WORDS = ("reason", "noise_reason", "markers")  # may be put better afterwards


def operators_hash(evidence: Evidence) -> str:
    """SHA-256 over every operator with its numbers, the grades of unrest and the spread of unrest by grade."""
    content = {
        "operators": sorted(json.dumps(_numbers(row), sort_keys=True) for row in evidence.operators.values()),
        "unrest": sorted([event, grade] for event, grade in evidence.unrest.items()),
        "unrest_sd": list(UNREST_SD),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _numbers(row: Operator) -> dict[str, Any]:
    cells = row.model_dump(exclude=set(WORDS))
    return {name: float(value) if isinstance(value, int) else value for name, value in cells.items()}


def as_declared(evidence: Evidence) -> bool:
    """Whether nothing changed since the declaration; tables from outside have none."""
    return evidence.declared is not None and evidence.declared.sha256 == operators_hash(evidence)


def declared_text(evidence: Evidence) -> str:
    """When the operators were declared, and whether they changed after it."""
    declared = evidence.declared
    if declared is None:
        return (
            f"Operators from outside the project, SHA-256 {operators_hash(evidence)}; when they were declared is not "
            "known here."
        )
    if as_declared(evidence):
        return (
            f"Operators, unrest and noise were declared on {declared.date}, before the first run on the rows added "
            "then but with the observed values in view, and have not changed since: "
            f"SHA-256 {declared.sha256}."
        )
    return (
        f"Operators changed after their declaration of {declared.date}: SHA-256 {declared.sha256} then, "
        f"{operators_hash(evidence)} now. Rows that were seen in between test nothing."
    )
