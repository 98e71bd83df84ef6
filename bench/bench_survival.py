"""What a visit outlives: a server that is killed, a connection that is lost, another tab, and five hundred changes.

Prints what was seen; exit code 1 where a page came back with another answer.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys

from visits.serving import Weighed, line, weighed
from visits.visitor import NoAnswerError, Step, Visitor

LINK = {"v": "2", "country": "KEN", "kind": "mobile_only", "duration": "3d"}
LONG = 20  # letters of a text that is part of an answer
FLAT = 15.0  # per cent that memory may grow over the second half of all changes


def answer(step: Step) -> list[str]:
    """What a page says, without short labels."""
    return [text for text in step.texts if len(text) > LONG]


async def killed(server: Weighed) -> bool:
    """The server is killed in the middle of a visit and started again; the page connects anew."""
    visitor = Visitor(server.address, LINK)
    before = answer(await visitor.begin())
    after_change = answer(await visitor.enter("w_duration", string_value="9 days"))
    server.server.kill()
    try:
        await visitor.enter("w_duration", string_value="10 days")
        lost = False
    except NoAnswerError:
        lost = True
    await asyncio.to_thread(server.server.start)
    # With the session that the server has forgotten, the address, and the entry that was lost: the page sends it again.
    again = answer(await visitor.begin())
    await visitor.leave()
    other = Visitor(server.address, LINK | {"duration": "10d"})
    same = again == answer(await other.begin())
    await other.leave()
    same_address = "duration=10d" in visitor.query
    line(
        f"killed and started again: connection lost {lost}, address kept {same_address}, the same answer {same}"
    )
    return lost and same_address and same and before != after_change


async def dropped(server: Weighed) -> bool:
    """The connection is lost without a word, ten times."""
    visitor = Visitor(server.address, LINK)
    before = answer(await visitor.begin())
    session = visitor.session
    same = []
    for _ in range(10):
        await visitor.drop()
        await asyncio.sleep(0.2)
        same.append(answer(await visitor.begin()) == before and visitor.session == session)
    await visitor.leave()
    line(f"connection lost ten times: {sum(same)} times the same visit with the same answer")
    return all(same)


async def tabs(server: Weighed) -> bool:
    """Two tabs of one reader: what is changed in one leaves the other."""
    one, other = Visitor(server.address, LINK), Visitor(server.address, LINK)
    first, second = answer(await one.begin()), answer(await other.begin())
    moved = answer(await one.enter("w_duration", string_value="30 days"))
    still = answer(await other.enter("w_duration", string_value="3 days"))
    await one.leave()
    await other.leave()
    good = first == second == still and moved != first
    line(f"two tabs: the second is untouched by the first {good}")
    return good


async def many(server: Weighed, count: int) -> bool:
    """So many changes by one visitor: memory no longer grows."""
    visitor, rng = Visitor(server.address), random.Random(3)
    await visitor.begin()
    memory = []
    for number in range(count):
        await visitor.enter("w_duration", string_value=f"{rng.randint(1, 700)} days")
        if number % (count // 10) == 0:
            memory.append(server.memory)
    await visitor.leave()
    memory.append(server.memory)
    growth = 100 * (memory[-1] / memory[len(memory) // 2] - 1)
    line(f"{count} changes: {', '.join(f'{value:.0f}' for value in memory)} MB; second half {growth:+.0f}%")
    return growth < FLAT


async def everything(server: Weighed, count: int) -> int:
    done = [await killed(server), await dropped(server), await tabs(server), await many(server, count)]
    return int(not all(done))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=500, help="of one visitor, for the memory")
    options = parser.parse_args()
    with weighed() as (server,):
        return asyncio.run(everything(server, options.changes))


if __name__ == "__main__":
    sys.exit(main())
