"""An export: a folder with a .csv of every table, a data dictionary, and ``export.json``, which seals them.

Text a spreadsheet would take for a formula has an apostrophe before it, and so has text that begins with one: taking
one apostrophe away gives back exactly what was there. A blank is no value, or the empty text where a value must be.
"""

import csv
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from orjson import JSONDecodeError, dumps, loads
from sqlalchemy import Connection

from sos_tracker.store.keeping.archive import Damaged, KeepingRefused, KeptRows, KeptTable, Label, NotABackup
from sos_tracker.store.keeping.dictionary import HEADINGS, dictionary_rows
from sos_tracker.store.keeping.kept import (
    FILE,
    JSON_TEXT,
    NUMBER,
    TEXT,
    WHOLE_NUMBER,
    YES_OR_NO,
    Fingerprint,
    Layout,
    kept_tables,
    line_of,
    rows_of,
)

SEAL, DICTIONARY = "export.json", "data_dictionary.csv"
_NOT_HANDED_ON = frozenset({"share_link"})
"""Links that let their holders read: they belong to the place they were made in, and are made anew elsewhere."""
_FORMAT = "SoS Tracker export, format 1"
_TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_CELL = 2**31 - 1
_AS_TEXT = {TEXT, JSON_TEXT, FILE}


def write_export(connection: Connection, folder: Path, label: Label) -> list[KeptTable]:
    """Writes everything the connection sees into a folder that is not there yet, or empty. Raises KeepingRefused.

    The folder takes its name when it is whole, and only this account can read it.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise KeepingRefused(f"{folder} is there already and is not an empty folder: name another folder.")
    try:
        under_way = Path(mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
        try:
            kept = _write(connection, under_way, label)
            if folder.exists():
                folder.rmdir()
            under_way.rename(folder)
        except BaseException:
            shutil.rmtree(under_way, ignore_errors=True)
            raise
    except OSError as fault:
        raise KeepingRefused(
            f"The export cannot be written to {folder}: {fault.strerror or fault}. Name a folder inside one that is "
            "there and may be written to."
        ) from None
    return kept


def _write(connection: Connection, folder: Path, label: Label) -> list[KeptTable]:
    handed_on = [table for table in kept_tables() if table.name not in _NOT_HANDED_ON]
    of_tables, kept = [], []
    for table in handed_on:
        layout, print_ = Layout.of(table), Fingerprint()
        _write_csv(folder / f"{layout.table}.csv", list(layout.columns), _cells(connection, layout, print_))
        of_tables.append({
            "table": layout.table, "columns": layout.columns, "may_be_blank": sorted(layout.nullable),
            "rows": print_.rows, "sha256": print_.sha256,
        })  # fmt: skip
        kept.append(KeptTable(layout.table, print_.rows))
    _write_csv(folder / DICTIONARY, HEADINGS, ([_safe(cell) for cell in row] for row in dictionary_rows(handed_on)))
    files = {file.name: _hash_of(file) for file in sorted(folder.iterdir())}
    said = {
        "format": _FORMAT, "made_at": label.made_at.isoformat(), "schema": label.schema,
        "programmes": label.programmes, "tables": of_tables, "files": files,
    }  # fmt: skip
    (folder / SEAL).write_bytes(_sealed(said))
    return kept


def _cells(connection: Connection, layout: Layout, print_: Fingerprint) -> Iterator[list[str]]:
    kinds = [(kind, name in layout.nullable) for name, kind in layout.columns.items()]
    for row in rows_of(connection, layout):
        print_.add(line_of(row))
        yield [_written(value, kind, nullable) for value, (kind, nullable) in zip(row, kinds, strict=True)]


def _write_csv(file: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, lineterminator="\r\n")
        writer.writerow(headings)
        writer.writerows(rows)
        target.flush()
        os.fsync(target.fileno())


def _written(value: Any, kind: str, nullable: bool) -> str:  # noqa: FBT001 - a column's own fact, beside its kind
    if value is None:
        return ""
    if kind == YES_OR_NO:
        return "true" if value else "false"
    if kind == JSON_TEXT:
        value = dumps(value).decode()
    if kind not in _AS_TEXT:
        return repr(value) if kind == NUMBER else str(value)
    return "'" if value == "" and nullable else _safe(value)


def _read(cell: str, kind: str, nullable: bool) -> Any:  # noqa: FBT001 - as above
    """The value a cell was written from. Raises ValueError."""
    if cell == "" and (nullable or kind not in _AS_TEXT):
        return None
    if kind in _AS_TEXT:
        cell = cell.removeprefix("'")
        return loads(cell) if kind == JSON_TEXT else cell
    if kind == YES_OR_NO:
        return {"true": True, "false": False}[cell]
    if kind == WHOLE_NUMBER:
        return int(cell)
    return float(cell) if kind == NUMBER else cell


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith((*_TAKEN_FOR_FORMULAS, "'")) else text


def _sealed(said: dict[str, Any]) -> bytes:
    return dumps({**said, "seal": sha256(dumps(said)).hexdigest()}, option=2)  # option 2: indented


def _hash_of(file: Path) -> str:
    found = sha256()
    with file.open("rb") as source:
        while piece := source.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


class ExportFolder:
    """An exported folder, whose files are all as they were written.

    Raises NotABackup, Damaged (naming the file), and KeepingRefused where it is of a later format or cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.place = str(folder)
        self._folder = folder
        try:
            self._said = self._sealed_words()
            for name, expected in self._said["files"].items():
                if not (folder / name).is_file():
                    raise Damaged(f"{folder} is not whole: {name} is missing. Use another copy of the export.")
                if _hash_of(folder / name) != expected:
                    raise Damaged(
                        f"{folder / name} is not as it was written: it is damaged or was edited. Use another copy of "
                        "the export; figures are corrected in the tracker, not in an export."
                    )
        except OSError as fault:
            raise KeepingRefused(f"{folder} cannot be read: {fault.strerror or fault}.") from None
        made_at = datetime.fromisoformat(self._said["made_at"]).astimezone(UTC)
        self.label = Label(made_at, tuple(self._said["schema"]), tuple(self._said["programmes"]))

    def _sealed_words(self) -> dict[str, Any]:
        not_one = NotABackup(f"{self._folder} is not an export: choose a folder that 'sos-tracker export' wrote.")
        try:
            said = loads((self._folder / SEAL).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise not_one from None
        except JSONDecodeError:
            said = {"seal": ""}
        if not isinstance(said, dict) or "seal" not in said:
            raise not_one
        seal = said.pop("seal")
        if said.get("format", _FORMAT) != _FORMAT:
            raise KeepingRefused(
                f"{self._folder} was written by another version of the tracker, or is damaged: bring it back with the "
                "version that wrote it."
            )
        if sha256(dumps(said)).hexdigest() != seal:
            raise Damaged(f"{self._folder / SEAL} is not as it was written. Use another copy of the export.")
        return said

    @contextmanager
    def tables(self) -> Iterator[Iterator[KeptRows]]:
        """Each table in turn. Raises Damaged."""
        csv.field_size_limit(_LONGEST_CELL)
        yield self._tables()

    def _tables(self) -> Iterator[KeptRows]:
        for said in self._said["tables"]:
            layout = Layout(said["table"], said["columns"], frozenset(said["may_be_blank"]))
            yield KeptRows(layout, self._rows(layout, said["rows"], said["sha256"]))

    def _rows(self, layout: Layout, rows: int, fingerprint: str) -> Iterator[list[Any]]:
        file = self._folder / f"{layout.table}.csv"
        kinds = [(kind, name in layout.nullable) for name, kind in layout.columns.items()]
        print_ = Fingerprint()
        with file.open(encoding="utf-8-sig", newline="") as source:
            lines = csv.reader(source)
            next(lines, None)
            for cells in lines:
                row = [_read(cell, *kind) for cell, kind in zip(cells, kinds, strict=True)]
                print_.add(line_of(row))
                yield row
        if (print_.rows, print_.sha256) != (rows, fingerprint):
            raise Damaged(f"{file} does not read back as it was written. Use another copy of the export.")
