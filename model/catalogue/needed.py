"""Which parameters the equations ask for: a table without one of them is refused before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.catalogue.disruptions import Kind, Lever
from model.catalogue.economies import Sector

# The keys that the code names outright; those of kinds, sectors and levers follow from their tables. A test holds
# that they are exactly what a run reads.
EQUATION_KEYS = (
    "onset.immediate", "onset.scale_hours", "onset.shape", "restart.hours", "recapture.patience_scale",
    "recapture.spare_capacity", "recapture.overtime_premium", "recapture.labour_share", "recapture.share_of_ceiling",
    "structure.gsd", "churn.grace_days", "churn.rate", "churn.lag_months", "churn.half_life_months",
    "churn.horizon_months", "churn.discount_rate", "exports.value_added_share", "exports.receipts_musd",
    "coping.full_adoption_musd_per_year", "coping.reference_receipts_musd", "indirect.multiplier", "indirect.include",
    "fiscal.tax_share", "work.days_per_year", "currency.lcu_per_usd", "degradation.default_ratio",
    "degradation.default_capacity_lost", "degradation.half_ratio_scale", "degradation.steepness",
    "digital.elasticity", "digital.reference_gdp_per_head",
    "digital.cap", "degradation.utilisation",
)  # fmt: skip


def needed_keys(
    kinds: Mapping[str, Kind], classes: Sequence[str], levers: Mapping[str, Lever], sectors: Sequence[Sector]
) -> list[str]:
    """Every parameter that the equations will ask for."""
    keys = [*EQUATION_KEYS, *(f"degradation.half_ratio.{name}" for name in classes)]
    keys += [f"adaptation.{kind}.{part}" for kind in kinds for part in ("share", "days")]
    for kind in kinds.values():
        keys += [f"severity.{kind.severity_rows}.{name}" for name in classes]
        keys += [kind.weighed_by] if kind.weighed_by else []
    for group in (sector.export_group for sector in sectors if sector.export_group):
        keys += [f"exports.share.{group}", f"churn.multiplier.{group}"]
    for lever in levers.values():
        keys += [f"lever.{lever.key}.coverage", f"lever.{lever.key}.cost_musd_per_year"]
        if lever.acts_on != "seats":
            part = "time_factor" if lever.acts_on == "adaptation_time" else "effect"
            keys.append(f"lever.{lever.key}.{part}")
    return keys
