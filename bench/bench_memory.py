"""How much memory visitors take, and how much is given back when they have left.

Prints figures and judges none of them: 45 estimates of the most simulations that the page takes, 24 comparisons and 16
sets of all files by a few people, then everybody leaves.
"""

from __future__ import annotations

import argparse
import asyncio

from visits.serving import Weighed, line, weighed
from visits.visitor import NoAnswerError, Visitor

KINDS = ("full_blackout", "mobile_only", "social_media_block", "vpn_block", "slowdown")
COUNTRIES = ("PAK", "KEN", "IND", "NGA", "IRN", "BRA", "DEU", "ETH", "VNM")
SHOWN = ("kinds", "places", "lengths", "scenarios")
FILES = 16
WAIT = 45  # seconds until what nobody needs is dropped


async def visited(server: Weighed, draws: int, estimates: int, comparisons: int, files: int) -> None:
    """Everything that weighs, one visitor a scenario, each open until the last is done."""
    errors: list[str] = []
    everyone: list[Visitor] = []

    async def come(query: dict[str, str], page: str = "", click: str = "") -> None:
        visitor = Visitor(server.address, {"v": "2", "draws": str(draws), **query}, page)
        everyone.append(visitor)
        try:
            await visitor.begin()
            if click:
                await visitor.click(click)
        except NoAnswerError as problem:
            errors.append(str(problem))

    def say(what: str) -> None:
        line(f"{what:34} {server.memory:7.0f} MB, at most {server.most_memory:7.0f} MB")

    say("before anybody came")
    for number in range(estimates):
        await come({"kind": KINDS[number % 5], "country": COUNTRIES[number // 5 % 9]})
    say(f"{estimates} estimates")
    for number in range(comparisons):
        await come(
            {"kind": KINDS[number // 4 % 5], "show": SHOWN[number % 4], "duration": f"{2 + number}d"},
            "compare",
        )
    say(f"{comparisons} comparisons")
    for number in range(files):
        await come({"kind": KINDS[number % 5], "duration": f"{1 + number}d"}, "export", "make_all")
    say(f"{files} sets of files")
    for visitor in everyone:
        await visitor.leave()
    await asyncio.sleep(WAIT)
    say(f"{WAIT} s after all have left")
    line(f"errors: {len(errors)}{': ' + errors[0] if errors else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=16_384, help="simulations of each estimate")
    parser.add_argument("--estimates", type=int, default=45)
    parser.add_argument("--comparisons", type=int, default=24)
    parser.add_argument("--files", type=int, default=FILES)
    options = parser.parse_args()
    with weighed() as (server,):
        asyncio.run(visited(server, options.draws, options.estimates, options.comparisons, options.files))


if __name__ == "__main__":
    main()
