"""The cost of a year in every economy at once: the curves of all kinds are computed once and multiplied through."""

from __future__ import annotations

import numpy as np

from model.catalogue.load import Catalogue
from model.common.program.progress import Tick
from model.estimation.flows import side_by_side
from model.estimation.world import every_economy, everywhere
from model.rates.prices import DRAWS, HOURS, Prices
from model.rates.record import RecordedYears, shipped_record
from model.rates.year import YearCost, cost_of_year, fit, kinds_of
from model.scenario.scenario import Scenario

COMMON = 0.1  # share of the time that goes into what is common


def years_everywhere(
    catalogue: Catalogue, record: RecordedYears | None = None, *, tick: Tick | None = None
) -> tuple[YearCost, ...]:
    """What a year of events like those of the record costs in every economy that has figures.

    Args:
        catalogue: the tables.
        record: what happened; by default the shipped counts. One that says nothing of countries without an event
            gives its own countries alone.
        tick: hears the share that is done; what it raises ends the work.

    Returns:
        The years that `cost_of_year` gives country by country, in the order of the tables.
    """
    record = record or shipped_record(catalogue)
    codes = [code for code in every_economy(catalogue) if record.silent or code in record.starts]
    if not codes:
        return ()
    names = kinds_of(record)
    fit(catalogue, record)  # before every thread asks for it
    one_of_each = [Scenario(kind=name, hours=float(HOURS[-1]), draws=DRAWS) for name in names]
    ahead = everywhere(
        catalogue, one_of_each, HOURS, codes=codes, tick=tick and (lambda done: tick(done * COMMON))
    )

    def run(block: slice) -> list[YearCost]:
        curves = np.stack(ahead.net(block), axis=1)  # (economy, kind, duration, draw)
        return [
            cost_of_year(catalogue, place.country.iso3, record, Prices(place, names, own))
            for place, own in zip(ahead.economies[block], curves, strict=True)
        ]

    done = side_by_side(run, ahead.blocks, tick and (lambda part: tick(COMMON + part * (1 - COMMON))))
    return tuple(year for block in done for year in block)
