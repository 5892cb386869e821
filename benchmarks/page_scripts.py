"""What a page's script costs the server, beside a page that does nothing; goal: at most three times as much.

A real server with 100,000 attendances is driven over Streamlit's own websocket, one session, and its processor time is
read before and after many reruns of each page. Also printed: the same with 1,000,000 (``--million``).
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
from generate import fill
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from sos_tracker.store import Store
from sos_tracker.ui.menu import MENU

ROOT = Path(__file__).resolve().parents[1]
EMPTY = 'import streamlit as st\n\nst.title("An empty page")\n'


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server:
    """One Streamlit server of the script given, until the block ends."""

    def __init__(self, script: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> "Server":
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/_stcore/health")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return self
        raise TimeoutError("The server did not start.")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def processor_seconds(self) -> float:
        spent = psutil.Process(self.process.pid).cpu_times()
        return float(spent.user + spent.system)


async def rerun(socket_: ClientConnection, page: str, page_hash: str, query: str) -> str:
    """Runs the page's script once and waits for its end; gives the page's hash for the next run."""
    message = BackMsg()
    message.rerun_script.query_string = query
    if page_hash:
        message.rerun_script.page_script_hash = page_hash
    else:
        message.rerun_script.page_name = page
    await socket_.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket_.recv())
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            page_hash = answer.navigation.page_script_hash
        elif kind == "new_session" and not page_hash:
            page_hash = answer.new_session.page_script_hash
        elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"{page}: {answer.delta.new_element.exception.message}")
        elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return page_hash


async def cost(server: Server, page: str, runs: int, query: str) -> float:
    """Milliseconds of processor time a rerun, the median of five blocks of runs."""
    address = f"ws://localhost:{server.port}/_stcore/stream"
    async with connect(
        address, subprotocols=["streamlit"], max_size=None, origin=f"http://localhost:{server.port}"
    ) as ws:  # type: ignore[list-item, arg-type]  # its types are narrower than its documentation
        page_hash = ""
        for _ in range(5):
            page_hash = await rerun(ws, page, page_hash, query)
        blocks = []
        for _ in range(5):
            before = server.processor_seconds()
            for _ in range(runs):
                await rerun(ws, page, page_hash, query)
            blocks.append((server.processor_seconds() - before) / runs * 1000)
    return statistics.median(blocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--million", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty_page = Path(folder) / "empty.py"
        empty_page.write_text(EMPTY)
        with Server(empty_page, {}) as server:
            nothing = asyncio.run(cost(server, "", asked.runs, ""))
        print(f"an empty page                      {nothing:7.1f} ms of processor a run")
        for attendances in (100_000, 1_000_000) if asked.million else (100_000,):
            url = f"sqlite:///{folder}/{attendances}.db"
            store = Store.open(url)
            store.migrate()
            on = fill(store.engine, "BIG", attendances=attendances)
            store.close()
            query = f"programme=BIG&as_at={on}"
            with Server(ROOT / "app.py", {"DATABASE_URL": url}) as server:
                print(f"{attendances:,} attendances")
                for page in MENU:
                    took = asyncio.run(cost(server, page.address, asked.runs, query))
                    kept = "kept" if took <= 3 * nothing or took <= 30 else "MISSED"
                    print(f"  {page.address:<32} {took:7.1f} ms  {took / nothing:5.1f} x empty   {kept}")


if __name__ == "__main__":
    main()
