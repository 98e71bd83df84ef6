"""One test of many cases: a row of a table is a case, not a test of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def each(
    names: str | tuple[str, ...], cases: Iterable[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call the test with every case, whatever becomes of the others; the failure names each case that failed.

    `names` is the argument that a case fills, or a tuple of several that a case, a tuple too, fills in order.
    The fixtures of the test are made once and shared by all cases.
    """
    arguments = (names,) if isinstance(names, str) else names
    rows = [(case,) if isinstance(names, str) else case for case in cases]

    def one_test(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def all_cases(**fixtures: Any) -> None:
            failures: list[BaseException] = []
            for row in rows:
                try:
                    test(**fixtures, **dict(zip(arguments, row, strict=True)))
                except (Exception, pytest.fail.Exception) as failure:
                    failure.add_note(f"in the case {_name(row)}")
                    failures.append(failure)
            assert rows, "there is no case"
            if failures:
                lines = "\n".join(f"{failure.__notes__[-1]}: {_first_line(failure)}" for failure in failures)
                raise BaseExceptionGroup(f"{len(failures)} of {len(rows)} cases failed\n{lines}\n", failures)

        signature = inspect.signature(test)
        left = [one for name, one in signature.parameters.items() if name not in arguments]
        vars(all_cases)["__signature__"] = signature.replace(parameters=left)  # what pytest reads
        return all_cases

    return one_test


def _name(row: tuple[Any, ...]) -> str:
    texts = (value if isinstance(value, str) else getattr(value, "__name__", repr(value)) for value in row)
    return ", ".join(text[:60] for text in texts)


def _first_line(failure: BaseException) -> str:
    return (str(failure).splitlines() or [type(failure).__name__])[0]
