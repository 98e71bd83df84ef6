"""Spoilt links, command lines, data, scenario files, templates and lists: none may end in a traceback or lie.

    python -m bench.fuzz --links 7000 --commands 6000 --edits 9000 --files 6000 --templates 300 --lists 2000

Each begins with something that works and is spoilt in one or two places, the same for the same seed. Prints how many
were taken and refused, and every fault; exit code 1 where there is one. A small sample runs with the tests.
"""

from __future__ import annotations

import argparse
import csv
import io
import logging
import random
import re
import sys
import tempfile
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from model.__main__ import main as command_line
from model.catalogue import load as loading
from model.catalogue.load import ROOT, Catalogue, load
from model.common.errors import DataError, InputError
from model.common.tables import read_table
from model.scenario.comparison import from_link, to_link
from model.scenario.events import load_events, load_starting_points
from model.scenario.fields import BY_KEY
from model.scenario.file import from_toml, to_toml
from model.scenario.scenario import Scenario, checked

LONGEST = 1500  # letters of a sentence
TEXTS = (
    "", " ", "0", "-1", "1e400", "nan", "inf", "-0", "1,500", "1.500,5", "٣", "½", "0x10", "1_000", "1e3",
    "99999999999", "9" * 400, "true", "null", "None", "a" * 3000, "\u202e", "\ufeff", "\u00a0", "é", "🙂",
    "\u0000", "\n", "\r\n", "\"", "'", "<b>", "$\\alpha$", "=1+1", "[x](http://x.example)",
    "javascript:alert(1)", "../../etc/passwd", "%00", "%", "&", ";", "P1DT2H", "36:00", "2 weeks",
    "30 February 2026", "05/01/2026", "ongoing", "50%", "10-20%", "1:2:3", "3:2:1", "PAK", "UK", "Congo",
    "Turkey", "Punjab", "vpn_block", "shutdown", "USD", "EUR", "1", "2", "0.5", "1.0000000001", "256", "65537",
)  # fmt: skip
COMMANDS = (
    "estimate --country PAK --kind full_blackout --days 1 --draws 256",
    "estimate --kind mobile_only --region Balochistan --draws 256 --format json",
    "estimate --kind slowdown --ratio 0.5 --days 10 --draws 256 --format csv",
    "estimate --hours 6 --spells 5 --period-days 1 --start 2026-01-05T08:00 --draws 256", "claims --set seed000_10=20",
    "estimate --from 2026-01-05 --to 2026-01-07 --draws 256 --set lever.whitelisting.coverage=0.6", "list parameters",
    "method brookings2016 --country PAK --days 1", "list countries", "method oecd2011 --country KEN --hours 12",
)  # fmt: skip


@dataclass
class Tally:
    """What came of one sort: how many were taken and refused, and the faults, each said once."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)  # an example by what is wrong

    def fault(self, what: str, example: object) -> None:
        self.counts["fault"] += 1
        self.faults.setdefault(what[:200], repr(example)[:400])

    def tried(self, example: object, work: Callable[[], str]) -> None:
        """Count what `work` says; what it raises is a fault."""
        try:
            self.counts[work()] += 1
        except AssertionError as problem:
            self.fault(f"assertion: {problem}", example)
        except Exception as problem:  # that is what is looked for
            self.fault(f"{type(problem).__name__}: {problem}", example)


def spoilt(text: str, dice: random.Random) -> str:
    """A text changed in one place, or another in its stead."""
    way = dice.randrange(7)
    at, to = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    if way == 0 or not text:
        return dice.choice(TEXTS)
    if way == 1:
        return text[:at] + text[to:]
    if way == 2:
        return text[:at] + dice.choice(TEXTS)[:40] + text[at:]
    if way == 3:
        return text[:at] + text[at:to] * 2 + text[to:]
    if way == 4:
        return dice.choice((text.upper(), text.title(), f" {text} ", text[::-1], text.replace("_", " ")))
    if way == 5 and any(sign.isdecimal() for sign in text):
        return "".join(dice.choice("0123456789.,-e") if sign.isdecimal() else sign for sign in text)
    return (
        text[:at] + chr(dice.choice((0, 9, 39, 44, 61, 0x200B, 0x202E, 0x661, 0xFF11, 0x1F600))) + text[to:]
    )


def sentence(text: str) -> None:
    """Raises `AssertionError` where a refusal is more than one line that says what is allowed."""
    assert "\n" not in text and "\x00" not in text and len(text) < LONGEST, (
        "a sentence of several lines or none"
    )
    assert "Traceback" not in text and " object at 0x" not in text, "a sentence about code"


def scenarios(catalogue: Catalogue) -> list[Scenario]:
    """What to begin with: all that the project ships."""
    shipped = [checked(catalogue, item) for item in load_starting_points(catalogue).values()]
    return [*shipped, *(event.scenario for event in load_events(catalogue))]


def links(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt links: read without a word of code, and what they hold is what they say."""
    begin = [to_link(item, from_link(catalogue, {})[1]) for item in scenarios(catalogue)]
    begin += [
        {"v": "2", "s2.kind": "vpn_block", "s2.duration": "3d", "durations": "1h,1d", "countries": "KEN,IND"}
    ]
    for _ in range(count):
        query = dict(dice.choice(begin))
        for _ in range(dice.randint(1, 2)):
            key = dice.choice([*query, *BY_KEY])
            text = query.pop(key, "1")
            name = spoilt(key, dice) if dice.random() < 0.15 else key
            query[name] = spoilt(text, dice) if dice.random() < 0.9 else text

        def follow(query: dict[str, str] = query) -> str:
            given, beside, ignored = from_link(catalogue, query)
            assert checked(catalogue, given) == given, "not in its one form"
            for text in ignored:
                sentence(text)
            assert from_link(catalogue, to_link(given, beside)) == (given, beside, []), (
                "another link of its own"
            )
            said = " ".join(ignored)
            for key, row in BY_KEY.items():
                if key in query and key not in said and row.label not in said:
                    try:
                        value = row.form.check(catalogue, key, row.form.read("value", query[key]))
                    except InputError:
                        raise AssertionError(f"{key} was dropped unsaid") from None
                    same = (
                        getattr(given, row.name) == value
                        or (key == "place" and value == 1)
                        or key == "region"
                    )
                    assert same, f"{key} was changed unsaid"
            return "refused in part" if ignored else "taken"

        tally.tried(query, follow)


def files(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt scenario files: taken whole and as they say, or refused whole in a sentence."""
    begin = [to_toml(item) for item in scenarios(catalogue)]
    for _ in range(count):
        lines = dice.choice(begin).splitlines()
        for _ in range(dice.randint(1, 2)):
            at = dice.randrange(len(lines))
            name, sign, value = lines[at].partition(" = ")
            lines[at] = (
                f"{name}{sign}{spoilt(value, dice)}"
                if sign and dice.random() < 0.8
                else spoilt(lines[at], dice)
            )
        content = "\n".join(lines).encode("utf-8", "surrogatepass")

        def take(content: bytes = content) -> str:
            try:
                given = from_toml(catalogue, content)
            except InputError as problem:
                sentence(str(problem))
                said = "; allowed: " in str(problem)
                assert said, "does not say what is allowed"
                return "refused"
            assert from_toml(catalogue, to_toml(given).encode()) == given, "another file of its own"
            for name, value in tomllib.loads(content.decode("utf-8-sig")).get("scenario", {}).items():
                if isinstance(value, int | float) and name in ("hours", "spells", "seed", "draws"):
                    assert getattr(given, name) == value, f"{name} was changed unsaid"
            return "taken"

        tally.tried(content, take)


def commands(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt command lines: exit code 0 and an answer, or 2 and one line."""
    for _ in range(count):
        parts = dice.choice(COMMANDS).split()
        numbers = [at for at, part in enumerate(parts) if part[0].isdecimal()] or [0]
        for _ in range(dice.randint(1, 2)):
            at = dice.choice(numbers) if dice.random() < 0.4 else dice.randrange(len(parts))
            at = min(at, len(parts) - 1)
            mild = parts[at].replace(".", "").isdecimal() and dice.random() < 0.7
            parts[at] = dice.choice(("2", "12", "0.5", "1,5", "300")) if mild else spoilt(parts[at], dice)
            if dice.random() < 0.05 and len(parts) > 1:
                parts.pop()
        if any(part.startswith(("--o", "--ev", "--un", "--sc")) for part in parts):
            continue  # of files: none is written or read here

        def run(parts: Sequence[str] = parts) -> str:
            out, err = io.StringIO(), io.StringIO()
            try:
                with redirect_stdout(out), redirect_stderr(err):
                    code = command_line(parts)
            except SystemExit as end:  # help
                code = int(end.code or 0)
            if code == 0:
                assert out.getvalue().strip() and "error" not in err.getvalue(), (
                    "taken, with no answer or an error"
                )
                return "taken"
            text = err.getvalue()
            lines = text.splitlines()  # how both ends were read may be said before
            assert code == 2 and not out.getvalue() and lines, "refused without a word"
            assert [row[:7] for row in lines].count("error: ") == 1 and len(lines) <= 2, (
                "refused in many lines"
            )
            for row in lines:
                sentence(row)
            return "refused"

        tally.tried(parts, run)


def tables() -> Iterator[tuple[Path, Any, dict[str, Any]]]:
    """Every table that the catalogue reads, with what it is read as."""
    seen: dict[Path, tuple[Any, dict[str, Any]]] = {}

    def record(path: Path, row_type: Any, **options: Any) -> Any:
        seen[path] = row_type, options
        return read_table(path, row_type, **options)

    with patch.object(loading, "read_table", record):
        loading._load.clear()
        load().complete()
    yield from ((path, *rest) for path, rest in seen.items())


def edits(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt cells of the project's tables: refused by file, row, column and value, or read as they stand."""
    every = list(tables())
    texts = {path: list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) for path, _, _ in every}
    whole = {path: [str(row) for row in read_table(path, kind, **options)] for path, kind, options in every}
    with tempfile.TemporaryDirectory() as name:
        for _ in range(count):
            path, kind, options = dice.choice(every)
            rows = [list(row) for row in texts[path]]
            y = dice.randrange(1, len(rows))
            x = dice.randrange(len(rows[y]))
            before = rows[y][x]
            rows[y][x] = spoilt(before, dice)
            target = Path(name) / "data" / path.name
            target.parent.mkdir(exist_ok=True)
            with target.open("w", encoding="utf-8", newline="") as sink:
                csv.writer(sink).writerows(rows)
            example = f"{path.name} row {y + 1}, {rows[0][x]}: {before!r} to {rows[y][x]!r}"

            def read(
                target: Path = target, path: Path = path, kind: Any = kind, options: dict[str, Any] = options,
                old: str = before, new: str = rows[y][x],
            ) -> str:  # fmt: skip
                try:
                    loaded = read_table(target, kind, **options)
                except DataError as problem:
                    sentence(str(problem))
                    named = target.name in str(problem)
                    assert named, "does not name the file"
                    return "refused"
                same = [str(row) for row in loaded] == whole[path]
                assert not same or _alike(old, new), "read as if nothing had been changed"
                return "taken"

            tally.tried(example, read)


def _alike(one: str, other: str) -> bool:
    """Whether two cells say the same."""
    if " ".join(one.split()) == " ".join(other.split()):
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def spoilt_file(content: bytes, dice: random.Random) -> bytes:
    """A file with one place changed; of a packed one, a part of it in most cases."""
    if zipfile.is_zipfile(io.BytesIO(content)) and dice.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        name = dice.choice(list(parts))
        parts[name] = spoilt_file(parts[name], dice)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for part, data in parts.items():
                new.writestr(part, data)
        return target.getvalue()
    words = list(re.finditer(rb"[^\s<>\"=,]+", content)) if len(content) < 10**6 else []
    if words and dice.random() < 0.8:
        word = dice.choice(words)
        text = spoilt(word[0].decode("utf-8", "replace"), dice).encode("utf-8", "replace")
        return content[: word.start()] + text + content[word.end() :]
    at, to = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return dice.choice((content[:at], content[:at] + content[to:], content[:to] + content[at:]))


def given_files(
    begin: Sequence[bytes], read: Callable[[bytes], str], count: int, dice: random.Random, tally: Tally
) -> None:
    """Spoilt files of a reader, which `read` takes, or refuses in a sentence that says what is allowed."""
    for _ in range(count):
        content = spoilt_file(dice.choice(begin), dice)

        def take(content: bytes = content) -> str:
            try:
                return read(content)
            except InputError as problem:
                sentence(str(problem))
                said = "; allowed: " in str(problem)
                assert said, "does not say what is allowed"
                return "refused"

        tally.tried(content, take)


def templates(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt templates of slides: a look without anything else of the file, or a sentence."""
    sys.path.insert(0, str(ROOT / "tests"))
    from helpers.files import hostile_decks

    from briefing.slides.template.own import look

    begin = [
        *(data for _, data in hostile_decks.taken()),
        hostile_decks.pictured(*hostile_decks.of_every_form()),
    ]
    begin = [data for data in begin if len(data) < 10**5]

    def read(content: bytes) -> str:
        deck: Any = look(content).deck
        target = io.BytesIO()
        deck.save(target)
        with zipfile.ZipFile(target) as packed:
            left = [name for name in packed.namelist() if hostile_decks.SECRET.encode() in packed.read(name)]
        assert not left, "more than the look"
        return "taken"

    given_files(begin, read, count, dice, tally)


def lists(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt lists of events: read, or a sentence."""
    sys.path.insert(0, str(ROOT / "tests"))
    from helpers.event_rows import as_json, mixed_stop
    from helpers.files import hostile_lists

    from model.lists.reading import read_list

    begin = [
        hostile_lists.OWN,
        hostile_lists.workbook(),
        mixed_stop(4),
        as_json([{"place": "Kenya", "start": "2024"}]),
    ]
    begin += [data for _, data in hostile_lists.refused() if len(data) < 10**5]

    def read(content: bytes) -> str:
        events = read_list(catalogue, "mine", content, most=5_000)
        assert events.rows > 0, "taken, with no row"
        return "taken"

    given_files(begin, read, count, dice, tally)


def pages(catalogue: Catalogue, count: int, dice: random.Random, tally: Tally) -> None:
    """Spoilt links opened as pages of the dashboard, which are drawn without an exception."""
    from streamlit.testing.v1 import AppTest

    logging.disable(logging.WARNING)  # there is no browser, says Streamlit each time

    begin = [to_link(item, from_link(catalogue, {})[1]) for item in scenarios(catalogue)]
    for _ in range(count):
        query = {"draws": "256", **dice.choice(begin)}
        for key in dice.choices([*query, *BY_KEY, "events.by", "world.by", "s2.kind", "show"], k=3):
            query[key] = spoilt(query.get(key, "1"), dice)

        def show(query: dict[str, str] = query) -> str:
            page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
            for key, text in query.items():
                page.query_params[key] = text
            page.run()
            assert not page.exception, f"exception: {[item.message for item in page.exception]}"
            assert any(item.value for item in page.markdown), "an empty page"
            return "with notices" if page.warning or page.error else "shown"

        tally.tried(query, show)


SORTS: dict[str, Callable[[Catalogue, int, random.Random, Tally], None]] = {
    "links": links, "commands": commands, "edits": edits, "files": files, "templates": templates,
    "lists": lists, "pages": pages,
}  # fmt: skip


USUAL = {"pages": 20, "templates": 40}  # of the sorts that take long


def spoil(sort: str, count: int, seed: int = 17) -> Tally:
    """So many of one sort, the same for the same seed."""
    tally = Tally()
    if count:  # what to begin with takes long to make
        SORTS[sort](load(), count, random.Random(f"{sort} {seed}"), tally)
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    for sort in SORTS:
        usual = USUAL.get(sort, 500)
        parser.add_argument(f"--{sort}", type=int, default=usual, help=f"how many (default: {usual})")
    parser.add_argument("--seed", type=int, default=17)
    options = parser.parse_args(arguments)
    faults = 0
    for sort in SORTS:
        tally = spoil(sort, getattr(options, sort), options.seed)
        counts = ", ".join(f"{count:,} {what}" for what, count in sorted(tally.counts.items()))
        print(f"{sort}: {sum(tally.counts.values()):,} tried; {counts or 'none'}", flush=True)
        for what, example in tally.faults.items():
            print(f"    {what}\n        {example}")
        faults += tally.counts["fault"]
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
