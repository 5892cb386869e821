"""What is written down of a request and of a fault, and what is not."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from sos_tracker.web import logs
from tests.web.conftest import Shell

BROWSER = {"accept": "text/html"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where the log goes during one test."""
    handlers, level, ours = logging.root.handlers, logging.root.level, logs.LOG.level
    written = io.StringIO()
    logs.configure(written)
    yield written
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    logs.LOG.setLevel(ours)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_of_json(around: Shell, log: io.StringIO) -> None:
    around().get("/overview?programme=CE-SOS&who=jane@council.gov.uk")

    (line,) = lines(log)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/overview", 200)
    assert {"at", "request", "ms", "bytes"} <= set(line)


def test_nobody_is_in_the_log(around: Shell, log: io.StringIO) -> None:
    client = around()
    client.get("/overview?who=jane@council.gov.uk", headers={"cookie": "_streamlit_user=jane", "user-agent": "Jane"})
    client.get("/shared/4Zt0kenOfAnEdition")
    client.get("/jane@council.gov.uk")
    client.put("/_stcore/upload_file/a-session/a-file", content=b"jane")

    written = log.getvalue()
    assert [word for word in ("jane", "Jane", "4Zt0ken", "a-session", "127.0.0.1", "CE-SOS") if word in written] == []


def test_a_fault_is_told_with_a_reference_that_is_in_the_log(around: Shell, log: io.StringIO) -> None:
    answer = around().get("/fault", headers=BROWSER)

    fault, request = lines(log)
    assert answer.status_code == request["status"] == 500
    assert str(fault["reference"]) in answer.text
    assert fault["request"] == request["request"]
    assert "_fault" in str(fault["traceback"])


def test_neither_reader_nor_log_is_told_a_faults_own_words(around: Shell, log: io.StringIO) -> None:
    """They quote values, and values are people's."""
    answer = around().get("/fault", headers=BROWSER)

    assert "Jane Smith" not in answer.text + log.getvalue()
    assert "Traceback" not in answer.text
    assert "ValueError" in log.getvalue()


def test_a_line_break_in_an_address_does_not_forge_a_line(around: Shell, log: io.StringIO) -> None:
    around().get('/x%0a{"level":"error"}')

    assert len(lines(log)) == 1


def test_what_streamlit_says_is_a_line_of_json_too(log: io.StringIO) -> None:
    streamlit = logging.getLogger("streamlit.some.part")
    streamlit.addHandler(logging.StreamHandler())
    streamlit.propagate = False
    logs.configure(log)

    streamlit.warning("A word of Streamlit's")

    assert lines(log)[-1]["from"] == "streamlit.some.part"


def test_a_reference_can_be_read_out(log: io.StringIO) -> None:
    told = logs.reference()

    assert len(told) == 9
    assert not set(told) & set("0O1I5S2Z")
