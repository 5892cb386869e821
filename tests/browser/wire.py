"""What a server sends, to the last byte: websocket messages taken apart, documents and files, as texts to search in."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError, Message
from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect
from websockets.typing import Subprotocol

_PATIENCE, _A_MOMENT, _TO_FOLLOW = 30, 0.5, 0.05  # seconds
_WHOLE = (FieldDescriptor.CPPTYPE_MESSAGE, FieldDescriptor.CPPTYPE_ENUM, FieldDescriptor.CPPTYPE_BOOL)


@dataclass
class Heard:
    """All that was sent to one person, by where it came from: texts as they stand, and numbers that stand alone in a
    message's own fields, in a table of Arrow or in JSON."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, list[tuple[str, float]]] = field(default_factory=dict)

    def add_text(self, where: str, text: str) -> None:
        self.texts.setdefault(where, []).append(text)
        if text[:1] in ("{", "["):
            try:
                self._add_json(where, "json", json.loads(text))
            except ValueError:
                return

    def add_message(self, where: str, frame: bytes) -> None:
        """One websocket frame: as bytes, whatever they mean, and taken apart where it is a message of Streamlit's."""
        self.texts.setdefault(where, []).append(frame.decode("utf-8", "replace"))
        message = ForwardMsg()
        try:
            message.ParseFromString(frame)
        except DecodeError:
            return
        self._add_fields(where, "", message)

    def add_file(self, where: str, content: bytes) -> None:
        """A document or a file; a workbook is unpacked."""
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for name in packed.namelist():
                    self.add_text(f"{where} {name}", packed.read(name).decode("utf-8", "replace"))
        else:
            self.add_text(where, content.decode("utf-8", "replace"))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((where, text) for where, texts in self.texts.items() for text in texts)

    def _add_fields(self, where: str, path: str, message: Message) -> None:
        for each, value in message.ListFields():
            name = f"{path}.{each.name}"
            for one in _values(value):
                if isinstance(one, Message):
                    self._add_fields(where, name, one)
                elif isinstance(one, str):
                    self.add_text(where, one)
                elif isinstance(one, bytes):
                    self._add_table(where, name, one)
                elif each.cpp_type not in _WHOLE:
                    self.numbers.setdefault(where, []).append((name, float(one)))

    def _add_table(self, where: str, path: str, content: bytes) -> None:
        try:
            with pa.ipc.open_stream(content) as stream:
                table = stream.read_all().to_pydict()
        except pa.ArrowInvalid:
            self.add_file(where, content)
            return
        self._add_json(where, path, table)

    def _add_json(self, where: str, path: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                self._add_json(where, f"{path}.{name}", one)
        elif isinstance(value, list):
            for one in value:
                self._add_json(where, path, one)
        elif isinstance(value, bool) or value is None:
            return
        elif isinstance(value, int | float):
            self.numbers.setdefault(where, []).append((path, float(value)))
        else:
            self.add_text(where, str(value))


def _values(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return [value] if isinstance(value, Message | str | bytes | int | float) else value


def listen(page: Page, heard: Heard) -> None:
    """Hears every frame the server sends to the browser's page from now on."""

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: _heard(heard, page.url, frame))

    page.on("websocket", opened)


def _heard(heard: Heard, url: str, frame: str | bytes) -> None:
    parts = urlsplit(url)
    content = frame.encode() if isinstance(frame, str) else frame
    heard.add_message(f"websocket at {parts.path}?{parts.query}", content)


def asked(site: str, cookies: Mapping[str, str], messages: Iterable[BackMsg]) -> Iterator[tuple[BackMsg, list[bytes]]]:
    """What a program of the reader's own is answered over a websocket that says what it likes."""
    with httpx.Client(base_url=site, cookies=dict(cookies)) as client:
        client.get("/_stcore/health")
        token = client.cookies.get("_streamlit_xsrf", "")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    protocols = [Subprotocol("streamlit"), Subprotocol(token)]
    address = f"{site.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(
        address, origin=site, subprotocols=protocols, additional_headers={"Cookie": cookie}, max_size=None
    ) as socket:  # type: ignore[arg-type]  # websockets calls an origin a type of its own
        for message in messages:
            socket.send(message.SerializeToString())
            answered = message.HasField("rerun_script") or message.HasField("backend_operation_request")
            yield message, list(_answer(socket, _PATIENCE if answered else _A_MOMENT))


def _answer(socket: Any, patience: float) -> Iterator[bytes]:
    """Up to the end of the run, and of one that follows it at once; of a message that starts none, whatever comes
    within a moment."""
    while True:
        try:
            frame = socket.recv(patience)
        except TimeoutError:
            return
        yield frame
        message = ForwardMsg()
        message.ParseFromString(frame)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            patience = _PATIENCE
        elif kind in ("script_finished", "backend_operation_response"):
            patience = _TO_FOLLOW


def page_asked(page: str, by_hash: bool = False, **query: str) -> BackMsg:
    """A run of a page asked for as a browser does at its address, or by the hash of its name, as a menu does."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode(query)
    if by_hash:
        message.rerun_script.page_script_hash = calc_hash(page)
    else:
        message.rerun_script.page_name = page
    return message


def file_asked(name: str, session: str) -> BackMsg:
    """A file that is made when it is asked for, asked for by the name its button has, in a session."""
    message = BackMsg()
    message.backend_operation_request.request_id = name
    message.backend_operation_request.session_id = session
    message.backend_operation_request.deferred_file.file_id = name
    return message


def said(frames: Iterable[bytes], name: str) -> list[str]:
    """The texts of every field of this name in these messages, in their order, each once."""
    found: list[str] = []

    def look(message: Message) -> None:
        for each, value in message.ListFields():
            for one in _values(value):
                if isinstance(one, Message):
                    look(one)
                elif each.name == name and isinstance(one, str) and one:
                    found.append(one)

    for frame in frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        look(message)
    return list(dict.fromkeys(found))
