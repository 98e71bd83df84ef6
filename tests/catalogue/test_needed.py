"""The parameters that load() asks for are those that a run reads, and those that an equation reads have a symbol."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from model.catalogue.load import Catalogue
from model.catalogue.needed import EQUATION_KEYS, needed_keys
from model.catalogue.parameters import Distribution, Override, matching
from model.estimation import estimate as estimation
from model.estimation.flows import clear_caches
from model.estimation.sampling import resolved
from model.scenario.scenario import Scenario

# Read beside the equations: what stands in their place is said where the amount is explained.
NO_SYMBOL = {
    "currency.lcu_per_usd", "fiscal.tax_share", "indirect.include", "indirect.multiplier", "platform.weight",
    "work.days_per_year",
}  # fmt: skip


class Read(dict[str, Distribution | None]):
    """A table of parameters that notes which are read."""

    keys_read: set[str]

    def __getitem__(self, key: str) -> Distribution | None:
        self.keys_read.add(key)
        return super().__getitem__(key)


@pytest.fixture(scope="module")
def keys_read(catalogue: Catalogue) -> set[str]:
    """What estimates of every kind read, with every measure in place, at home and elsewhere, in dollars and not."""
    keys: set[str] = set()

    def noted(catalogue: Catalogue, overrides: Mapping[str, Override]) -> Read:
        table = Read(resolved(catalogue, overrides))
        table.keys_read = keys
        return table

    measures = {f"lever.{key}.coverage": 0.3 for key in catalogue.levers} | {"indirect.include": 1.0}
    clear_caches()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimation, "resolved", noted)
        for country, currency in (("PAK", "PKR"), ("KEN", "USD")):
            whole = Scenario(draws=256, country=country, currency=currency, assumptions=measures)
            for kind in catalogue.kinds:
                scenario = whole.with_changes(kind=kind, ordered_by_authority=True)
                result = estimation.estimate(catalogue, scenario)
                assert result.amounts
                assert result.levers
    clear_caches()
    return keys


def test_what_is_needed_is_what_is_read(catalogue: Catalogue, keys_read: set[str]) -> None:
    needed = set(needed_keys(catalogue.kinds, catalogue.class_keys, catalogue.levers, catalogue.sectors))
    own = {key for key in catalogue.parameters if key.startswith("sector.")}
    assert keys_read - own == needed


def test_what_an_equation_reads_has_a_symbol(catalogue: Catalogue, keys_read: set[str]) -> None:
    shown = {
        key
        for row in catalogue.symbols
        for name in row.prefixes
        for key in matching(catalogue.parameters, name)
    }
    assert keys_read - shown == NO_SYMBOL
    assert set(EQUATION_KEYS) <= shown | NO_SYMBOL
