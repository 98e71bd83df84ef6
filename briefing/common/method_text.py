"""What every briefing says about the method and its limits."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from model.catalogue.load import Catalogue, load
from model.common.cache import cached
from model.common.version import MODEL_VERSION

# Back-tests take longer than all five files together, and change only with data or model.
BACK_TEST_FILE = Path(__file__).with_name("back_test.json")

HOW = (
    "Each industry's output (value added) per hour, in the affected place, is multiplied by the share that needs "
    "the internet; where an economy is less digital that share is smaller, except in industries that are digital by "
    "nature.",
    "The disruption takes a share of useful connectivity from each type of user; workarounds win part of it back.",
    "Losses begin at once in telecoms, online trade, ride-hailing and call centres; elsewhere gradually, as some firms "
    "stop at once and others after hours or days, and some hours are needed to start again.",
    "The two together give the hours of work that are lost, and these the activity disrupted.",
    "Part of it is recovered later, within spare capacity and while customers still wait; of a longer disruption "
    "never a larger share.",
    "What is not recovered, plus the overtime that recovery costs, is the direct loss: the headline.",
    "Export orders lost later are counted apart, as export earnings, discounted over the months in which they fade.",
    "For VPN blocks the cost of workarounds is counted apart, for activity that is saved.",
    "Every uncertain assumption is a range; the same simulations serve all amounts, and assumptions that belong "
    "together move together.",
    "Figures are middle values (medians) with ranges from the 5th to the 95th percentile under the stated "
    "assumptions, rounded to two significant digits.",
)
LIMITS = (
    "A model's estimate, from stated assumptions; not a measurement of any event.",
    "The range holds what is uncertain about the inputs and a stated doubt about the equations; that reality falls "
    "inside it as often as its percentiles say has not been shown.",
    "Disrupted activity, direct loss, orders lost later and workaround costs are different kinds of cost and are never "
    "added together.",
    "Knock-on losses in other firms, safety, health, education and rights are not in the headline.",
    "How much connectivity is lost, how much each industry needs it and how much is recovered rest largely on our own "
    "judgement, and say so.",
)


@cached(2)
def back_test(catalogue: Catalogue) -> tuple[str, ...]:
    """The summary of the back-tests in sentences."""
    stored = json.loads(BACK_TEST_FILE.read_text(encoding="utf-8")) if BACK_TEST_FILE.exists() else {}
    if stored.get("of") == fingerprint(catalogue):
        return tuple(stored["sentences"])
    return computed(catalogue)


def computed(catalogue: Catalogue) -> tuple[str, ...]:
    """The same sentences from a run of every back-test."""
    from model.evidence.backtest import backtest

    scores = backtest(catalogue)
    return (scores.short, *scores.sentences)


def fingerprint(catalogue: Catalogue) -> str:
    """SHA-256 over the model's version and every table, scenario and event that a back-test can read."""
    digest = hashlib.sha256(MODEL_VERSION.encode())
    folder = catalogue.root / "data"
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".csv", ".toml", ".json"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Write down what the back-tests say, after data or model changed: part of `./dev golden`."""
    catalogue = load()
    stored = {"of": fingerprint(catalogue), "sentences": computed(catalogue)}
    BACK_TEST_FILE.write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
