"""The backup file: every table in one compressed file, sealed with a hash, the same from SQLite and PostgreSQL.

A line that says what it is; then, deflated, lines of JSON: the label, and for each table its layout, its rows and its
count and fingerprint; then the SHA-256 of everything before. It holds no key file.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from glob import escape
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time
from typing import IO, Any

from orjson import JSONDecodeError, dumps, loads
from sqlalchemy import Connection

from sos_tracker.store.keeping.archive import Damaged, KeepingRefused, KeptRows, KeptTable, Label, NotABackup
from sos_tracker.store.keeping.kept import Fingerprint, Layout, kept_tables, line_of, row_of, rows_of

_FIRST_LINE = b"SoS Tracker backup, format 1\n"
_ANY_FORMAT = b"SoS Tracker backup, format "
_SEAL = 32
_PIECE = 1 << 20
_A_DAY = 24 * 60 * 60  # seconds


def write_backup(connection: Connection, file: Path, label: Label) -> list[KeptTable]:
    """Writes everything the connection sees into a file only this account can read; gives the rows of each table.

    The file takes its name when it is whole, and only ever replaces another backup. Raises KeepingRefused.
    """
    _refuse_to_overwrite(file)
    try:
        _clear_what_was_cut_short(file)
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as target:
            under_way = Path(target.name)
            try:
                kept = _write(connection, target, label)
                target.flush()
                os.fsync(target.fileno())
                target.close()
                BackupFile(under_way)
                under_way.replace(file)
            except BaseException:
                under_way.unlink(missing_ok=True)
                raise
    except OSError as fault:
        raise KeepingRefused(
            f"The backup cannot be written to {file}: {fault.strerror or fault}. Name a file in a folder that is there "
            "and may be written to."
        ) from None
    return kept


def _refuse_to_overwrite(file: Path) -> None:
    try:
        with file.open("rb") as there:
            if there.read(len(_ANY_FORMAT)) != _ANY_FORMAT:
                raise KeepingRefused(f"{file} is there already and is not a backup: name another file.")
    except FileNotFoundError:
        return
    except OSError as fault:
        raise KeepingRefused(f"The backup cannot be written to {file}: {fault.strerror}. Name a file.") from None


def _clear_what_was_cut_short(file: Path) -> None:
    """A backup whose process was killed leaves its unfinished file behind; one a day old is nobody's any more."""
    long_ago = time() - _A_DAY
    for left in file.parent.glob(f".{escape(file.name)}.*"):
        if left.stat().st_mtime < long_ago:
            left.unlink(missing_ok=True)


class _Sealed:
    """Deflates what is written and hashes what reaches the file."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self._hash, self._squeeze = target, sha256(), zlib.compressobj(6)
        self._put(_FIRST_LINE)

    def line(self, line: bytes) -> None:
        self._put(self._squeeze.compress(line + b"\n"))

    def close(self) -> None:
        self._put(self._squeeze.flush())
        self._target.write(self._hash.digest())

    def _put(self, written: bytes) -> None:
        if written:
            self._hash.update(written)
            self._target.write(written)


def _write(connection: Connection, target: IO[bytes], label: Label) -> list[KeptTable]:
    sealed, kept = _Sealed(target), list[KeptTable]()
    sealed.line(dumps({"made_at": label.made_at.isoformat(), "schema": label.schema, "programmes": label.programmes}))
    for table in kept_tables():
        layout, print_ = Layout.of(table), Fingerprint()
        sealed.line(dumps({"table": layout.table, "columns": layout.columns}))
        for row in rows_of(connection, layout):
            line = line_of(row)
            print_.add(line)
            sealed.line(line)
        sealed.line(dumps({"rows": print_.rows, "sha256": print_.sha256}))
        kept.append(KeptTable(layout.table, print_.rows))
    sealed.line(dumps({"tables": len(kept)}))
    sealed.close()
    return kept


class BackupFile:
    """A backup file, read whole once to see that no byte of it is other than it was written.

    Raises NotABackup, Damaged, and KeepingRefused where it is of a later format or cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self.place = str(file)
        self._file = file
        try:
            self._check_the_seal()
        except OSError as fault:
            raise KeepingRefused(f"{file} cannot be read: {fault.strerror or fault}.") from None
        with self._lines() as lines:
            self.label = self._label(next(lines, b""))

    def _check_the_seal(self) -> None:
        with self._file.open("rb") as source:
            first = source.read(len(_FIRST_LINE))
            if first != _FIRST_LINE:
                if first.startswith(_ANY_FORMAT):
                    raise KeepingRefused(
                        f"{self._file} was written by another version of the tracker, or is damaged: bring it back "
                        "with the version that wrote it."
                    )
                raise NotABackup(f"{self._file} is not a backup: choose a file that 'sos-tracker backup' wrote.")
            left = os.fstat(source.fileno()).st_size - len(first) - _SEAL
            found = sha256(first)
            while left > 0 and (piece := source.read(min(_PIECE, left))):
                left -= len(piece)
                found.update(piece)
            if not compare_digest(found.digest(), source.read()):
                raise self._damaged()

    def _damaged(self) -> Damaged:
        return Damaged(
            f"{self._file} is damaged: it is not as it was written. Nothing was changed. Use another backup."
        )

    @contextmanager
    def tables(self) -> Iterator[Iterator[KeptRows]]:
        """Each table in turn. Raises Damaged."""
        with self._lines() as lines:
            next(lines, b"")
            yield self._tables(lines)

    def _tables(self, lines: Iterator[bytes]) -> Iterator[KeptRows]:
        for read, line in enumerate(lines):
            said = self._said(line)
            if "tables" in said:
                if said["tables"] != read:
                    raise self._damaged()
                return
            layout = Layout(said["table"], said["columns"])
            rows = self._rows(lines)
            yield KeptRows(layout, rows)
            for _ in rows:  # whatever the reader left
                pass
        raise self._damaged()

    def _rows(self, lines: Iterator[bytes]) -> Iterator[list[Any]]:
        print_ = Fingerprint()
        for line in lines:
            if line.startswith(b"{"):
                if self._said(line) != {"rows": print_.rows, "sha256": print_.sha256}:
                    raise self._damaged()
                return
            print_.add(line)
            yield row_of(line)
        raise self._damaged()

    @contextmanager
    def _lines(self) -> Iterator[Iterator[bytes]]:
        with self._file.open("rb") as source:
            source.seek(len(_FIRST_LINE))
            yield self._unpacked(source)

    def _unpacked(self, source: IO[bytes]) -> Iterator[bytes]:
        swell, begun = zlib.decompressobj(), b""
        try:
            while not swell.eof and (piece := source.read(_PIECE)):
                *whole, begun = (begun + swell.decompress(piece)).split(b"\n")
                yield from whole
        except zlib.error:
            raise self._damaged() from None

    def _said(self, line: bytes) -> dict[str, Any]:
        try:
            found = loads(line)
        except JSONDecodeError:
            raise self._damaged() from None
        if not isinstance(found, dict):
            raise self._damaged()
        return found

    def _label(self, line: bytes) -> Label:
        said = self._said(line)
        return Label(
            datetime.fromisoformat(said["made_at"]).astimezone(UTC), tuple(said["schema"]), tuple(said["programmes"])
        )
