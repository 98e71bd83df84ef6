"""The README's way of one number, from its row to the headline, is the way that the code runs."""

import re
import subprocess
import sys

from model.catalogue.load import ROOT

STEP = re.compile(r"^\d+\. `([\w.]+)` in `([\w/]+\.py)`", re.MULTILINE)
TRACED = """
import sys
from pathlib import Path

root, calls = str(Path.cwd()), {}

def called(frame, event, _):
    if event == "call" and frame.f_code.co_filename.startswith(root):
        calls.setdefault((frame.f_code.co_qualname, frame.f_code.co_filename[len(root) + 1:]), len(calls))

import threading
from model import Scenario, estimate, load
from model.text.sentence import headline
threading.setprofile(called)
sys.setprofile(called)
headline(estimate(load(), Scenario(draws=256)))
sys.setprofile(None)
for name, file in calls:
    print(name, file)
"""


def test_the_way_of_a_number_is_the_way_that_the_code_runs() -> None:
    steps = STEP.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(steps) > 10
    done = subprocess.run(
        [sys.executable, "-c", TRACED], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    first = [done.index(f"{name} {file}") if f"{name} {file}" in done else -1 for name, file in steps]
    assert -1 not in first, f"not called: {steps[first.index(-1)]}"
    assert first == sorted(first), [steps[i] for i in range(1, len(first)) if first[i] < first[i - 1]]
