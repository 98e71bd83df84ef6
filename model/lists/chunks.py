"""The items of a list in chunks of plain data, always cut alike: by their content, never by who does the work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from model.catalogue.load import Catalogue
from model.common.version import MODEL_VERSION
from model.layouts.record import Opening, exactly
from model.lists.item import WHICH_KIND, Item
from model.scenario.fields import FIELDS
from model.scenario.open_values import WEIGHT
from model.scenario.scenario import Scenario

LEAST_ITEMS, MOST_ITEMS, CHUNKS = 8, 512, 64
LEFT_OUT = ("hours", "place", "draws", "seed", "currency")
BY_PARAMETER = {
    "ratio": "degradation.default_ratio", "capacity_lost": "degradation.default_capacity_lost", WEIGHT: WEIGHT,
}  # fmt: skip
OWN_HOURS = "event_spells"  # forms that differ in number and so in length
ALL = "all"


def totals_of(item: Item) -> tuple[str, ...]:
    """The names of the totals that an item enters; where its GDP is too old for money, that of its country alone."""
    country = (f"country|{item.iso3}",)
    if item.old_money:
        return country
    kind = (
        " or ".join(form.kind for _, form in item.forms)
        if item.forms_key == WHICH_KIND
        else item.forms[0][1].kind
    )
    return (ALL, *country, f"year|{item.year or ''}", f"kind|{kind}")


def chunks_of(
    catalogue: Catalogue, items: Sequence[Item], draws: int, seed: int
) -> tuple[list[dict[str, Any]], list[int]]:
    """Chunks of plain data, and for each of their items in turn where it stands in `items`.

    Items that share their forms stand together, so that one call prices them. `draws` is the number of simulations and
    `seed` that of their random numbers: every chunk carries both.
    """
    keyed = sorted(
        (_group_key(item), number) for number, item in enumerate(items) if item.forms and not item.merged_into
    )
    size = min(MOST_ITEMS, max(LEAST_ITEMS, -(-len(keyed) // CHUNKS)))
    chunks: list[dict[str, Any]] = []
    for first in range(0, len(keyed), size):
        groups: list[dict[str, Any]] = []
        last = ""
        for key, number in keyed[first : first + size]:
            if key != last:
                groups.append({**json.loads(key), "items": []})
                last = key
            groups[-1]["items"].append(_plain_item(items[number], seed))
        chunk = {"model": MODEL_VERSION, "data": catalogue.data_version, "draws": draws, "seed": seed}
        chunks.append({**chunk, "groups": groups})
    return chunks, [number for _, number in keyed]


def name_of(chunk: dict[str, Any]) -> str:
    """A name that only this content has."""
    return hashlib.sha256(json.dumps(chunk, sort_keys=True).encode()).hexdigest()[:32]


def _group_key(item: Item) -> str:
    """The forms of an item as text, without its length and share unless its rhythm hangs on them."""
    own = item.forms_key == OWN_HOURS
    group = {
        "forms": [_plain_form(form, item, own) for _, form in item.forms],
        "weights": [weight for weight, _ in item.forms],
        "key": item.forms_key,
        "own_hours": own,
    }
    return json.dumps(group, sort_keys=True)


def _plain_form(form: Scenario, item: Item, own_hours: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, row in FIELDS.items():
        value = getattr(form, name)
        if value != row.default and (name not in LEFT_OUT or (name == "hours" and own_hours)):
            plain[name] = list(value) if isinstance(value, tuple) else value
    assumptions = {key: list(v) if isinstance(v, tuple) else v for key, v in form.assumptions.items()}
    for opening in item.openings:
        if opening.open and opening.field in BY_PARAMETER:
            assumptions[BY_PARAMETER[opening.field]] = [opening.low, opening.best, opening.high]
            plain.pop(opening.field, None)
    return {**plain, "set": assumptions}


def _plain_item(item: Item, seed: int) -> dict[str, Any]:
    by_field: dict[str, Opening] = {opening.field: opening for opening in item.openings}
    first = item.forms[0][1]
    hours = by_field.get("hours", exactly("hours", first.hours))
    place = by_field.get("place", exactly("place", 1.0 if first.place is None else first.place))
    if place.best == 1 and first.place is None and first.regions:
        place = exactly("place", 1.0)
    return {
        "hours": [hours.key, hours.low, hours.best, hours.high],
        "place": [place.key, place.low, place.best, place.high],
        "sums": list(totals_of(item)),
        "known": item.state == "priced",
        "seed": seed,
    }
