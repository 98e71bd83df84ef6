"""What one server computes and keeps for its visitors: each limit once, and the variable that gives another.

The command line keeps to the first two as well, since its work is of one process too.
"""

from __future__ import annotations

import os
import sys

MB = 2**20


def limit(variable: str, usual: int, least: int = 1) -> int:
    """The whole number in a variable of the environment, `usual` where there is none or a bad one, which is said.

    A number below `least` is a bad one; all three have the unit of the limit (MB, simulations, a count).
    """
    text = os.environ.get(variable, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal()) or not least <= int(text[:12]) < 10**9:
        allowed = f"a whole number of {least:,} or more; {usual:,} is used"
        print(f"{variable}: {text[:40]!r} cannot be used; allowed: {allowed}", file=sys.stderr)
        return usual
    return int(text)


CACHE_MB = limit("NETTOLL_CACHE_MB", 256)  # results of all visitors together
DRAWS = limit("NETTOLL_DRAWS", 16_384, 256)  # simulations of one estimate on the page
UPLOAD_MB = 20  # one file; .streamlit/config.toml says it to the server too
VISITOR_MB = limit("NETTOLL_VISITOR_MB", 40)  # files that one visitor has given
UPLOADS_MB = limit("NETTOLL_UPLOADS_MB", 400)  # files that all have given
MEMORY_MB = limit("NETTOLL_MEMORY_MB", 1_000)  # of the process: above it, what nobody looks at is dropped
AT_ONCE = limit("NETTOLL_AT_ONCE", 4)  # long computations at the same time, and as many files being read
REQUESTS = limit("NETTOLL_REQUESTS_PER_MINUTE", 600)  # units a minute of the API for one client
