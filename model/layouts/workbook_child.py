"""The first sheet of a workbook as lines of JSON, read in a process of its own (`model.reading.apart`).

Each line is a row; days and times are their ISO text. A last line `end` says that all is there.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_UNPACKED = 400 * 2**20
ENDED, REFUSED = b"end\n", b"no\n"


def plain(cell: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell) if isinstance(cell, date | time | timedelta) else cell


def main() -> None:
    """Read standard input and write its rows; of what cannot be read (`ValueError` and others) the reason, and `no`."""
    from python_calamine import CalamineError, CalamineWorkbook

    content, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise ValueError("unpacks to too much")
        for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows():
            while row and row[-1] == "":
                row.pop()  # a sheet can be as wide as its widest row
            out.write(json.dumps([plain(cell) for cell in row]).encode() + b"\n")
        out.write(ENDED)
    except (CalamineError, zipfile.BadZipFile, ValueError, IndexError, OSError) as problem:
        out.write(json.dumps(str(problem)).encode() + b"\n" + REFUSED)


if __name__ == "__main__":
    main()
