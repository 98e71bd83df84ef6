"""Templates that were made to do harm, are broken, or hold more than their look: each by name, made by code."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pptx import Presentation

Change = bytes | None | Callable[[bytes], bytes]
SECRET = "SECRET"  # stands in whatever must not go on
MAIN, MASTER, LAYOUT, THEME = (
    "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml",
    "ppt/theme/theme1.xml",
)  # fmt: skip
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in range(ord("a"), ord("k"))
)


@cache
def deck() -> bytes:
    """The template of python-pptx."""
    target = io.BytesIO()
    Presentation().save(target)
    return target.getvalue()


def edited(changes: Mapping[str, Change], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """That template with other parts: bytes, a change of what is there, or None for none."""
    with zipfile.ZipFile(io.BytesIO(deck())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, change in changes.items():
        made = change(parts[name]) if callable(change) else change
        if made is None:
            parts.pop(name, None)
        else:
            parts[name] = made
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", kind, compresslevel=1) as new:  # quickly: some parts are large
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def swap(*pairs: tuple[str, str]) -> Callable[[bytes], bytes]:
    """A change of texts; each must be there."""

    def change(content: bytes) -> bytes:
        for old, new in pairs:
            assert old.encode() in content, old
            content = content.replace(old.encode(), new.encode())
        return content

    return change


def size(width: int | str, height: int | str) -> bytes:
    return edited({MAIN: swap(('cx="9144000" cy="6858000"', f'cx="{width}" cy="{height}"'))})


def relations(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that are no usable template."""
    yield "nothing", b""
    yield "text", b"not a deck at all"
    yield "cut", deck()[:9_000]
    yield "cut at the end", deck()[:-60]
    yield "large", b"P" * (21 * 2**20)
    yield "a file of XML", LAUGHS + b"]><l>&k;</l>"
    yield "bomb", edited({MAIN: b"0" * (201 * 2**20)})
    yield "bomb in a master", edited({MASTER: b"<a>" + b" " * (60 * 2**20) + b"</a>"})
    yield "laughs", edited({MAIN: LAUGHS + b"]><l>&k;</l>"})
    yield "laughs in a theme", edited({THEME: LAUGHS + b"]><l>&k;</l>"})
    outside = (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><p:sldMaster xmlns:p="x">&b;</p:sldMaster>'
    )
    yield "a file from outside", edited({MASTER: outside})
    yield "text where XML should be", edited({LAYOUT: b"\xff\xfe\x00nothing"})
    yield "deep", edited({LAYOUT: b"<a>" * 100_000})
    yield "size of zero", size(0, 0)
    yield "no width", size("wide", 6858000)
    yield "one inch", size(914400, 914400)
    yield "a thousand inches", size(914400000, 914400000)
    yield "no size", edited({MAIN: swap(("sldSz ", "other "))})
    yield "no master", edited({MASTER: None})
    yield "no theme", edited({THEME: None})
    yield "no relations of the master", edited({relations(MASTER): None})
    yield "no relations of the deck", edited({relations(MAIN): None})
    yield "no root", edited({"_rels/.rels": None})
    yield (
        "a path out of the file",
        edited({relations(MAIN): swap(("slideMasters/slideMaster1.xml", "../../../../../etc/passwd"))}),
    )
    yield "a circle", edited({relations(MAIN): swap(("slideMasters/slideMaster1.xml", "presentation.xml"))})
    yield (
        "a master that is its layout",
        edited(
            {
                relations(MASTER): swap(
                    *((f"../slideLayouts/slideLayout{n}.xml", "slideMaster1.xml") for n in range(1, 12))
                )
            }
        ),
    )
    yield "a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)
    locked = bytearray(deck())
    at = locked.rindex(b"PK\x01\x02", 0, locked.rindex(MAIN.encode()))
    locked[at + 8] |= 1
    yield "a locked part", bytes(locked)
    yield "packed otherwise", edited({}, zipfile.ZIP_LZMA)
    yield "many parts", edited({f"x/{number}.xml": b"" for number in range(11_000)})
    yield "a document", edited({MAIN: b'<w:document xmlns:w="http://x"/>'})
    yield "Strict", edited({MAIN: swap(("http://schemas.openxmlformats.org/presentationml/2006/main",
                                        "http://purl.oclc.org/ooxml/presentationml/main"))})  # fmt: skip
    yield "no map of colours", edited({MASTER: swap(("<p:clrMap ", "<p:other "))})
    yield "a colour that is none", edited({THEME: swap(('val="4F81BD"', 'val="blue"'))})
    yield "no colours", edited({THEME: swap(("a:clrScheme", "a:clrScheming"))})
    shape = '<p:sp><p:nvSpPr><p:cNvPr id="9" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
    yield "many shapes", edited({LAYOUT: swap(("</p:spTree>", shape * 20_000 + "</p:spTree>"))})
    every = [f"ppt/slideLayouts/slideLayout{number}.xml" for number in range(1, 12)]
    yield "no titles", edited(
        dict.fromkeys(every, lambda old: old.replace(b'type="title"', b'type="body" idx="7"').replace(
            b'type="ctrTitle"', b'type="body" idx="8"'))
    )  # fmt: skip
    yield (
        "numbers that are none",
        edited(dict.fromkeys([*every, MASTER], lambda old: old.replace(b'idx="1"', b'idx="x"'))),
    )
    yield (
        "boxes outside",
        edited(dict.fromkeys([*every, MASTER], lambda old: old.replace(b'<a:off x="', b'<a:off x="9'))),
    )
    yield "a drawing", pictured(("logo.emf", b"\x01\0\0\0" + SECRET.encode()))
    yield "an older drawing", pictured(("logo.wmf", b"\xd7\xcd\xc6\x9a" + SECRET.encode()))
    yield (
        "boxes of no size",
        edited(dict.fromkeys([*every, MASTER], lambda old: old.replace(b"<a:ext cx=", b"<a:ext cy0="))),
    )


def png(text: str) -> bytes:
    """A picture of one dot that says who made it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"tEXt", b"Author\0" + text.encode()) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
        + chunk(b"IEND", b"")
    )  # fmt: skip


def pictured(*pictures: tuple[str, bytes]) -> bytes:
    """That template with pictures on a layout, by the names of their files."""
    number, shape = (
        "rId7{0}",
        (
            '<p:pic><p:nvPicPr><p:cNvPr id="7{0}" name="logo"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
            '<a:blip r:embed="rId7{0}"/><a:stretch/></p:blipFill><p:spPr/></p:pic>'
        ),
    )
    rows = "".join(
        f'<Relationship Id="{number.format(at)}" Type="{OFFICE}/image" Target="../media/{name}"/>'
        for at, (name, _) in enumerate(pictures)
    )
    shapes = "".join(shape.format(at) for at in range(len(pictures)))
    return edited({
        LAYOUT: swap(("</p:spTree>", f"{shapes}</p:spTree>")),
        relations(LAYOUT): swap(("</Relationships>", f"{rows}</Relationships>")),
        **{f"ppt/media/{name}": content for name, content in pictures},
    })  # fmt: skip


JPEG_OWN = (*range(0xE0, 0xF0), 0xFE)


def of_every_form() -> list[tuple[str, bytes]]:
    """A picture of four colours in each form of dots, each saying who made it."""
    picture = Image.new("RGB", (16, 16))
    for at, colour in enumerate(((255, 0, 0), (0, 255, 0), (0, 0, 255), (9, 9, 9))):
        picture.paste(colour, (8 * (at % 2), 8 * (at // 2), 8 * (at % 2) + 8, 8 * (at // 2) + 8))
    exif, info = Image.Exif(), PngInfo()
    exif[0x013B] = SECRET  # the artist
    info.add_text("Author", SECRET)
    profile = SECRET.encode()  # of colours: whose screen it was
    how: dict[str, dict[str, object]] = {
        "png": {"pnginfo": info, "icc_profile": profile},
        "jpeg": {"exif": exif, "comment": SECRET, "quality": 95, "progressive": True, "icc_profile": profile},
        "gif": {"comment": SECRET.encode()}, "tiff": {"exif": exif, "icc_profile": profile}, "bmp": {},
    }  # fmt: skip
    made = []
    for form, options in how.items():
        target = io.BytesIO()
        picture.save(target, form, **options)
        content = target.getvalue()
        if form == "jpeg":  # in every part that any program may call its own
            own = (
                b"\xff" + bytes([kind]) + (2 + len(SECRET)).to_bytes(2, "big") + SECRET.encode()
                for kind in JPEG_OWN
            )
            content = content[:2] + b"".join(own) + content[2:]
        made.append((f"logo.{form}", content + SECRET.encode()))
    return made


def taken() -> Iterator[tuple[str, bytes]]:
    """Files whose look can be used, and that hold what must not go on."""
    yield "a bomb in what is not read", edited({"ppt/slides/slide9.xml": b"0" * (150 * 2**20)})
    yield "no kinds", edited({"[Content_Types].xml": None})
    yield (
        "another encoding",
        edited({THEME: lambda old: old.decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
    )
    yield "macros", edited({"ppt/vbaProject.bin": SECRET.encode(), "[Content_Types].xml": swap(
        ("presentation.main+xml", "ms-powerpoint.presentation.macroEnabled.main+xml"))})  # fmt: skip
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="77" name="logo" descr="C:\\SECRET\\logo.png"><a:hlinkClick r:id="rId98"/>'
        '</p:cNvPr><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{0}" r:link="rId97"/><a:stretch/>'
        '</p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"/>'
        "</p:spPr></p:pic>"
    )
    other = (
        '<p:extLst><p:ext uri="{SECRET}"><x:y xmlns:x="http://SECRET.example" z="SECRET"/></p:ext></p:extLst>'
    )
    moves = "<!-- SECRET --><p:timing><p:tnLst/></p:timing>"
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for number, kind, target, mode in (
            (96, "image", "../media/logo.png", ""),
            (97, "image", "https://SECRET.example/x.png", ' TargetMode="External"'),
            (98, "hyperlink", "https://SECRET.example", ' TargetMode="External"'),
            (99, "oleObject", "../embeddings/SECRET.bin", ""), (95, "image", "../media/missing.png", ""),
            (94, "image", "../embeddings/SECRET.bin", ""),
        )
    )  # fmt: skip
    pictures = "".join(picture.format(number) for number in ("rId96", "rId95", "rId94", "rId1"))
    yield "links, names and what other programs added", edited({
        LAYOUT: swap(("</p:spTree>", f"{pictures}</p:spTree>"), ("</p:cSld>", f"</p:cSld>{moves}"),
                     ("</p:sldLayout>", f"{other}</p:sldLayout>")),
        relations(LAYOUT): swap(("</Relationships>", f"{rows}</Relationships>")),
        "ppt/media/logo.png": png(SECRET), "ppt/embeddings/SECRET.bin": SECRET.encode(),
        "docProps/app.xml": swap(("</Properties>", "<Manager>SECRET</Manager></Properties>")),
        "docProps/core.xml": swap(("</cp:coreProperties>", "<cp:keywords>SECRET</cp:keywords></cp:coreProperties>")),
        "ppt/notesMasters/notesMaster1.xml": SECRET.encode(), "ppt/comments/comment1.xml": SECRET.encode(),
        "customXml/item1.xml": SECRET.encode(), "ppt/fonts/font1.fntdata": SECRET.encode(),
        "ppt/printerSettings/printerSettings1.bin": SECRET.encode(),
    })  # fmt: skip
