"""Internet Society NetLoss calculator: quoted results only."""

from model.methods import base
from model.methods.base import Method
from model.methods.quoted import CANNOT, quoted_only

METHOD = Method(
    name="netloss",
    title="Internet Society NetLoss",
    source="netloss_2023",
    status=base.QUOTED,
    formula="an econometric model that is not run here; withdrawn from its pages on 1 June 2026",
    inputs=("country", "kind", "days"),
    topics=(),
    basis="unclear",
    basis_note="not said whether before or after what is recovered later; the maker itself calls its figure for Iran "
    "far too low",
    compute=quoted_only("netloss", "Internet Society NetLoss"),
    cannot=CANNOT,
)
