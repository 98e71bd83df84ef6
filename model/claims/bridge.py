"""One VPN block, every price of it: what the articles claim beside what the model estimates, row by row.

A row is one kind of cost. Prices of one row answer one question in several ways; rows are different things. Neither
is ever added, and each pair that tempts has its reason in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.claims.claims import Claims
from model.common.ledger import NOT_STATED, Amount
from model.common.ranges import Range
from model.estimation.estimate import Estimate
from model.evidence.quantities import direct_receipts

WORKAROUNDS, ORDERS, CLIENTS, ECONOMY = "workarounds", "orders", "clients", "economy"
LABELS = {
    WORKAROUNDS: "Running cost of workarounds",
    ORDERS: "Orders lost during the block",
    CLIENTS: "Clients lost later",
    ECONOMY: "Economy-wide loss",
}
CLAIMED = {WORKAROUNDS: "claims.opex", ORDERS: "claims.short_term", ECONOMY: "claims.firewall"}
ESTIMATED = {WORKAROUNDS: "coping", CLIENTS: "lagged_receipts", ECONOMY: "net_direct"}
BY_CLIENT = {WORKAROUNDS: "clients.kept_cost", ORDERS: "clients.in_block", CLIENTS: "clients.lost"}
DIRECT = "direct_receipts"
NOT_ADDED = (
    (
        (WORKAROUNDS, ORDERS),
        "Workaround costs and lost orders are not added: one is a cost, the other lost income. Lost business and "
        "workaround costs are counted separately.",
    ),
    (
        (ORDERS, ECONOMY),
        "Orders lost during the block are already part of the economy-wide loss.",
    ),
    (
        (CLIENTS, ECONOMY),
        "Clients lost later are export earnings of the months and years after the block. The economy-wide loss is "
        "what the country does not produce during it.",
    ),
)
SAME_ROW = (
    "Figures in one row answer the same question in different ways: compare them, never add them.",
    "Counted client by client, what is lost over the years includes the orders lost during the block.",
    "The articles' figures were said by different people, for different things and times; they are not added either.",
)


# What the columns of the table are.
BASIS = (
    "US dollars. As estimated: the model of the page Estimate. Client by client: a second estimate, which follows "
    "the clients that need a VPN; its workaround costs start from the claim. Clients lost later: export earnings "
    "of the months and years after the block, client by client over {years} years."
)


@dataclass(frozen=True)
class BridgeRow:
    """One kind of cost and its prices in USD; None where there is none.

    `by_client` counts the same thing client by client, over `model.industry.clients.YEARS` years.
    """

    key: str
    claimed: Amount | None
    estimated: Amount | None
    by_client: Amount | None

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def prices(self) -> tuple[Amount, ...]:
        return tuple(item for item in (self.claimed, self.estimated, self.by_client) if item is not None)

    @property
    def stated(self) -> bool:
        """Whether the claim says for what time it is."""
        return self.claimed is not None and self.claimed.period != NOT_STATED


@dataclass(frozen=True)
class Bridge:
    """All prices of one block of `days`."""

    days: float
    rows: tuple[BridgeRow, ...]

    def row(self, key: str) -> BridgeRow:
        return next(row for row in self.rows if row.key == key)

    @property
    def not_added(self) -> tuple[str, ...]:
        """Why nothing here is added, in words."""
        return (*(text for _, text in NOT_ADDED), *SAME_ROW)


def bridge(days: float, claims: Claims, result: Estimate | None, by_client: Sequence[Amount] = ()) -> Bridge:
    """The prices of a block side by side.

    Args:
        days: length of the block, on which all of them stand.
        claims: the articles' figures, already for that length.
        result: the estimate of that block in USD; None where it is too long to be estimated.
        by_client: amounts of `model.industry.clients.VpnBlock`, empty for the same reason.
    """
    claimed = {item.id: item for item in claims.amounts}
    estimated: Mapping[str, Amount] = {}
    if result is not None:
        estimated = {item.id: item for item in result.amounts} | {DIRECT: _direct(result)}
    clients = {item.id: item for item in by_client}
    names = ESTIMATED | {ORDERS: DIRECT}
    return Bridge(
        days,
        tuple(
            BridgeRow(
                key,
                claimed.get(CLAIMED.get(key, "")),
                _measured(estimated.get(names[key])),
                clients.get(BY_CLIENT.get(key, "")),
            )
            for key in LABELS
        ),
    )


def _measured(amount: Amount | None) -> Amount | None:
    return None if amount is None or amount.median is None else amount


def _direct(result: Estimate) -> Amount:
    """Export earnings lost while the block lasts: in earnings what the loss of the export sectors is in output."""
    draws = direct_receipts(result)
    return Amount(
        DIRECT, LABELS[ORDERS], "receipts", "net", "during the block", "USD", (), Range.of(draws),
        float(draws.mean()), ("net_direct", "net_direct.", "clients.in_block", "clients.lost"), event=True,
    )  # fmt: skip
