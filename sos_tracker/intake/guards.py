"""What is refused before any of it is read: too large, locked, with macros, a zip bomb, or no table at all."""

import io
import re
import struct
import zipfile
import zlib

LARGEST_FILE = 30 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_RATIO = 200
LARGEST_TABLE = 20_000_000
"""Cells, filled or not, from the first corner of a sheet to its last."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Save the table as an Excel workbook (.xlsx) or as CSV and try again."
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


class Refused(Exception):
    """The file cannot be read at all: ``args`` are the problem and the remedy, in sentences."""

    @property
    def problem(self) -> str:
        return str(self.args[0])

    @property
    def remedy(self) -> str:
        return str(self.args[1])


def kind_of_container(content: bytes) -> str:
    """ "xlsx", "xlsb", "ods", "xls" or "text"; raises Refused for everything else."""
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise Refused("The file is empty.", "Choose the file again: it may not have been saved.")
    if len(content) > LARGEST_FILE:
        raise Refused(
            f"The file is {len(content) / 1024 / 1024:,.0f} MB; the largest that can be read is "
            f"{LARGEST_FILE // 1024 // 1024} MB.",
            "Save only the sheet with the rows of this programme, or split it by year, and import the parts.",
        )
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith(_ZIP):
        return _zip_kind(content)
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise Refused(f"This is {what}, not a table.", _SAVE_AS)
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if re.match(rb"<(!doctype html|html|table|\?xml|style|head|body)", start):
        raise Refused(
            "This is a web page or XML saved under the name of a spreadsheet.",
            "Open it in Excel and save it as an Excel workbook (.xlsx).",
        )
    if start.startswith((b"{", b"[{")):
        raise Refused("This is a data file (JSON), not a table.", _SAVE_AS)
    return "text"


def _ole_kind(content: bytes) -> str:
    names = _ole_names(content)
    if {"EncryptedPackage", "EncryptionInfo"} & names:
        raise Refused(
            "The workbook is protected by a password.",
            "Open it, remove the password (File, Info, Protect Workbook), save it and try again.",
        )
    if {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"} & names:
        raise _macros()
    if not {"Workbook", "Book"} & names:
        what = "a Word document" if "WordDocument" in names else "a file of another program"
        raise Refused(f"This is {what}, not a table.", _SAVE_AS)
    return "xls"


def _ole_names(content: bytes) -> set[str]:
    """The names in an OLE file's directory (compound file binary format, MS-CFB 2.6): 128 bytes an entry."""
    shift = struct.unpack_from("<H", content, 30)[0] if len(content) >= 512 else 0
    if shift not in (9, 12):
        raise Refused("The workbook is damaged and cannot be opened.", _SAVE_AS)
    size = 1 << shift
    names = set()
    for start in range(size, len(content) - 127, 128):
        length = struct.unpack_from("<H", content, start + 64)[0]
        if 4 <= length <= 64 and length % 2 == 0 and content[start + 66] in (1, 2, 5) and content[start + 67] in (0, 1):
            names.add(content[start : start + length - 2].decode("utf-16-le", errors="replace"))
    return names


def _macros() -> Refused:
    return Refused("The workbook holds macros.", "Save it as .xlsx, without macros, and try again.")


_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError, KeyError)


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = _kind_by_members(archive, {member.filename for member in archive.infolist()})
            _refuse_bomb(archive, content, kind)
            return kind
    except (*_DAMAGED, RuntimeError, ValueError, OSError) as fault:
        raise Refused("The workbook is damaged and cannot be opened.", _SAVE_AS) from fault


def _refuse_bomb(archive: zipfile.ZipFile, content: bytes, kind: str) -> None:
    """Unpacks every member within limits, whatever size it declares, and looks at the sheets on the way."""
    members = archive.infolist()
    declared = sum(member.file_size for member in members)
    if declared > LARGEST_UNPACKED or (declared > 50 * 1024 * 1024 and declared > LARGEST_RATIO * len(content)):
        raise _bomb()
    left = LARGEST_UNPACKED
    for member in members:
        unpacked = _unpacked(member, content, left)
        left -= len(unpacked)
        if left <= 0 or len(unpacked) > member.file_size + 1024:
            raise _bomb()
        if kind == "xlsx" and re.match(r"xl/worksheets/[^/]+\.xml$", member.filename, re.I):
            _refuse_endless_sheet(unpacked)
        elif kind == "ods" and member.filename == "content.xml":
            _refuse_endless_repeats(unpacked)


def _unpacked(member: zipfile.ZipInfo, content: bytes, most: int) -> bytes:
    """A member's real bytes, at most ``most`` + 1 of them (the zip format, APPNOTE 4.3.7: a header of 30 bytes)."""
    name, extra = struct.unpack_from("<HH", content, member.header_offset + 26)
    start = member.header_offset + 30 + name + extra
    packed = content[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return packed
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(member.compress_type)
    return zlib.decompressobj(-15).decompress(packed, max(most, 0) + 1)


def _kind_by_members(archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _macros()
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        raise Refused("This is a Word document, not a table.", _SAVE_AS)
    if any(name.startswith("ppt/") for name in names):
        raise Refused("This is a presentation, not a table.", _SAVE_AS)
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as opened:
            if b"spreadsheet" in opened.read(200):
                if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml")[:5_000_000]:
                    raise Refused(
                        "The workbook is protected by a password.",
                        "Open it, remove the password, save it and try again.",
                    )
                return "ods"
        raise Refused("This is a document, not a table.", _SAVE_AS)
    if any(name.lower().endswith(".xml") and name.lower().startswith("xl/") for name in names):
        return "xlsx"
    raise Refused("This is a compressed folder (zip), not a table.", "Unpack it and import the files that are in it.")


def _bomb() -> Refused:
    return Refused(
        "The workbook unpacks to far more than a workbook of its size should hold.",
        "Copy the table into a new workbook, save it as .xlsx and try again.",
    )


_FAR_CELL = re.compile(rb'r="[A-Z](?:[A-Z]|\d{6})')
_CELL = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')


def _refuse_endless_sheet(sheet: bytes) -> None:
    """A few cells far apart make the reader lay out every empty cell between them."""
    if not _FAR_CELL.search(sheet):
        return
    widest = deepest = 1
    for letters, digits in _CELL.findall(sheet):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        widest, deepest = max(widest, column), max(deepest, int(digits))
    if widest * deepest > LARGEST_TABLE:
        raise endless()


_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d+)\"")


def _refuse_endless_repeats(content: bytes) -> None:
    """In an .ods a filled cell or row may be written once and repeated a million times."""
    if any(int(times) > 10_000 for times in _REPEATED.findall(content)) and _FILLED_REPEAT.search(content):
        raise endless()


_FILLED_REPEAT = re.compile(
    rb"<table:table-cell[^>]*number-columns-repeated=\"\d{5,}\"[^>]*office:value|"
    rb"<table:table-row[^>]*number-rows-repeated=\"\d{6,}\"[^>]*>(?:(?!</table:table-row>).){0,5000}?office:value-type",
    re.S,
)


def endless() -> Refused:
    """The refusal of a sheet whose first and last cell are too far apart to lay out."""
    return Refused(
        "A sheet has cells millions of rows or columns apart.",
        "Delete the stray cells below and to the right of the table, or copy the table into a new workbook.",
    )
