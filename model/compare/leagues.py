"""The lists of all economies that everybody shares: the page and the API ask here."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from model.catalogue.load import Catalogue
from model.common.cache import Cache
from model.common.program.progress import Tick
from model.compare.league import League, league
from model.estimation.world import world
from model.scenario.link import to_query
from model.scenario.scenario import Scenario

LEAGUES: Cache[League] = Cache()
LeagueWork = Callable[[Tick | None], League]


def at_once(_: Hashable, work: LeagueWork) -> League:
    """How a list is computed where nobody watches its progress: `work` without a tick, whatever its key."""
    return work(None)


def league_of(
    tables: Catalogue,
    scenario: Scenario,
    by: str,
    compute: Callable[[Hashable, LeagueWork], League] = at_once,
) -> League:
    """One disruption in every economy, in dollars, from the cache where it is there.

    Args:
        tables: the catalogue; another one has lists of its own.
        scenario: what is disrupted; its regions and its money do not enter.
        by: measure that orders the list, a key of `league.MEASURES`.
        compute: runs what is missing under a key, such as with a bar for whoever waits.

    Raises:
        InputError: the scenario cannot be used, or the measure is not known.
    """
    plain = scenario.with_changes(regions=(), currency="USD", old_money=None)
    key = (tables, by, *to_query(plain).items())
    return LEAGUES.get(
        key,
        lambda: compute(
            ("world", key), lambda tick: league(world(tables, plain, tick=tick), by).without_draws
        ),
    )
