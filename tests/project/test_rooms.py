"""The rooms of the house: no import goes up or in a circle, no folder is crowded, no type name has two meanings.

An import inside a function and one for the type checker alone count like any other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from helpers.rooms import FLOORS, arrows, files, named

from model.catalogue.load import ROOT

# What a room must not know at all, whatever stands above it.
FOREIGN = {
    "model": {"streamlit", "plotly"}, "charts": {"streamlit"}, "briefing": {"streamlit"}, "door": {"streamlit"},
    "views": {"door"},
}  # fmt: skip
TOPS = {"dashboard", "model", "charts", "briefing", "door", "views"}
MOST_FILES = 14
PUBLIC_TYPE = re.compile(r"[A-Z]\w*[a-z]\w*")  # a constant is all capitals


def floor_of(name: str) -> tuple[int, str]:
    """The floor of a module, counted from below, and its room."""
    rooms = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    parts = name.split(".")
    room = next(one for end in range(len(parts), 0, -1) if (one := ".".join(parts[:end])) in rooms)
    return rooms[room], room


def test_every_room_has_its_floor() -> None:
    """A new folder is named above, else it would count as the package's own file."""
    rooms = {room for floor in FLOORS for room in floor}

    def folder(name: str) -> str:
        return name if files()[name].name == "__init__.py" else name.rpartition(".")[0] or name

    homeless = [name for name in files() if floor_of(name)[1] in TOPS and folder(name) not in TOPS]
    homeless += [name for name in files() if floor_of(name)[1] in ("model", "views") and name not in rooms]
    assert not homeless
    assert not rooms - {floor_of(name)[1] for name in files()}, "a room that is gone"


def test_no_import_goes_up_and_no_files_import_each_other_in_a_circle() -> None:
    wrong = []
    for name, targets in arrows().items():
        floor, room = floor_of(name)
        for target in sorted(targets):
            if target.partition(".")[0] in FOREIGN.get(name.partition(".")[0], ()) or target.startswith(
                "tests"
            ):
                wrong.append(f"{name} -> {target}")
            elif target in files():
                other, its_room = floor_of(target)
                if room != its_room and other >= floor:
                    wrong.append(f"{name} -> {target}")
    assert not wrong, "imports that go up:\n" + "\n".join(wrong)
    graph = {name: {target for target in targets if target in files()} for name, targets in arrows().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        raise AssertionError("a circle: " + " <- ".join(circle.args[1])) from None


def test_no_folder_is_crowded() -> None:
    beside = (path.parent for top in ("tests", "bench") for path in (ROOT / top).rglob("*.py"))
    folders = {path.parent for path in files().values()} | set(beside)
    sizes = {
        str(folder.relative_to(ROOT)): len(
            [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        )
        for folder in folders
    }
    crowded = {folder: size for folder, size in sizes.items() if size > MOST_FILES}
    assert not crowded, f"more than {MOST_FILES} Python files: {crowded}"


def test_a_public_type_name_has_one_meaning() -> None:
    """Who reads a name in one file knows it in the next. The same alias may be written again, as `Array` is."""
    meanings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for module, names in named().items():
        for name, meaning in names.items():
            if PUBLIC_TYPE.fullmatch(name):
                meanings[name].setdefault(meaning, str(files()[module].relative_to(ROOT)))
    twice = [f"{name}: {', '.join(each.values())}" for name, each in meanings.items() if len(each) > 1]
    assert not twice, "a type name says what it holds, and these have two meanings:\n" + "\n".join(twice)
