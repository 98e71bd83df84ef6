"""The one control of a number that a reader may move, made from the row that declares it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.catalogue.parameters import Override, Parameter
from model.common.errors import InputError
from model.common.numbers import as_given
from model.common.ranges import from_to
from model.common.text import capital
from model.reading.numbers import share_of
from model.scenario.readers import number, within
from views.parts.density import density_picture
from views.words import escaped, refuse, say_refused_at, shown, when_heard

Triple = tuple[float, float, float]
PERCENT = ("share", "per year")
COUNTED = ("count", "persons", "persons per year", "USD", "M USD", "M USD per year")
MOST_STEPS = 400  # of a slider that is as wide as a column
UNIT_WORDS = {"per year": "a year"}  # units that people read otherwise
FINEST = 0.001  # a localized number shows three decimals; finer steps need Streamlit's own format
DIGITS = 12  # what a slider adds behind them is noise
POINTS = ("low", "likely", "high")


def _clamped(low: float, middle: float, high: float) -> float:
    """The central value of a moved range: where it was, or the nearest end."""
    return min(max(middle, low), high)


@dataclass(frozen=True)
class Control:
    """What is shown of a number: `shipped` is its value until a reader moves it, a number, a range or nothing."""

    label: str
    help: str
    shipped: Override | None
    min: float
    max: float
    step: float
    percent: bool = False
    names: tuple[str, str] | None = None  # of 0 and 1, where the number is a switch
    typed: bool = False  # where the range is too wide for a slider
    back: str = ""  # the words of the button that takes a move back
    points: bool = False  # a range has three fields, not a slider with two ends
    switch: bool = False  # only no and yes
    row: str = ""  # markdown that leads to its row in the sources
    unit: str = ""  # as the label shows it behind the name


def label_with(name: str, unit: str) -> str:
    """A label with its unit, where it shows one."""
    return f"{name} ({unit})" if unit else name


def help_of(parameter: Parameter, text: str = "") -> str:
    """What a parameter is, its evidence, its status and its key."""
    evidence = capital(parameter.evidence).rstrip(".")
    parts = (
        text or parameter.help,
        f"{evidence}." if evidence else "",
        f"[{parameter.status}; {parameter.key}]",
    )
    return " ".join(filter(None, parts))


def control_of(
    parameter: Parameter, *, shipped: Override | None = None, help_text: str = "", label: str = "",
    names: tuple[str, str] | None = None, typed: bool = False, points: bool = False,
) -> Control:  # fmt: skip
    """The control that a row declares; `shipped` where something else than the row's own value is."""
    default = parameter.default
    if shipped is None and default is not None:
        shipped = (default.low, default.mode, default.high) if default.spread else default.mode
    unit = UNIT_WORDS.get(parameter.unit, parameter.unit) if parameter.unit_shown and not label else ""
    return Control(
        label or label_with(parameter.label, unit), help_of(parameter, help_text), shipped, float(parameter.min),
        float(parameter.max), float(parameter.step), parameter.unit in PERCENT, names,
        typed or shipped is None or _wide(parameter, shipped), points=points,
        switch=names is None and _is_switch(parameter, shipped), row=row_link(parameter.key), unit=unit,
    )  # fmt: skip


def row_link(key: str, text: str = "Its row and its source") -> str:
    """Markdown that leads to the row of a parameter, where its value, evidence and source stand."""
    return f"[{escaped(text)}](sources?sources.search={quote(key)})"


def _is_switch(parameter: Parameter, shipped: Override | None) -> bool:
    return (parameter.min, parameter.max, parameter.step) == (0, 1, 1) and shipped in (0, 1)


def _wide(parameter: Parameter, shipped: Override) -> bool:
    """Whether a count or an amount has so many steps that no hand finds one of them on a slider."""
    steps = (parameter.max - parameter.min) / parameter.step
    return parameter.unit in COUNTED and steps > MOST_STEPS and not isinstance(shipped, tuple)


def parameter_control(
    control: Control, given: Override | None, change: Callable[[Override | None], None], key: str,
    middle: Callable[[float, float, float], float] = _clamped,
) -> None:  # fmt: skip
    """Draw the control; `change` hears a new value, or None where it is the shipped one again.

    `given` is the reader's value, None for the shipped one; `middle` gives the central value of a moved range
    from its low end, the central value before and its high end. `key` is unique on the page.
    """
    now = control.shipped if given is None else given

    def heard(new: Override | None) -> None:
        change(None if new == control.shipped else new)

    if control.names is not None and now is not None:
        _switch(control, control.names, round(_triple(now)[1]), heard, key)
    elif control.switch and now in (0, 1):
        _yes_or_no(control, bool(now), heard, key)
    elif control.points and now is not None and tuple in (type(now), type(control.shipped)):
        _three_points(control, _triple(now), heard, key)
    elif control.typed or control.switch:  # a link may say a part of yes
        _typed(control, None if now is None else _triple(now)[1], heard, key)
    elif now is not None:
        _slider(control, now, heard, key, middle)
    if given is not None and control.shipped is not None and control.names is None and not control.switch:
        text = control.back or f"Reset to {value_text(control.shipped, percent=control.percent)}"
        st.button(escaped(text), key=f"r{key}", type="tertiary", on_click=change, args=(None,))


def value_text(value: Override, *, percent: bool) -> str:
    """A number or the ends of a range as the control shows them: `5 to 12%`."""
    low, _, high = _triple(value)
    scale = 100 if percent else 1
    return from_to(as_given(low * scale), as_given(high * scale)) + ("%" if percent else "")


def _triple(value: Override) -> Triple:
    return value if isinstance(value, tuple) else (value, value, value)


def _switch(
    control: Control, names: tuple[str, str], at: int, heard: Callable[[Override], None], key: str
) -> None:
    shown(key, names[at])
    st.radio(
        escaped(control.label), names, at, key=key, help=_help_text(control),
        on_change=when_heard(key, lambda: heard(float(names.index(st.session_state[key])))),
    )  # fmt: skip


def _yes_or_no(control: Control, now: bool, heard: Callable[[Override], None], key: str) -> None:
    shown(key, now)
    st.toggle(
        escaped(control.label), now, key=key, help=_help_text(control),
        on_change=when_heard(key, lambda: heard(float(st.session_state[key]))),
    )  # fmt: skip


def _help_text(control: Control) -> str | None:
    """The words behind the question mark: what it is, and the way to its row."""
    return " ".join(filter(None, (escaped(control.help), control.row))) or None


def _three_points(control: Control, now: Triple, heard: Callable[[Override], None], key: str) -> None:
    """Low, likely and high as three fields, and beside them how likely each value is taken to be."""
    shipped = _triple(control.shipped) if control.shipped is not None else now
    st.markdown(f"{escaped(control.label)} :gray[(low, likely, high)]", help=_help_text(control))
    first, last = st.columns([2, 1], gap="small", vertical_alignment="center")
    fields = first.columns(3, gap="xsmall", wrap=False)

    def moved(at: int, value: float | None) -> None:
        new = [*now]
        new[at] = shipped[at] if value is None else value
        low, likely, high = new
        if not low <= likely <= high:
            allowed = ", ".join(
                f"{name} {value_text(end, percent=control.percent)}"
                for name, end in zip(POINTS, now, strict=True)
            )
            raise InputError(
                f"{control.label}, {POINTS[at]}", value_text(new[at], percent=control.percent), "is out of order",
                f"low to likely to high; they are {allowed}",
            )  # fmt: skip
        heard(low if low == high else (low, likely, high))

    for at, (name, place) in enumerate(zip(POINTS, fields, strict=True)):
        number_field(
            f"{control.label}: {name}", now[at], reader_of(control), partial(moved, at), f"{key}_{name}",
            percent=control.percent, placeholder=name, place=place, bare=True,
        )  # fmt: skip
    with last:
        st.html(density_picture(control.label, now, shipped))


def _typed(control: Control, now: float | None, heard: Callable[[Override | None], None], key: str) -> None:
    """A field for a number; nothing typed takes the shipped value back."""
    number_field(
        control.label,
        now,
        reader_of(control),
        heard,
        key,
        percent=control.percent,
        help_text=control.help,
        row=control.row,
    )


def reader_of(control: Control) -> Callable[[str], float]:
    """What gives the number of a text within the limits of the control, and raises `InputError`."""

    def read(text: str) -> float:
        if not control.percent:
            return number(control.label, text, control.min, control.max, control.unit)
        allowed = f"{value_text((control.min, control.min, control.max), percent=True)}"
        value = share_of(control.label, text, allowed, "either")
        return within(control.label, text, value, control.min, control.max, allowed)

    return read


def number_field(
    label: str, now: float | None, read: Callable[[str], float], change: Callable[[float | None], None], key: str, *,
    percent: bool = False, help_text: str = "", placeholder: str = "not given", place: DeltaGenerator | None = None,
    bare: bool = False, row: str = "",
) -> None:  # fmt: skip
    """Draw a field that takes a number as people write it: a decimal comma, marks between thousands, a percent sign.

    Streamlit's own number field drops a comma in the browser, so that 278,5 becomes 2785. `read` gives the number of
    a text and raises `InputError`: then it is said, and the field shows `now` again. `change` hears the number, or
    None where the field was emptied. `place` is where to draw it, else the page as it goes on. A `bare` field is a
    blank in a sentence that says what it is: its label is there for those who hear the page.
    `row` is markdown behind the help.
    """
    text = "" if now is None else _typed_text(now, percent=percent)
    shown(key, text)

    def heard() -> None:
        given = str(st.session_state[key] or "").strip()
        try:
            change(read(given) if given else None)
        except InputError as problem:
            refuse(str(problem), key)

    (place or st).text_input(
        escaped(label), text, key=key, help=" ".join(filter(None, (escaped(help_text), row))) or None,
        placeholder=placeholder, max_chars=40,
        label_visibility="collapsed" if bare else "visible", on_change=when_heard(key, heard),
    )  # fmt: skip
    say_refused_at(key, place=place)


def _typed_text(value: float, *, percent: bool = False) -> str:
    """A number as its field shows it: `15.5%`, `1278.5`; no mark between thousands could be read otherwise."""
    digits = f"{value * 100 if percent else value:.{DIGITS}g}"
    plain = f"{float(digits):.{DIGITS}f}".rstrip("0").rstrip(".") if "e" in digits else digits
    return f"{plain}%" if percent else plain


def _slider(
    control: Control, now: Override, heard: Callable[[Override], None], key: str,
    middle: Callable[[float, float, float], float],
) -> None:  # fmt: skip
    low, central, high = _triple(now)
    ranged = isinstance(now, tuple) or isinstance(control.shipped, tuple)
    value: float | tuple[float, float] = (float(low), float(high)) if ranged else float(central)
    shown(key, value)

    def moved() -> None:
        new = st.session_state[key]
        if not isinstance(new, tuple):
            heard(round(new, DIGITS))
            return
        first, last = (round(end, DIGITS) for end in new)
        shipped = control.shipped
        if isinstance(shipped, tuple) and (first, last) == (shipped[0], shipped[2]):
            heard(shipped)
        elif first == last:  # both ends on one value pin it
            heard(first)
        else:
            before = central if low < high or shipped is None else _triple(shipped)[1]
            heard((first, middle(first, before, last), last))

    plain = "localized" if control.step >= FINEST else None
    st.slider(
        escaped(control.label), control.min, control.max, value, key=key, step=control.step,
        help=_help_text(control), on_change=when_heard(key, moved), format="percent" if control.percent else plain,
    )  # fmt: skip
