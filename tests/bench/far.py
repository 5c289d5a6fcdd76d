"""The same files from a server that is far away, over HTTP/1.1 and HTTP/2: nginx behind a line that is late.

Browsers speak HTTP/2 only over TLS, so both do. Without nginx nothing is measured, and that is said.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

NETWORKS = {"150 ms": (0.15, float("inf")), "慢 4G": (0.15, 200_000), "快 3G": (0.5625, 180_000)}
"""Seconds there and back and bytes a second: the way alone, then as Lighthouse and Chromium have them."""
MISSING = "没有 nginx（apt-get install nginx），远处的各栏不量"
CONFIG = """
daemon off; user root; pid {home}/pid; error_log {home}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; gzip on; gzip_comp_level 6; gzip_min_length 200;
  types {{ text/html html; text/javascript js mjs; application/json json; application/wasm wasm; }}
  gzip_types text/javascript application/json;
  ssl_certificate {home}/cert.pem; ssl_certificate_key {home}/key.pem; ssl_session_tickets on;
  server {{ listen 127.0.0.1:{one} ssl; root {root}; }}
  server {{ listen 127.0.0.1:{two} ssl http2; root {root}; }}
}}
"""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class _Line:
    """Forwards connections to ``port``, every piece half a ``trip`` late, the first a ``trip`` more.

    What comes back shares ``rate`` bytes a second.
    """

    def __init__(self, port: int, trip: float, rate: int) -> None:
        self.trip, self.rate, self.free = trip, rate, 0.0
        self.target, self.port, self.loop = port, _free_port(), asyncio.new_event_loop()
        ready = threading.Event()

        async def serve() -> None:
            await asyncio.start_server(self._accept, "127.0.0.1", self.port)
            ready.set()

        def run() -> None:
            self.loop.create_task(serve())
            self.loop.run_forever()

        threading.Thread(target=run, daemon=True).start()
        ready.wait()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.trip)  # the three steps of TCP, which one machine answers at once
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self._pass(reader, to_server), self._pass(from_server, writer, self.rate))

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, rate: float = float("inf")
    ) -> None:
        late: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def read() -> None:
            data = b"-"
            while data:
                try:
                    data = await reader.read(1 << 12)
                except ConnectionError:
                    data = b""
                sent = self.loop.time()
                if rate < float("inf"):
                    sent = self.free = max(self.free, sent) + len(data) / rate
                late.put_nowait((sent + self.trip / 2, data))

        reading = self.loop.create_task(read())
        while True:
            due, data = await late.get()
            await asyncio.sleep(due - self.loop.time())
            if not data:
                break
            with contextlib.suppress(ConnectionError):
                writer.write(data)
                await writer.drain()
        await reading
        writer.close()


def certified(home: Path) -> str:
    """Write a certificate for :func:`far` to ``home``; return the option with which Chromium trusts it.

    A certificate that is waved through instead costs every connection a second handshake: Chromium drops the
    connection on which it has seen the fault.
    """
    key = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(home / "key.pem"), "-out", str(home / "cert.pem")]
    subprocess.run(["openssl", "req", "-x509", *key, *files], check=True, capture_output=True)
    public = ["openssl", "pkey", "-in", str(home / "key.pem"), "-pubout", "-outform", "DER"]
    digest = hashlib.sha256(subprocess.run(public, check=True, capture_output=True).stdout).digest()
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}"


@contextlib.contextmanager
def far(root: Path, home: Path) -> Iterator[dict[str, str]]:
    """Serve ``root``; yield network and protocol → address, none without nginx. ``home`` holds its files."""
    if not shutil.which("nginx"):
        yield {}
        return
    one, two = _free_port(), _free_port()
    (home / "nginx.conf").write_text(CONFIG.format(home=home, root=root, one=one, two=two))
    server = subprocess.Popen(["nginx", "-c", str(home / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        for port in (one, two):
            _wait(port)
        ports = {"HTTP/1.1": one, "HTTP/2": two}
        lines = {
            f"{network} {protocol}": _Line(port, *speed)
            for network, speed in NETWORKS.items()
            for protocol, port in ports.items()
        }
        yield {name: f"https://127.0.0.1:{line.port}/" for name, line in lines.items()}
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx 没有起来")
