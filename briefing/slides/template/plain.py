"""The plain template of ours: an empty 16:9 deck with two layouts, written out here so that it is the same each time.

Sizes are EMU (914,400 an inch), sizes of letters hundredths of a point.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache

WIDTH, HEIGHT = 12_192_000, 6_858_000
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every part of a file: the first that a ZIP file can say
EDGE, WIDE = 548_640, WIDTH - 2 * 548_640
TITLE, BODY = (EDGE, 301_752, WIDE, 996_696), (EDGE, 1_417_320, WIDE, 4_864_608)
FOOT_TOP, FOOT_HIGH = 6_382_512, 310_896
DATE, NUMBER = (
    (EDGE, FOOT_TOP, 2_194_560, FOOT_HIGH),
    (WIDTH - EDGE - 1_371_600, FOOT_TOP, 1_371_600, FOOT_HIGH),
)
FOOTER = (DATE[0] + DATE[2], FOOT_TOP, NUMBER[0] - DATE[0] - DATE[2], FOOT_HIGH)
# Every accent has a contrast of 3:1 or more to white.
COLOURS = {
    "dk1": "1F2933", "lt1": "FFFFFF", "dk2": "0B3954", "lt2": "F3F5F7", "accent1": "0072B2", "accent2": "D55E00",
    "accent3": "00845F", "accent4": "9C5182", "accent5": "8A6D00", "accent6": "5B6770", "hlink": "005A8D",
    "folHlink": "5B6770",
}  # fmt: skip
FONT = "Arial"
SCRIPTS = {
    "Arab": "Arial", "Hebr": "Arial", "Thai": "Leelawadee UI", "Deva": "Nirmala UI", "Beng": "Nirmala UI",
    "Taml": "Nirmala UI", "Ethi": "Nyala", "Hans": "Microsoft YaHei", "Hant": "Microsoft JhengHei",
    "Jpan": "Yu Gothic", "Hang": "Malgun Gothic",
}  # fmt: skip

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.presentationml"
GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
TEXT = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
FACES = '<a:latin typeface="+m{0}-lt"/><a:ea typeface="+m{0}-ea"/><a:cs typeface="+m{0}-cs"/>'


@cache
def plain() -> bytes:
    """The template as a file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in _parts().items():
            packed.writestr(zipfile.ZipInfo(name, MOMENT), HEAD + text)
    return target.getvalue()


def _parts() -> dict[str, str]:
    parts = {
        "ppt/presentation.xml": ("presentation.main", _presentation()),
        "ppt/slideMasters/slideMaster1.xml": ("slideMaster", _master()),
        "ppt/slideLayouts/slideLayout1.xml": ("slideLayout", _layout("obj", "Title and content", body=True)),
        "ppt/slideLayouts/slideLayout2.xml": ("slideLayout", _layout("titleOnly", "Title only", body=False)),
        # PowerPoint offers to repair a deck that lacks one of these.
        "ppt/presProps.xml": ("presProps", f"<p:presentationPr {SPACES}/>"),
        "ppt/viewProps.xml": ("viewProps", f"<p:viewPr {SPACES}/>"),
        "ppt/tableStyles.xml": (
            "tableStyles",
            f'<a:tblStyleLst {SPACES} def="{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}"/>',
        ),
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{KIND}.{kind}+xml"/>' for name, (kind, _) in parts.items()
    )
    layouts = [("slideLayout", f"../slideLayouts/slideLayout{number}.xml") for number in (1, 2)]
    master = [("slideMaster", "../slideMasters/slideMaster1.xml")]
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}<Override PartName="/ppt/theme/theme1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.theme+xml"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "ppt/presentation.xml")]),
        **{name: text for name, (_, text) in parts.items()},
        "ppt/_rels/presentation.xml.rels": _relations(
            [("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml"),
             *((kind, f"{kind}.xml") for kind in ("presProps", "viewProps", "tableStyles"))]
        ),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations([*layouts, ("theme", "../theme/theme1.xml")]),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _relations(master),
        "ppt/slideLayouts/_rels/slideLayout2.xml.rels": _relations(master),
        "ppt/theme/theme1.xml": _theme(),
    }  # fmt: skip


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _presentation() -> str:
    return (
        f'<p:presentation {SPACES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldIdLst/><p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )


def _shape(
    number: int, name: str, kind: str, box: tuple[int, int, int, int] | None, text: str, anchor: str
) -> str:
    """A placeholder; without a box it stands where its master has it."""
    place = ""
    if box:
        place = f'<a:xfrm><a:off x="{box[0]}" y="{box[1]}"/><a:ext cx="{box[2]}" cy="{box[3]}"/></a:xfrm>'
        place += '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    inside = (
        f'<a:bodyPr lIns="0" rIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>' if box else "<a:bodyPr/>"
    )
    style = ""
    if box and kind in ALIGNED:
        letters = f'<a:defRPr sz="1200">{TEXT}{FACES.format("n")}</a:defRPr>'
        style = f'<a:lvl1pPr algn="{ALIGNED[kind]}">{letters}</a:lvl1pPr>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {_kind(kind, master=bool(box))}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody>{inside}"
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


PLACEHOLDERS = {
    "title": 'type="title"', "body": 'idx="1"', "date": 'type="dt" sz="half" idx="10"',
    "footer": 'type="ftr" sz="quarter" idx="11"', "number": 'type="sldNum" sz="quarter" idx="12"',
}  # fmt: skip
ALIGNED = {"date": "l", "footer": "ctr", "number": "r"}
PROMPTS = {
    "title": '<a:r><a:rPr lang="en-GB"/><a:t>Title</a:t></a:r>',
    "body": '<a:r><a:rPr lang="en-GB"/><a:t>Text</a:t></a:r>',
    "date": '<a:endParaRPr lang="en-GB"/>', "footer": '<a:endParaRPr lang="en-GB"/>',
    "number": '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/>'
    "<a:t>‹#›</a:t></a:fld>",
}  # fmt: skip
BOXES = {"title": TITLE, "body": BODY, "date": DATE, "footer": FOOTER, "number": NUMBER}


def _kind(kind: str, *, master: bool) -> str:
    """Text on the master is of the type of body; on a layout its place may hold anything."""
    return f'type="body" {PLACEHOLDERS[kind]}' if master and kind == "body" else PLACEHOLDERS[kind]


def _placeholders(*, body: bool, master: bool) -> str:
    kinds = [kind for kind in PLACEHOLDERS if body or kind != "body"]
    return "".join(
        _shape(
            number, f"{kind.capitalize()} {number}", kind, BOXES[kind] if master else None, PROMPTS[kind],
            "t" if kind == "body" else "ctr",
        )
        for number, kind in enumerate(kinds, start=2)
    )  # fmt: skip


def _layout(kind: str, name: str, *, body: bool) -> str:
    return (
        f'<p:sldLayout {SPACES} type="{kind}" preserve="1"><p:cSld name="{name}"><p:spTree>{GROUP}'
        f"{_placeholders(body=body, master=False)}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/>"
        "</p:clrMapOvr></p:sldLayout>"
    )


def _master() -> str:
    levels = "".join(
        _level(number, size) for number, size in enumerate((2000, 1800, 1800, 1800, 1800), start=1)
    )
    return (
        f'<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>'
        f"{GROUP}{_placeholders(body=True, master=True)}</p:spTree></p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/><p:sldLayoutId id="2147483650" r:id="rId2"/>'
        "</p:sldLayoutIdLst><p:txStyles>"
        f'<p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:defRPr sz="2800" b="1">{TEXT}'
        f"{FACES.format('j')}</a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f'<p:otherStyle><a:lvl1pPr><a:defRPr sz="1800">{TEXT}{FACES.format("n")}</a:defRPr></a:lvl1pPr></p:otherStyle>'
        "</p:txStyles></p:sldMaster>"
    )


def _level(number: int, size: int) -> str:
    indent = 228_600 * number
    return (
        f'<a:lvl{number}pPr marL="{indent}" indent="-228600" algn="l"><a:spcBef><a:spcPts val="600"/></a:spcBef>'
        f'<a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="{size}">{TEXT}{FACES.format("n")}</a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


def _theme() -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{code}"/></a:{name}>' for name, code in COLOURS.items())
    scripts = "".join(f'<a:font script="{script}" typeface="{face}"/>' for script, face in SCRIPTS.items())
    faces = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>{scripts}'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="NetToll"><a:themeElements>'
        f'<a:clrScheme name="NetToll">{colours}</a:clrScheme><a:fontScheme name="NetToll"><a:majorFont>{faces}'
        f"</a:majorFont><a:minorFont>{faces}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="NetToll"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
