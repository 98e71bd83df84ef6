"""Top10VPN yearly reports: quoted results only."""

from model.methods import base
from model.methods.base import Method
from model.methods.quoted import CANNOT, quoted_only

METHOD = Method(
    name="top10vpn",
    title="Top10VPN",
    source="top10vpn_snapshot",
    status=base.QUOTED,
    formula="yearly totals by country on rates of NetBlocks COST; not run here and not openly licensed",
    inputs=("country", "kind", "days"),
    topics=(),
    basis="gross",
    basis_note="activity interrupted, by the reading of its published totals",
    compute=quoted_only("top10vpn", "Top10VPN"),
    cannot=CANNOT,
)
