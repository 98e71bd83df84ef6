"""How many people one process holds: visitors who change something every 3 seconds, over the page's own protocol.

Prints figures and judges none of them: seconds from a message until its script has finished (median, 95th percentile,
longest), bytes, memory, and processor time a step; for one process, and for several behind nothing (each visitor keeps
to one, as a proxy with sticky sessions has it). With `--heavy` one visitor computes the most that the page takes, and
what the others feel of it is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from dataclasses import dataclass, field

from visits.serving import Weighed, line, share, weighed
from visits.visitor import NoAnswerError, Step, Visitor

PAUSE = 3.0
KINDS = ("Full blackout", "Mobile data cut", "Social media block", "VPN block", "Slowdown")
COUNTRIES = ("PAK", "KEN", "IND", "NGA", "IRN", "BRA", "DEU", "ETH", "VNM", "EGY", "TUR", "IDN")


@dataclass
class Seen:
    """What happened to all visitors."""

    steps: list[Step] = field(default_factory=list)
    openings: list[Step] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def changes(visitor: Visitor, rng: random.Random) -> Step:
    """What people change most: how long, what, and where."""
    kind = rng.choice(("length", "length", "kind", "country"))
    if kind == "length":
        return await visitor.enter("w_duration", string_value=f"{rng.randint(1, 90)} days")
    if kind == "kind":
        return await visitor.enter("w_kind", string_value=rng.choice(KINDS))
    visitor.query = (
        f"v=2&country={rng.choice(COUNTRIES)}&duration={rng.randint(1, 90)}d"  # a link, or a step back
    )
    return await visitor.follow()


async def person(address: str, number: int, until: float, seen: Seen) -> None:
    """One visitor, who comes at a time of their own and stays until the end."""
    rng = random.Random(number)
    visitor = Visitor(address)
    await asyncio.sleep(rng.uniform(0, PAUSE))
    try:
        seen.openings.append(await visitor.begin())
        # Nobody ends with a step: all would make it at the same moment.
        while time.monotonic() + (pause := rng.uniform(0.5, 1.5) * PAUSE) < until:
            await asyncio.sleep(pause)
            seen.steps.append(await changes(visitor, rng))
    except NoAnswerError as problem:
        seen.errors.append(str(problem))
    finally:
        await visitor.leave()


async def heavy(address: str, until: float, seen: Seen) -> None:
    """One visitor who asks for the most that the page takes, again and again, without a pause."""
    number = 0
    while time.monotonic() < until:
        number += 1
        query = {"v": "2", "draws": "16384", "seed": str(number), "show": "kinds", "spells": "12"}
        visitor = Visitor(address, query, "compare")
        try:
            await visitor.begin()
        except NoAnswerError as problem:
            seen.errors.append(f"heavy: {problem}")
        finally:
            await visitor.leave()


async def crowd(servers: list[Weighed], people: int, seconds: float, burdened: bool) -> Seen:
    """So many people for so long, divided among the processes."""
    seen, until = Seen(), time.monotonic() + seconds
    tasks = [person(servers[at % len(servers)].address, at, until, seen) for at in range(people)]
    if burdened:
        tasks.append(heavy(servers[0].address, until, seen))
    await asyncio.gather(*tasks)
    return seen


def report(title: str, servers: list[Weighed], people: int, seconds: float, burdened: bool) -> None:
    """Run a crowd and print what it met."""
    asyncio.run(crowd(servers, len(servers), 5, False))  # the first visit loads what all need
    work, start = sum(server.work for server in servers), time.monotonic()
    seen = asyncio.run(crowd(servers, people, seconds, burdened))
    took, work = time.monotonic() - start, sum(server.work for server in servers) - work
    times = [step.seconds for step in seen.steps]
    sizes = [step.size / 1000 for step in seen.steps]
    first = [step.size / 1000 for step in seen.openings]
    line(
        f"{title}: {people:3} people, {len(times):4} steps in {took:.0f} s; seconds {share(times, 0.5):.2f} median, "
        f"{share(times, 0.95):.2f} at 95%, {max(times, default=0):.2f} longest; {share(sizes, 0.5):.0f} kB a step, "
        f"{share(first, 0.5):.0f} kB a page; {1000 * work / max(1, len(times)):.0f} ms of processor a step, "
        f"{100 * work / took:.0f}% busy; {sum(server.memory for server in servers):.0f} MB; {len(seen.errors)} errors"
    )
    for text in dict.fromkeys(seen.errors):
        line(f"    {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--people", type=int, nargs="+", default=[20, 30, 40], help="how many at the same time"
    )
    parser.add_argument(
        "--processes", type=int, nargs="+", default=[1, 2], help="how many processes of the dashboard"
    )
    parser.add_argument("--seconds", type=float, default=30, help="how long each run lasts")
    parser.add_argument(
        "--heavy", action="store_true", help="20 people alone, and beside one who computes the most"
    )
    options = parser.parse_args()
    for count in options.processes:
        with weighed(count) as servers:
            title = f"{count} process{'es' if count > 1 else ''}"
            if options.heavy:
                report(title, servers, 20, options.seconds, False)
                report(f"{title}, one heavy visitor", servers, 20, options.seconds, True)
                continue
            for people in options.people:
                report(title, servers, people * count, options.seconds, False)


if __name__ == "__main__":
    main()
