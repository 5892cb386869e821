"""Files that are no table: each is answered with one sentence, nothing is read of it, and nothing crashes."""

import io
import os
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sos_tracker.intake import Known, SourceFile, guards
from tests.intake.workbooks import csv, read, xlsx

HEADCOUNTS = [["Session", "Agency", "Number attended"], ["TS1", "Police", 5]]


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def altered(change: Callable[[str, bytes], bytes]) -> bytes:
    """A good workbook with some of its members changed."""
    with zipfile.ZipFile(io.BytesIO(xlsx({"S": HEADCOUNTS}).content)) as archive:
        return zipped({name: change(name, archive.read(name)) for name in archive.namelist()})


def with_rows(rows: bytes) -> bytes:
    return altered(
        lambda name, member: member.replace(b"</sheetData>", rows + b"</sheetData>") if "sheet1" in name else member
    )


def compound(*names: str) -> bytes:
    """An OLE file with these entries in its directory, as Excel 97 and locked workbooks are."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    entries = b""
    for name in names:
        entry = bytearray(128)
        entry[: len(name) * 2] = name.encode("utf-16-le")
        struct.pack_into("<H", entry, 64, len(name) * 2 + 2)
        entry[66:68] = b"\x02\x01"
        entries += bytes(entry)
    return bytes(header) + entries.ljust(1024, b"\0")


FILES = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t ", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + os.urandom(200), "picture"),
    "pdf": (b"%PDF-1.7 and so on", "PDF"),
    "web page named .xls": (b"<html><table><tr><td>Session</td></tr></table></html>", "web page"),
    "letter": (b"Dear all,\nplease find attached.\nRegards", "no table"),
    "json": (b'{"division": []}', "JSON"),
    "zip": (zipped({"a.txt": b"x"}), "zip"),
    "Word": (zipped({"word/document.xml": b"x"}), "Word"),
    "Word 97": (compound("Root Entry", "WordDocument"), "Word"),
    "locked": (compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "password"),
    "macros": (zipped({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), "macros"),
    "macros of Excel 97": (compound("Root Entry", "Workbook", "_VBA_PROJECT_CUR"), "macros"),
    "cut short": (xlsx({"S": HEADCOUNTS}).content[:900], "damaged"),
    "broken sheet": (altered(lambda name, member: member[:200] if "sheet1" in name else member), "damaged"),
    "no workbook inside": (altered(lambda name, member: b"<x/>" if "workbook.xml" in name else member), "damaged"),
    "broken Excel 97": (compound("Root Entry", "Workbook"), "damaged"),
    "far cells": (with_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "apart"),
    "bomb": (with_rows(b" " * (60 << 20)), "unpacks"),
    "noise": (os.urandom(3000).replace(b"PK", b"  "), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_table_gets_one_sentence(name):
    content, word = FILES[name]

    reading = read(SourceFile("file", content))

    assert reading.rejected
    (issue,) = reading.issues
    assert word in issue.problem
    assert issue.problem.endswith(".")
    assert issue.remedy.endswith(".")
    assert not len(reading.records)
    assert not reading.unmapped


def test_a_file_of_50_mb_is_refused_unread():
    (issue,) = read(SourceFile("big.csv", b"a,b\n" * (50 * 1024 * 1024 // 4))).issues
    assert "50 MB" in issue.problem


def test_a_zip_that_lies_about_its_size_is_still_a_bomb(monkeypatch):
    monkeypatch.setattr(guards, "LARGEST_UNPACKED", 5 << 20)
    content = bytearray(with_rows(b" " * (8 << 20)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = next(member.file_size for member in archive.infolist() if "sheet1" in member.filename)
    lying = bytes(content).replace(struct.pack("<I", size), struct.pack("<I", 900))
    (issue,) = read(SourceFile("lying.xlsx", lying)).issues
    assert "unpacks" in issue.problem


def test_one_endless_line_of_a_text_file_is_refused():
    (issue,) = read(csv("a,b,c\n" * 10_000 + "," * 20_000 + "x\n")).issues
    assert "apart" in issue.problem


def test_a_file_without_tables_is_refused_even_where_other_tables_are_to_be_ignored():
    known = Known(mappings={"elsewhere": {"kind": ""}})
    assert read(xlsx({"S": [["a remark"]]}), known=known).rejected


def test_one_bad_file_does_not_hide_what_the_others_say():
    reading = read(SourceFile("bad.xlsx", b"PK\x03\x04"), xlsx({"S": HEADCOUNTS}))
    assert [issue.file for issue in reading.issues] == ["bad.xlsx"]
    assert len(reading.records.headcounts) == 1


_ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def open_document(*rows: list[str], after: str = "") -> SourceFile:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    members = {
        "mimetype": mimetype,
        "content.xml": _ODS.format(body + after).encode(),
        "META-INF/manifest.xml": b"<m/>",
    }
    return SourceFile("file.ods", zipped(members))


def test_an_open_document_spreadsheet_is_read_and_its_endless_repeats_are_not():
    rows = [["Session", "Agency", "Number attended"], ["TS1", "Police", "5"]]
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    filled = empty.replace("<table:table-cell/>", '<table:table-cell office:value-type="float" office:value="1"/>')
    assert len(read(open_document(*rows, after=empty)).records.headcounts) == 1
    (issue,) = read(open_document(*rows, after=filled)).issues
    assert "apart" in issue.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_files_are_read_in_every_common_form(encoding, delimiter, line_end):
    rows = [["Session", "Agency", "Number attended"], ["TS1", "Café – Trust", "5"]]
    text = line_end.join(delimiter.join(row) for row in rows) + line_end
    (line,) = read(csv(text, encoding=encoding)).records.headcounts
    assert (line.agency, line.attended) == ("Café – Trust", 5)


def test_a_line_end_inside_quotation_marks_is_part_of_the_cell():
    (line,) = read(csv('Session,Agency,Number attended\nTS1,"Police,\nNorth",5\n')).records.headcounts
    assert line.agency == "Police, North"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"a,b\n"]),
)
def test_no_bytes_whatever_make_it_crash(content, start):
    read(SourceFile("anything", start + content))


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_no_damage_to_a_workbook_makes_it_crash(where, bytes_there):
    content = bytearray(xlsx({"S": HEADCOUNTS}).content)
    where %= len(content)
    content[where : where + len(bytes_there)] = bytes_there
    read(SourceFile("damaged.xlsx", bytes(content)))
