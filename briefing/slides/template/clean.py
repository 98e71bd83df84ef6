"""What is kept of a reader's slides: theme, masters, layouts and their pictures, in a new file with nothing else.

Runs in a process of its own (`model.reading.apart`), so it imports none of the project. It reads the file from its
standard input and writes either `ok` and the new file, or `no` and what is wrong as JSON. Of the file it opens only
the parts that the look needs, so that whatever else is in it is neither read nor kept: slides, notes, comments,
macros, embedded files and fonts, links, names of people, and what other programs have added.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

MOST_PARTS, MOST_XML, MOST_PICTURES = 10_000, 4 * 2**20, 40 * 2**20
MOST_LAYOUTS, MOST_ELEMENTS = 100, 60_000
EMU = 914_400  # an inch
LEAST, MOST = 4, 56  # inches of a side of a slide; PowerPoint has none above
MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can say
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = "http://www.w3.org/XML/1998/namespace"
STRICT = "http://purl.oclc.org/ooxml/"
A, P, R = f"{{{DRAWING}}}", f"{{{SHOW}}}", f"{{{OFFICE}}}"
KIND = "application/vnd.openxmlformats-officedocument.presentationml"
COLOURS = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
           "folHlink")  # fmt: skip
MAPPED = ("bg1", "tx1", "bg2", "tx2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
          "folHlink")  # fmt: skip
# What moves, sounds, links or belongs to another program.
FOREIGN = {
    "extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "snd", "custDataLst", "controls", "control", "oleObj",
    "contentPart", "timing", "transition", "videoFile", "audioFile", "wavAudioFile", "quickTimeFile", "audioCd",
}  # fmt: skip
IN_THEME = {"themeElements", "objectDefaults", "extraClrSchemeLst", "custClrLst"}
PICTURES = (  # first bytes, kind
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"), (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"), (b"\x01\0\0\0", "emf"), (b"\xd7\xcd\xc6\x9a", "wmf"),
)  # fmt: skip
PLAIN_FORMS = ("png", "jpeg")  # all else that is a picture becomes PNG
DRAWINGS = ("emf", "wmf")  # may hold texts, comments and other files anywhere
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in a JPEG: what ends the dots before it
PLAIN_CHUNKS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT",
}  # fmt: skip
PLAIN_SEGMENTS = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD}  # of a JPEG: dots, and how to read them
ADOBE = b"\xff\xee\x00\x0eAdobe"  # says how the colours are stored, in 16 bytes
Picture = Callable[[str], str | None]  # the name that a kept picture has, by its number in the old file


class RefusedError(Exception):
    """What is wrong with the file: of which part, what, and what would be right ("" for a file of slides)."""

    def __init__(self, value: str, problem: str, allowed: str = "") -> None:
        super().__init__(value, problem, allowed)


class _GivenFile:
    """The file that was given: its parts by name, each read once, within limits."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise RefusedError(
                "file", "has a password or the form of before 2007", "a .pptx without a password"
            )
        try:
            self.packed = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError):
            raise RefusedError("file", "cannot be opened") from None
        self.parts = {item.filename: item for item in self.packed.infolist()}
        if len(self.packed.infolist()) > MOST_PARTS:
            raise RefusedError("file", f"has more than {MOST_PARTS:,} parts")
        self.pictures = self.elements = 0

    def has(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str, most: int) -> bytes:
        if name not in self.parts:
            raise RefusedError(_short(name), "is missing")
        part = self.parts[name]
        if part.flag_bits & 1:
            raise RefusedError("file", "has a password", "a .pptx without a password")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedError(_short(name), "is packed in an unusual way")
        if part.file_size > most:
            raise RefusedError(_short(name), "unpacks to too much", f"parts of at most {most // 2**20} MB")
        try:
            return self.packed.read(part)
        except Exception:  # cut, changed after it was packed, or made to mislead
            raise RefusedError(_short(name), "cannot be unpacked") from None

    def picture(self, name: str) -> bytes:
        content = self.read(name, MOST_PICTURES)
        self.pictures += len(content)
        if self.pictures > MOST_PICTURES:
            raise RefusedError("pictures", "are too large", f"at most {MOST_PICTURES // 2**20} MB together")
        return content

    def xml(self, name: str, wanted: str = "") -> Any:
        """The root of a part; `wanted` is the name that it must have."""
        content = self.read(name, MOST_XML)
        # Nothing is fetched and no entity is resolved; the parser itself limits depth and growth.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise RefusedError(_short(name), "is no XML that can be read") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise RefusedError(_short(name), "declares a type of its own")
        self.elements += sum(1 for _ in root.iter())
        if self.elements > MOST_ELEMENTS:
            raise RefusedError(
                "its layouts", "are too many or too complex", f"at most {MOST_ELEMENTS:,} elements"
            )
        if wanted and root.tag != wanted:
            if STRICT in str(root.tag):
                raise RefusedError("file", "is Strict Open XML", "a plain .pptx: choose it when saving")
            raise RefusedError(_short(name), "is not what its place says")
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Kind and part of what a part refers to inside the file, by number; what lies outside is left out."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(place):
            return {}
        rows = {}
        for item in self.xml(place):
            if isinstance(item.tag, str) and item.get("TargetMode", "Internal") == "Internal":
                target = (item.get("Target") or "").partition("#")[0]
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                rows[str(item.get("Id"))] = (str(item.get("Type") or "").rpartition("/")[2], path)
        return rows


@dataclass
class _New:
    """The file that is made: its parts and their kinds."""

    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)  # new name by old name

    def put(self, name: str, root: Any, kind: str, targets: list[tuple[str, str]]) -> None:
        """A part and what it refers to: kinds and parts, numbered rId1, rId2 ..."""
        self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.kinds[name] = kind
        folder, base = posixpath.split(name)
        rows = "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{what}" Target="/{target}"/>'
            for number, (what, target) in enumerate(targets, start=1)
        )
        text = f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'
        self.parts[posixpath.join(folder, "_rels", f"{base}.rels")] = text.encode()

    def packed(self) -> bytes:
        kinds = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.kinds.items()
        )
        endings = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in PLAIN_FORMS)
        types = (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{endings}{kinds}</Types>'
        )
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in {"[Content_Types].xml": types.encode(), **self.parts}.items():
                made.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
        return target.getvalue()


def _short(name: str) -> str:
    """A name from the file, fit for one line."""
    return re.sub(r"[^\w./-]", "?", name)[-60:] or "a part"


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def cleaned(content: bytes) -> bytes:
    """A new file that has the look of the one in `content` alone; raises `RefusedError`."""
    source, new = _GivenFile(content), _New()
    main = next((path for kind, path in source.relations("").values() if kind == "officeDocument"), "")
    if not main:
        raise RefusedError("file", "holds no slides")
    if not source.has(main):
        raise RefusedError(_short(main), "is missing")
    show = source.xml(main)
    if show.tag != f"{P}presentation":
        strict = STRICT in str(show.tag)
        raise RefusedError("file", "is Strict Open XML" if strict else "holds no slides")
    width, height = _size_of(show)
    near = source.relations(main)
    masters = [
        near[item.get(f"{R}id")][1] for item in show.iter(f"{P}sldMasterId") if item.get(f"{R}id") in near
    ]
    if not masters:
        raise RefusedError("slide master", "is missing")
    number, made = 0, list[str]()
    for path in masters[:10]:
        number, name = _add_master(source, new, path, number, len(made) + 1)
        made.append(name)
    ids = "".join(
        f'<p:sldMasterId id="{2147483648 + 1000 * at}" r:id="rId{at + 1}"/>' for at in range(len(made))
    )
    spaces = f'xmlns:a="{DRAWING}" xmlns:r="{OFFICE}" xmlns:p="{SHOW}"'
    extra = {"presProps": f"<p:presentationPr {spaces}/>", "viewProps": f"<p:viewPr {spaces}/>",
             "tableStyles": f'<a:tblStyleLst {spaces} def="{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}"/>'}  # fmt: skip
    for kind, text in extra.items():  # PowerPoint offers to repair a deck that lacks one of these
        new.put(f"ppt/{kind}.xml", etree.fromstring(text), f"{KIND}.{kind}+xml", [])
    root = etree.fromstring(
        f"<p:presentation {spaces}><p:sldMasterIdLst>{ids}</p:sldMasterIdLst><p:sldIdLst/>"
        f'<p:sldSz cx="{width}" cy="{height}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    targets = [*(("slideMaster", name) for name in made), *((kind, f"ppt/{kind}.xml") for kind in extra),
               ("theme", "ppt/theme/theme1.xml")]  # fmt: skip
    new.put("ppt/presentation.xml", root, f"{KIND}.presentation.main+xml", targets)
    text = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="ppt/presentation.xml"/></Relationships>'
    )
    new.parts["_rels/.rels"] = text.encode()
    return new.packed()


def _size_of(show: Any) -> tuple[int, int]:
    """Width and height of the slides, EMU."""
    size = show.find(f"{P}sldSz")
    sides = [size.get(name) if size is not None else None for name in ("cx", "cy")]
    if not all(text and re.fullmatch(r"\d{1,9}", text) for text in sides):
        raise RefusedError("slide size", "cannot be read", f"{LEAST} to {MOST} inches a side")
    width, height = (int(text or 0) for text in sides)
    if not all(LEAST * EMU <= side <= MOST * EMU for side in (width, height)):
        inches = " x ".join(f"{round(side / EMU, 1):g}" for side in (width, height))
        raise RefusedError(f"{inches} inches", "is no size of a slide", f"{LEAST} to {MOST} inches a side")
    return width, height


def _add_master(source: _GivenFile, new: _New, path: str, before: int, at: int) -> tuple[int, str]:
    """A master with its theme and layouts; returns how many layouts there are by now, and its new name."""
    root, near = source.xml(path, f"{P}sldMaster"), source.relations(path)
    _need(root, path, f"{P}cSld/{P}spTree")
    mapped = root.find(f"{P}clrMap")
    if mapped is None or not all(mapped.get(name) in COLOURS for name in MAPPED):
        raise RefusedError(_short(path), "has no complete map of colours")
    theme = next((target for kind, target in near.values() if kind == "theme"), "")
    new_theme, name = f"ppt/theme/theme{at}.xml", f"ppt/slideMasters/slideMaster{at}.xml"
    _add_theme(source, new, theme, new_theme)
    layouts = [
        near[item.get(f"{R}id")] for item in root.iter(f"{P}sldLayoutId") if item.get(f"{R}id") in near
    ]
    made: list[str] = []
    for kind, layout in layouts:
        if kind != "slideLayout" or not source.has(layout):
            continue
        if before + len(made) >= MOST_LAYOUTS:
            raise RefusedError("its layouts", "are too many", f"at most {MOST_LAYOUTS}")
        new_layout = f"ppt/slideLayouts/slideLayout{before + len(made) + 1}.xml"
        own, targets = source.xml(layout, f"{P}sldLayout"), [("slideMaster", name)]
        _need(own, layout, f"{P}cSld/{P}spTree")
        _strip(own, _pictures(source, new, source.relations(layout), targets))
        new.put(new_layout, own, f"{KIND}.slideLayout+xml", targets)
        made.append(new_layout)
    if not made:
        raise RefusedError("layouts", "are missing")
    targets = [*(("slideLayout", layout) for layout in made), ("theme", new_theme)]
    _strip(root, _pictures(source, new, near, targets))
    for old in root.findall(f"{P}sldLayoutIdLst"):
        root.remove(old)
    ids = etree.Element(f"{P}sldLayoutIdLst")
    for number in range(len(made)):
        item = etree.SubElement(ids, f"{P}sldLayoutId")
        item.set("id", str(2147483648 + 1000 * (at - 1) + number + 1))
        item.set(f"{R}id", f"rId{number + 1}")
    root.find(f"{P}clrMap").addnext(ids)
    new.put(name, root, f"{KIND}.slideMaster+xml", targets)
    return before + len(made), name


def _need(root: Any, name: str, path: str) -> None:
    if root.find(path) is None:
        raise RefusedError(_short(name), "has no shapes")


def _add_theme(source: _GivenFile, new: _New, path: str, name: str) -> None:
    if not path:
        raise RefusedError("theme", "is missing")
    root = source.xml(path, f"{A}theme")
    scheme = root.find(f"{A}themeElements/{A}clrScheme")
    if scheme is None:
        raise RefusedError(_short(path), "has no colours")
    codes = {_local(item): _code_of(item) for item in scheme if isinstance(item.tag, str)}
    if lacking := [key for key in COLOURS if not codes.get(key)]:
        raise RefusedError("theme", f"has no usable colour {lacking[0]}", "six hexadecimal figures each")
    for item in list(root):
        if _local(item) not in IN_THEME:
            root.remove(item)
    targets: list[tuple[str, str]] = []
    _strip(root, _pictures(source, new, source.relations(path), targets), fill="phClr")
    new.put(name, root, "application/vnd.openxmlformats-officedocument.theme+xml", targets)


def _code_of(colour: Any) -> str:
    """Six hexadecimal figures of a colour of a theme, empty where it has none."""
    inner = colour[0] if len(colour) else None
    if inner is None or _local(inner) not in ("srgbClr", "sysClr"):
        return ""
    if _local(inner) == "sysClr" and not inner.get("lastClr"):
        inner.set("lastClr", "FFFFFF" if inner.get("val") == "window" else "000000")
    text = inner.get("lastClr") or inner.get("val") or ""
    return text if re.fullmatch(r"[0-9A-Fa-f]{6}", text) else ""


def _pictures(
    source: _GivenFile, new: _New, near: dict[str, tuple[str, str]], targets: list[tuple[str, str]]
) -> Picture:
    """What gives a picture of a part its place in the new file, and None for what is no picture there."""
    numbers: dict[str, str] = {}

    def place_of(identifier: str) -> str | None:
        kind, old = near.get(identifier, ("", ""))
        if kind != "image" or not source.has(old):
            return None
        if old not in new.pictures:
            content = source.picture(old)
            form = next((form for first, form in PICTURES if content.startswith(first)), "")
            if form in DRAWINGS:
                raise RefusedError(
                    _short(old), "is a drawing, in which names can stand anywhere",
                    "PNG or JPEG (in the slide master: cut it, paste it as a picture)",
                )  # fmt: skip
            if form not in PLAIN_FORMS:
                content, form = _as_png(content, form), "png"
            if not content:
                return None
            new.pictures[old] = f"ppt/media/image{len(new.pictures) + 1}.{form}"
            new.parts[new.pictures[old]] = _plain_picture(content, form)
        if old not in numbers:
            targets.append(("image", new.pictures[old]))
            numbers[old] = f"rId{len(targets)}"
        return numbers[old]

    return place_of


def _as_png(content: bytes, form: str) -> bytes:
    """The dots of a picture of another form, nothing where they cannot be read."""
    if not form:
        return b""
    from PIL import Image  # few templates need it

    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            picture.convert("RGBA").save(target, "PNG", icc_profile=None)
    except MemoryError:
        raise
    except Exception:  # cut, or made to mislead
        return b""
    return target.getvalue()


def _plain_picture(content: bytes, form: str) -> bytes:
    """A picture of a form of `PLAIN_FORMS` without author, place and program, and without what is behind its end."""
    if form == "png":
        parts, at, kind = [content[:8]], 8, b""
        while at + 12 <= len(content) and kind != b"IEND":
            size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
            if kind in PLAIN_CHUNKS:
                parts.append(content[at : at + 12 + size])
            at += 12 + size
        return b"".join(parts)
    parts, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xD9:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] == 0xDA:
            next_one = MARKER.search(content, end)
            end = next_one.start() if next_one else len(content)
        if content[at + 1] in PLAIN_SEGMENTS or content.startswith(ADOBE, at):
            parts.append(content[at:end])
        at = end
    return b"".join([*parts, b"\xff\xd9"])


def _strip(root: Any, picture: Picture, fill: str = "") -> None:
    """Take out of a part whatever moves, links, belongs to another program or has lost its picture."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            _drop(element)  # comments, and instructions for programs
        elif _local(element) in FOREIGN or not element.tag.startswith((A, P)):
            _drop(element)
        elif _local(element) == "graphicFrame" and element.find(f".//{A}tbl") is None:
            _drop(element)  # a chart, a diagram, another program's object
    for blip in list(root.iter(f"{A}blip")):
        number = picture(blip.get(f"{R}embed") or "")
        if number is None:
            _without_picture(blip, fill)
        else:
            blip.set(f"{R}embed", number)
    for element in root.iter():
        for name in list(element.attrib):
            space = name[1:].partition("}")[0] if name.startswith("{") else ""
            own = name == f"{R}embed" and element.tag == f"{A}blip"
            if (space not in ("", XML) and not own) or name in ("descr", "title"):
                del element.attrib[name]
    etree.cleanup_namespaces(root, keep_ns_prefixes=["a", "p", "r"])


def _without_picture(blip: Any, fill: str) -> None:
    holder = blip.getparent()
    owner = holder.getparent() if holder is not None else None
    if holder is None or owner is None:
        return
    if _local(holder) != "blipFill" or owner.tag == f"{P}pic":
        _drop(holder if _local(holder) != "blipFill" else owner)
        return
    colour = fill or ("bg1" if _local(owner) == "bgPr" else "")
    plain = etree.Element(f"{A}solidFill" if colour else f"{A}noFill")
    if colour:
        etree.SubElement(plain, f"{A}schemeClr").set("val", colour)
    owner.replace(holder, plain)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def answer(content: bytes) -> bytes:
    """`ok` and the clean file, or `no` and what is wrong."""
    try:
        return b"ok\n" + cleaned(content)
    except RefusedError as problem:
        return b"no\n" + json.dumps(problem.args).encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
