"""The chart builders, without a screen: what every figure must carry, in both forms, on odd data too."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import palette
from charts.amounts import bearers, dots, tornado, waterfall
from charts.curve import cost_curve
from charts.lines import paths
from charts.palette import Caption, Form
from charts.series import Scale, several
from model.common.ranges import Range
from views.components import PLOTLY

ROOT = Path(__file__).resolve().parents[2]
CAPTION = Caption(
    title="What a full blackout of one day costs, in a title so long that it is broken into several lines",
    range_text="Net direct loss $33M, range $14M to $77M",
    basis="Value added, less what is caught up, plus overtime",
    source="World Bank (July 2026), State Bank (FY25), and a list of further sources that takes its room too "
    * 2,
    stamp="1 January 2026, model 1.0, data 2026.1",
    alt="A chart in words.",
)
DAYS = np.array([0.0, 1 / 24, 0.25, 1.0, 7.0, 30.0, 365.0])
CURVE = pd.DataFrame({"days": DAYS, "low": 14 * DAYS, "median": 33 * DAYS, "high": 77 * DAYS})
CHAIN = pd.DataFrame(
    [
        ("gross", "Activity interrupted", 24, 56, 129, "value added"),
        ("caught_up", "caught up later", 9, 23, 53, "value added"),
        ("overtime", "overtime", 0.2, 0.6, 1.9, "wages"),
        ("net_direct", "Net direct loss", 14, 33, 77, "value added"),
        ("lagged_receipts", "Export contracts lost later", 0, 0.03, 14, "receipts"),
        ("coping", "Cost of keeping going", None, None, None, "cost"),
    ],
    columns=["id", "label", "low", "median", "high", "basis"],
)
NAMES = [
    "Wholesale and retail trade",
    "Professional, scientific and technical activities",
    "Education",
    *"ABCDEFG",
]
MEDIANS = np.linspace(9, 0.1, len(NAMES))
BEARERS = pd.DataFrame({"label": NAMES, "low": MEDIANS / 2, "median": MEDIANS, "high": MEDIANS * 2})
TORNADO = pd.DataFrame(
    {
        "label": ["Restart", "Multiplier"],
        "at_low": [32.0, 15.0],
        "at_high": [34.0, 72.0],
        "input_low": [0.5, 0.5],
        "input_high": [4, 2],
        "unit": ["hours", "x"],
    }
)
YEARS = np.arange(2025, 2031)
PATHS = pd.concat(
    [
        pd.DataFrame({"x": YEARS, "series": name, "value": 3 * (1 + rate) ** (YEARS - 2025)})
        for name, rate in (("Claimed 30 %", 0.3), ("Trend 13 %", 0.13), ("Disrupted", 0.129))
    ]
)
BARS = pd.DataFrame(
    {"label": ["Ours", "Theirs"], "value": [33.0, 115.0], "low": [14, None], "high": [77, None]}
)
SEVERAL = pd.concat(
    [
        CURVE.assign(
            series=name,
            own=CURVE["days"] == own,
            **{end: CURVE[end] * times for end in ("low", "median", "high")},
        )
        for name, own, times in (
            ("Three days", 1.0, 1.0),
            ("Mobile data cut of a week in Balochistan and Khyber Pakhtunkhwa, with a help desk", 7.0, 0.2),
            ("VPN block", 30.0, 1e-4),
        )
    ]
)
RATIOS = SEVERAL[SEVERAL["series"] != "Three days"].assign(low=0.1, median=0.2, high=1.4)


def money(value: float) -> str:
    return f"${value:.2g}M"


def _curve(form: Form, frame: pd.DataFrame = CURVE, chosen: float = 1.0) -> go.Figure:
    return cost_curve(frame, chosen, "M USD", CAPTION, form, money, "1 day")


BUILDERS: dict[str, Callable[[Form], go.Figure]] = {
    "curve": _curve,
    "chain": lambda form: waterfall(CHAIN, "M USD", CAPTION, form, money),
    "bearers": lambda form: bearers(BEARERS, "M USD", CAPTION, form, money),
    "tornado": lambda form: tornado(TORNADO, 33.0, "M USD", CAPTION, form, money),
    "paths": lambda form: paths(
        PATHS,
        "M USD",
        CAPTION,
        form,
        money,
        targets=[("Target", 10), ("Higher", 10.2)],
        baseline="Trend 13 %",
    ),
    "bars": lambda form: dots(BARS, "M USD", CAPTION, form, money),
    "several": lambda form: several(SEVERAL, "Three days", Scale("Cost, US dollars", money), CAPTION, form),
    "ratios": lambda form: several(
        RATIOS, "Three days", Scale("Times", str, (1.0, "┊ Three days")), CAPTION, form
    ),
}
every = pytest.mark.parametrize("name", BUILDERS)
FORMS = pytest.mark.parametrize("form", ["screen", "picture", "square"])


def _texts(figure: go.Figure) -> str:
    plain = " ".join(note.text for note in figure.layout.annotations)
    return re.sub(r"<[^>]+>", " ", plain).replace("\u00a0", " ")


@every
@pytest.mark.parametrize(("form", "size"), [("picture", (1600, 900)), ("square", (1080, 1080))])
def test_picture_explains_itself(name: str, form: Form, size: tuple[int, int]) -> None:
    layout = BUILDERS[name](form).layout
    assert (layout.width, layout.height) == size
    assert layout.paper_bgcolor == layout.plot_bgcolor == "#FFFFFF"
    assert "Arial" in layout.font.family and "DejaVu Sans" in layout.font.family
    words = re.sub(r"\s+", " ", _texts(BUILDERS[name](form)))
    parts = (
        CAPTION.title,
        CAPTION.range_text,
        CAPTION.basis,
        CAPTION.source.strip(),
        CAPTION.stamp,
        "NetToll",
    )
    for part in parts:
        assert part in words
    sizes = [note.font.size for note in layout.annotations]
    sizes += [layout.xaxis.tickfont.size, layout.xaxis.title.font.size, layout.font.size]
    assert min(sizes) >= (17 if form == "picture" else 13)
    assert layout.margin.t + layout.margin.b < 0.67 * size[1], "no room is left for the chart"


@every
def test_screen_follows_the_page(name: str) -> None:
    layout = BUILDERS[name]("screen").layout
    assert layout.width is None and 150 <= layout.height <= 640
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    inks = {layout.font.color, layout.xaxis.tickfont.color, *(note.font.color for note in layout.annotations)}
    assert inks == {None}
    assert CAPTION.title not in _texts(BUILDERS[name]("screen"))
    assert layout.margin.l + layout.margin.r <= 220, "too little is left at 390 px"
    assert layout.meta["alt"] == CAPTION.alt


@every
@FORMS
def test_figures_pass_plotlys_own_checks(name: str, form: Form) -> None:
    # The builders leave these checks out (palette.drawn), so that they are made here.
    go.Figure(BUILDERS[name](form).to_dict())


@every
@FORMS
def test_figures_are_sound(name: str, form: Form) -> None:
    figure = BUILDERS[name](form)
    axes = (figure.layout.xaxis, figure.layout.yaxis)
    titles = [axis.title.text or "" for axis in axes]
    unit = "Times" if name == "ratios" else "US dollars"
    assert any(unit in title for title in titles), "the unit is missing"
    for axis, title in zip(axes, titles, strict=True):
        assert (axis.type == "log") == ("log scale" in title), "a log axis is called one"
    if unit != "Times":
        assert any(str(tick).startswith("$") for axis in axes for tick in axis.ticktext or ()), (
            "ticks are money"
        )
    assert not [trace for trace in figure.data if trace.type == "bar"]
    assert not figure.layout.showlegend
    assert "NaN" not in figure.to_json() and "Infinity" not in figure.to_json()
    for trace in figure.data:
        for values in (trace.x, trace.y):
            assert isinstance(values, np.ndarray) and np.all(np.isfinite(values.astype(float)))


@every
def test_colours_are_the_palette(name: str) -> None:
    allowed = {colour.lower() for colour in (*palette.HUES, palette.BASELINE, palette.INK, "#FFFFFF")}
    allowed |= {"#44505c", "#5a6672"}  # quieter inks of the subtitle and the source line
    figure = BUILDERS[name]("picture").to_dict()
    figure["layout"].pop("template", None)
    used = {colour.lower() for colour in re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure, default=str))}
    assert used <= allowed
    assert len(palette.HUES) == 6


@pytest.mark.parametrize(
    ("chosen", "end"), [(1 / 24, 0.25), (1.0, 3.0), (3.0, 7.0), (30.0, 90.0), (365.0, 730.0)]
)
def test_curve_is_plain_and_ends_where_the_choice_lies_in_its_first_half(chosen: float, end: float) -> None:
    curve = pd.DataFrame({"days": DAYS * 2, "low": 14 * DAYS, "median": 33 * DAYS, "high": 77 * DAYS})
    for form in ("screen", "picture", "square"):
        layout = _curve(form, curve, chosen).layout
        assert (layout.xaxis.type, layout.yaxis.type) != ("log", "log") and layout.xaxis.range[0] == 0
        assert layout.xaxis.range[1] == pytest.approx(end * 1.02) and layout.yaxis.range[0] == 0
        top = 77 * end / 2
        assert top < layout.yaxis.range[1] < 1.3 * top, "the money is that of the durations that are shown"


def test_the_browser_gets_the_axes_for_every_length() -> None:
    windows = _curve("screen").layout.meta["windows"]
    longest = [most for most, _ in windows]
    assert longest == sorted(longest) and longest[-1] >= DAYS.max() / 2
    for _, update in windows:
        go.Figure(layout=update)  # a name or a value that Plotly does not know would raise
        assert len(update["xaxis.tickvals"]) == len(update["xaxis.ticktext"])


def test_curve_marks_the_choice() -> None:
    marks = [trace for trace in _curve("screen").data if trace.name == "chosen"]
    assert len(marks) == 1
    assert marks[0].x[0] == 1.0 and marks[0].y[0] == pytest.approx(33.0)
    assert "1 day: $33M ($14M to $77M)" in _texts(_curve("screen"))


def test_several_lines_keep_their_colours_and_the_baseline_is_grey() -> None:
    amounts, ratios = BUILDERS["several"]("screen"), BUILDERS["ratios"]("screen")
    colours = {
        trace.name: trace.line.color for trace in amounts.data if trace.mode == "lines" and trace.line.width
    }
    assert colours["Three days"] == palette.BASELINE and len(set(colours.values())) == 3
    for trace in ratios.data:
        if trace.mode == "lines" and trace.line.width:
            assert trace.line.color == colours[trace.name], "the same colour in both charts"
    marked = {trace.name: trace.x.tolist() for trace in amounts.data if trace.mode == "markers"}
    assert marked == {
        f"{name}, its own length": [at] for name, at in zip(colours, (1.0, 7.0, 30.0), strict=True)
    }
    words = _texts(amounts)
    assert "VPN block" in words and "Mobile data" in words and "…" in words, (
        "a long name is short beside its line"
    )
    names = [trace.name for trace in amounts.data if trace.mode == "lines" and trace.line.width]
    assert names[0] == "Three days", "under all others"


def test_several_lines_without_a_cost_or_ratio_say_so() -> None:
    nothing = SEVERAL.assign(low=0.0, median=0.0, high=0.0)
    figure = several(nothing, "Three days", Scale("Cost", money), CAPTION, "screen")
    assert "No measurable cost at any length" in _texts(figure) and not figure.data
    undefined = RATIOS.assign(low=np.nan, median=np.nan, high=np.nan)
    figure = several(undefined, "Three days", Scale("Times", str, (1.0, "┊")), CAPTION, "picture")
    assert "No ratio: in some simulations the reference costs nothing" in _texts(figure)


def test_several_lines_show_the_level_of_the_baseline_even_where_nobody_reaches_it() -> None:
    cheap = RATIOS.assign(low=0.01, median=0.02, high=0.04)
    figure = several(cheap, "Three days", Scale("Times", str, (1.0, "┊ Three days")), CAPTION, "screen")
    low, high = figure.layout.yaxis.range
    assert low < np.log10(0.01) and high > 0
    assert [shape.y0 for shape in figure.layout.shapes] == [1.0] and "┊ Three days" in _texts(figure)


def test_curve_band_that_reaches_zero() -> None:
    assert "$33M ($0M to $77M)" in _texts(_curve("screen", CURVE.assign(low=0.0)))


@pytest.mark.parametrize("chosen", [0.0, 1e-6, 1e6])
def test_curve_choice_off_the_axis(chosen: float) -> None:
    assert not [trace for trace in _curve("screen", chosen=chosen).data if trace.name == "chosen"]


def test_curve_without_any_cost_says_so() -> None:
    figure = _curve("picture", CURVE.assign(low=0.0, median=0.0, high=0.0))
    assert "No measurable cost" in _texts(figure)


def _rows(figure: go.Figure) -> list[tuple[float, float, float, float]]:
    """Height, low, middle and high of every row with a range, from top to bottom."""
    rows: list[tuple[float, float, float, float]] = []
    for trace in figure.data:
        if trace.xaxis == "x2":  # bears a second scale alone
            continue
        nothing = np.zeros(len(trace.x))
        minus, plus = (
            nothing if part is None else part for part in (trace.error_x.arrayminus, trace.error_x.array)
        )
        rows += zip(trace.y, trace.x - minus, trace.x, trace.x + plus, strict=True)
    return sorted(rows)


@FORMS
def test_chain_keeps_the_rest_apart_and_says_that_medians_do_not_add_up(form: Form) -> None:
    figure = waterfall(CHAIN, "M USD", CAPTION, form, money)
    rows = _rows(figure)
    assert [row[1:] for row in rows] == [
        pytest.approx(ends)
        for ends in [(24, 56, 129), (9, 23, 53), (0.2, 0.6, 1.9), (14, 33, 77), (0, 0.03, 14)]
    ]
    words = _texts(figure)
    assert "Counted separately (do not add)" in words and "not measured" in words and "do not add up" in words
    assert "\u2212 caught up later" in words and "+ overtime" in words and "= " not in words
    heights = [row[0] for row in rows]
    assert heights[4] - heights[3] > heights[3] - heights[2], "no gap before what is counted separately"


def test_bearers_keep_the_largest_and_leave_the_rest_to_the_table() -> None:
    figure = bearers(BEARERS, "M USD", CAPTION, "screen", money, top=4)
    assert [row[2] for row in _rows(figure)] == pytest.approx(MEDIANS[:4])
    assert f"{len(MEDIANS) - 4} smaller: see the table" in _texts(figure) and "Other" not in _texts(figure)


def test_bearers_do_not_leave_one_row_away() -> None:
    figure = bearers(BEARERS.head(5), "M USD", CAPTION, "screen", money, top=4)
    assert "smaller" not in _texts(figure) and len(_rows(figure)) == 5


def test_tornado_starts_with_the_widest() -> None:
    figure = tornado(TORNADO, 33.0, "M USD", CAPTION, "screen", money)
    dots = {trace.marker.color: trace for trace in figure.data if trace.marker.size}
    low, high = dots[palette.SKY], dots[palette.VERMILLION]
    first = int(np.argmin(low.y))
    assert (low.x[first], high.x[first]) == (15.0, 72.0) and "Multiplier low" in low.customdata[first]
    words = _texts(figure)
    assert "assumption low" in words and "all at their middle: $33M" in words and "0.5 to 4 hours" in words


@FORMS
@pytest.mark.parametrize("rows", [8, 60])
def test_a_chart_that_nobody_sees_whole_has_its_scale_above_it_too(form: Form, rows: int) -> None:
    frame = pd.DataFrame(
        {"label": [f"Row {at}" for at in range(rows)], "low": 1.0, "value": 2.0, "high": 3.0}
    )
    plain = dots(frame, "M USD", CAPTION, form, money)
    figure = go.Figure(plain.to_dict())  # checked by Plotly, as every builder's
    above = [trace for trace in figure.data if trace.xaxis == "x2"]
    assert len(above) == int(form == "screen" and rows > 30)
    if above:
        axis = figure.layout.xaxis2
        assert (axis.side, axis.matches, axis.ticktext) == ("top", "x", figure.layout.xaxis.ticktext)


@FORMS
def test_how_a_row_differs_stands_with_its_own_value(form: Form) -> None:
    """Above the value it lay nearer to the line of the row before."""
    frame = pd.DataFrame(
        {"label": ["a", "b"], "low": 1.0, "value": 2.0, "high": 3.0, "between": ["", "+$1M from a"]}
    )
    figure = dots(frame, "M USD", CAPTION, form, money)
    (note,) = [note for note in figure.layout.annotations if "+$1M from a" in note.text]
    assert note.text.startswith("$2M ($1M to $3M)<br>"), note.text
    first, second = (row[0] for row in _rows(figure))
    assert first < note.y <= second, "above its own line, or at its height"


@FORMS
def test_what_is_probably_nothing_is_told_as_in_the_text(form: Form) -> None:
    frame = pd.DataFrame({"label": ["later"], "low": 0.0, "value": 0.037, "high": 14.0})
    said = re.sub(r"\s+", " ", _texts(dots(frame, "M USD", CAPTION, form, money)))
    assert Range(0.0, 37e3, 14e6).money().full in said


@FORMS
def test_no_word_of_a_row_is_cut_or_lies_on_another(form: Form) -> None:
    names = [f"Professional, scientific and technical activities of kind number {at}" for at in range(22)]
    frame = pd.DataFrame({"label": names, "low": 1.0, "value": 2.0, "high": 3.0, "between": "+ $1M ($0.5M)"})
    figure = dots(frame, "M USD", CAPTION, form, money)
    words = _texts(figure)
    assert all(name in re.sub(r"\s+", " ", words) for name in names) and "…" not in words
    plot = figure.layout.yaxis.range[0]
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    boxes = []
    for note in figure.layout.annotations:
        if note.yref == "y" and note.x == 0:
            tall = (note.text.count("<br>") + 1) * note.font.size * 1.2
            at = note.y / plot * height
            boxes.append((at - tall / 2, at + tall / 2) if note.yanchor == "middle" else (at, at + tall))
    assert len(boxes) == len(names)
    for (_, bottom), (top, _) in itertools.pairwise(sorted(boxes)):
        assert bottom <= top + 1
    assert len(_rows(figure)) == len(names), "no row is left away"


@pytest.mark.parametrize("form", ["screen", "picture"])
def test_paths_labels_do_not_overlap(form: Form) -> None:
    figure = BUILDERS["paths"](form)
    ends = [note for note in figure.layout.annotations if note.x == 1 and note.yref == "paper"]
    assert len(ends) == 3
    ordered = sorted(ends, key=lambda note: -note.yshift)
    for upper, lower in itertools.pairwise(ordered):
        needed = 1.2 * upper.font.size * (upper.text.count("<br>") + lower.text.count("<br>") + 2) / 2
        assert upper.yshift - lower.yshift >= needed
    dashes = [trace.line.dash for trace in figure.data if trace.mode == "lines"]
    assert len({(trace.line.dash, trace.line.color) for trace in figure.data}) == len(dashes)


def test_paths_refuse_more_lines_than_colours() -> None:
    frame = pd.DataFrame({"x": [0.0] * 7, "series": list("ABCDEFG"), "value": range(7)})
    with pytest.raises(ValueError, match="7 series; at most 6"):
        paths(frame, "M USD", CAPTION, "screen", money)


def test_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="screen, picture, square"):
        _curve("poster")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["screen", "picture"])
def test_all_zero_and_empty_bars(form: Form) -> None:
    zero = BEARERS.assign(low=0.0, median=0.0, high=0.0)
    for frame in (zero, BEARERS.iloc[:0]):
        figure = bearers(frame, "M USD", CAPTION, form, money)
        low, high = figure.layout.xaxis.range
        assert np.isfinite([low, high]).all() and low < high


def test_the_vendored_library_is_there_with_its_licence() -> None:
    head = (ROOT / "static" / PLOTLY).read_text(encoding="utf-8")[:200]
    assert "plotly.js (basic - minified) v4." in head
    assert "MIT License" in (ROOT / "static" / "plotly-LICENSE.txt").read_text(encoding="utf-8")


def test_what_is_private_of_plotly_is_in_one_place_and_still_there() -> None:
    """When plotly.js has other names, `axesOf` finds none and the explorer's marker stays away.

    Then find the axis' offset, length and scale in the new library, or draw the marker as a trace of the figure.
    """
    library = (ROOT / "static" / PLOTLY).read_text(encoding="utf-8")
    for name in ("_fullLayout", "_offset", "_length", "d2p"):
        assert f".{name}" in library
    folder = ROOT / "views" / "components"
    for path in folder.rglob("*.js"):
        names = re.findall(r"\._[a-z]\w+|\bd2p\b", path.read_text(encoding="utf-8"))
        assert not names or path.name == "plotly_private.js", (path, names)
    for path in (*(ROOT / "charts").rglob("*.py"), *(ROOT / "views").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:figure|layout|fig|go|plotly\w*)\._[a-z]|from plotly\S* import _", text), (
            path
        )


@pytest.mark.parametrize(("form", "height"), [("picture", 900), ("square", 1080)])
def test_a_picture_of_very_many_rows_grows_instead_of_leaving_rows_away(form: Form, height: int) -> None:
    frame = pd.DataFrame({"label": [f"A row with words, number {at}" for at in range(60)], "value": 2.0})
    figure = dots(frame, "M USD", CAPTION, form, money)
    assert figure.layout.height > height and len(_rows(figure)) == 60
    assert max(row[0] for row in _rows(figure)) < figure.layout.yaxis.range[0]
