"""How large the pocket edition is, how long it takes, and whether it agrees: `python -m bench.bench_pocket`.

Its numbers are held against those of the full tool in random cases, in a real browser. Prints figures and judges none.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from model.catalogue.load import load

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))


def main() -> None:
    """Make the edition, or take the one that is named, open it and count the cases that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, help="an edition of today's numbers; default: a new one")
    options = parser.parse_args()
    from browser.conftest import FLAGS, chromium
    from helpers.pocket import DAY, OPENED, cases
    from playwright.sync_api import sync_playwright

    from briefing.pocket.make import page
    from briefing.pocket.offered import COUNTS, LENGTHS
    from model.estimation.world import every_economy

    catalogue, start = load(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or Path(folder) / "index.html"
        if options.file is None:
            file.write_text(page(catalogue, DAY), encoding="utf-8", newline="\n")
            print(f"made in {time.perf_counter() - start:.1f} s")
        print(f"{file.stat().st_size:,} bytes")
        asked = cases(catalogue, options.cases, options.seed, every_economy(catalogue), LENGTHS, COUNTS)
        wanted = [case.said(catalogue, DAY) for case in asked]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            opened = browser.new_context(offline=True).new_page()
            start = time.perf_counter()
            opened.goto(file.resolve().as_uri())
            opened.wait_for_selector(OPENED)
            print(f"opened in {time.perf_counter() - start:.2f} s")
            got = opened.evaluate("asked => asked.map(window.nettoll)", [case.fragment for case in asked])
            browser.close()
    texts = [(case.fragment, name, row[name], one[name]) for case, row, one in zip(asked, wanted, got, strict=True)
             for name in row]  # fmt: skip
    wrong = [text for text in texts if text[2] != text[3]]
    for fragment, name, full, pocket in wrong[:20]:
        print(f"{fragment}\n  {name}\n  full   {full}\n  pocket {pocket}")
    cases_wrong = len({text[0] for text in wrong})
    print(f"{len(asked)} cases, {len(texts)} texts: {len(wrong)} texts in {cases_wrong} cases differ")


if __name__ == "__main__":
    main()
