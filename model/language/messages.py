"""Every message that exists in several languages, in English: whole sentences and phrases with named slots.

A catalogue in `data/languages/` translates each of them, and the names of kinds and regions that the tables hold. A
translation may leave a slot out and put the others in any order; a phrase that follows another one brings its own
joint (a space, a comma) with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from model.common.ledger import LABELS

if TYPE_CHECKING:
    from model.catalogue.load import Catalogue

When = Literal["would", "did", "would have"]


class Message(NamedTuple):
    """A text in English, where it stands, and its plural where it counts something."""

    context: str
    text: str
    plural: str = ""


COST: dict[When, Message] = {
    "would": Message("headline", "{event} would cost {country} about {cost} in lost output (range {range})."),
    "did": Message("headline", "{event} cost {country} about {cost} in lost output (range {range})."),
    "would have": Message(
        "headline", "{event} would have cost {country} about {cost} in lost output (range {range})."
    ),
}
PROBABLY_NOTHING: dict[When, Message] = {
    "would": Message(
        "headline",
        "{event} would probably cost {country} nothing: there is 1 chance in 20 that it costs more than {high}.",
    ),
    "did": Message(
        "headline",
        "{event} probably cost {country} nothing: there is 1 chance in 20 that it cost more than {high}.",
    ),
    "would have": Message(
        "headline",
        "{event} would probably have cost {country} nothing: there is 1 chance in 20 of more than {high}.",
    ),
}
NOTHING: dict[When, Message] = {
    "would": Message("headline", "{event} would cost {country} nothing: no activity is disrupted."),
    "did": Message("headline", "{event} cost {country} nothing: no activity was disrupted."),
    "would have": Message(
        "headline", "{event} would have cost {country} nothing: no activity would have been disrupted."
    ),
}
BASIS = Message("headline", "Model estimate from stated assumptions, not a measurement.")
UNREAD = Message("headline", "This translation was checked by machine; no native speaker has read it yet.")
PER_DAY = Message("press", "That is {cost} a day.")
SOURCE = Message("press", "Source: {name}, {date}.")
SHARE = Message("share", "{headline} Estimated with {name}: {link}")
PICTURE = Message("picture", "{event}, {country}: about {cost} in lost output (range {range})")
PICTURE_PROBABLY_NOTHING = Message(
    "picture", "{event}, {country}: probably no loss (1 chance in 20 of more than {high})"
)
PICTURE_NOTHING = Message("picture", "{event}, {country}: no loss")

EVENT = Message("event", "A {length} {type}{quality}{place}{start}")
EVENT_SO_FAR = Message("event", "A {type}{quality}{place} of {lasting} so far{start}")
EVENTS = Message("event", "{count} {types}{quality} of {lasting} each{place}{rhythm}{start}")
QUALITY = {
    "ratio": Message("event", " to {share} of normal quality"),
    "capacity_lost": Message("event", " with {share} of international capacity lost"),
}
IN_REGIONS = Message("event", " in {regions}")
IN_SHARE = Message("event", " in {share} of the country")
NOWHERE = Message("event", " in no part of the country")
START = Message("event", " from {time} on {date}")
FIRST_START = Message("event", ", the first from {time} on {date}")
ONE_A_DAY = Message("event", ", one a day")
ONE_EVERY = Message("event", ", one every {lasting}")
APART = Message("event", ", {lasting} apart")
BACK_TO_BACK = Message("event", ", back to back")

# Of a disruption ("a 3-day blackout"), and alone ("of 5 hours each").
LENGTH = {
    "minute": Message("length of a disruption", "{number}-minute", "{number}-minute"),
    "hour": Message("length of a disruption", "{number}-hour", "{number}-hour"),
    "day": Message("length of a disruption", "{number}-day", "{number}-day"),
}
LASTING = {
    "minute": Message("length", "{number} minute", "{number} minutes"),
    "hour": Message("length", "{number} hour", "{number} hours"),
    "day": Message("length", "{number} day", "{number} days"),
}
AND = Message("list", "{first} and {last}")
COMMA = Message("list", "{first}, {last}")

AMOUNT = {
    "tn": Message("money", "{number} trillion {currency}", "{number} trillion {currency}"),
    "bn": Message("money", "{number} billion {currency}", "{number} billion {currency}"),
    "M": Message("money", "{number} million {currency}", "{number} million {currency}"),
    "": Message("money", "{number} {currency}", "{number} {currency}"),
}
OF_GDP = Message("money", "{share} of a day's GDP")
BETWEEN = Message("range", "{low}-{high}")
FROM_TO = Message("range", "{low} to {high}")

OLD_GDP = Message(
    "guard",
    "Its GDP, of {year}, is older than five years, so the loss is a share of it, not an amount of money.",
)
OLD_GDP_ASKED = Message(
    "guard", "Its GDP, of {year}, is older than five years: these are no amounts of today."
)
OLD_MONEY = Message(
    "guard",
    "Its GDP, of {year}, is from before a change of money in {month}, so the loss is a share of it, not an amount of "
    "money.",
)
OLD_MONEY_ASKED = Message(
    "guard", "Its GDP, of {year}, is from before a change of money in {month}: these are no amounts of today."
)
STANDING = Message(
    "guard",
    "Such a block already stands there ({what}): the loss is against an open internet, not against today.",
)
LANDLOCKED = Message(
    "guard",
    "The country has no coast: terrestrial links through its neighbours carry its traffic to the sea cables.",
)
FEW_USERS = Message(
    "guard",
    "Only {share} of the population used the internet in {year}: how much depends on it is extrapolated.",
)
LONG = Message("guard", "Beyond 90 days the economy is assumed to stay as it is.")
ONGOING = Message("guard", "It still goes on: the length is what has passed, so the amount is a lower bound.")

# On the pocket edition: its controls, and what stands beside its amounts.
POCKET = {
    "purpose": Message("pocket", "What an internet disruption costs"),
    "language": Message("pocket", "Language"),
    "what": Message("pocket", "What happens"),
    "where": Message("pocket", "Where"),
    "length": Message("pocket", "How long"),
    "share": Message("pocket", "Share of the country affected"),
    "count": Message("pocket", "Number of outages"),
    "money": Message("pocket", "Money"),
    "curve": Message("pocket", "Cost by length of one outage, with the range"),
    "picture": Message("pocket", "Save as a picture"),
    "link": Message("pocket", "Copy the link"),
    "texts": Message("pocket", "Texts to copy"),
    "adds": Message("pocket", "How it adds up"),
    "hour": Message("pocket", "an hour"),
    "day": Message("pocket", "a day"),
    "output": Message("pocket", "of what {country} produces in that time"),
    "rate": Message("pocket", "at the official rate"),
    "not_measured": Message("pocket", "not measured"),
    "none": Message("pocket", "probably none"),
    "chance": Message("pocket", "1 chance in 20 above {high}"),
    "direct": Message("pocket", LABELS["net_direct"]),
    "disrupted": Message("pocket", LABELS["gross"]),
    "later": Message("pocket", LABELS["lagged_receipts"]),
    "around": Message("pocket", LABELS["coping"]),
    "not_recovered": Message("pocket", "output not recovered"),
    "before": Message("pocket", "before recovery"),
    "apart": Message("pocket", "not included in the direct loss"),
    "copy": Message("pocket", "Copy"),
    "copied": Message("pocket", "Copied"),
    "no_copy": Message("pocket", "Select the text to copy it"),
    "text_headline": Message("pocket", "Headline"),
    "text_press": Message("pocket", "Text for an article"),
    "text_share": Message("pocket", "Text to share"),
}


def kind_message(text: str) -> Message:
    """The noun of a kind of disruption: `internet blackout`, `nationwide internet blackout`."""
    return Message("kind", text)


def place_message(text: str) -> Message:
    """The name of a region."""
    return Message("place", text)


def messages(catalogue: Catalogue) -> Iterator[Message]:
    """Every message that a catalogue has to translate: those of this file, and the names in the tables."""
    for value in list(globals().values()):
        rows = value.values() if isinstance(value, dict) else [value]
        yield from (row for row in rows if isinstance(row, Message))
    for text in dict.fromkeys(
        word for kind in catalogue.kinds.values() for word in (kind.noun, kind.nationwide)
    ):
        yield kind_message(text)
    for name in catalogue.regions:
        yield place_message(name)
