"""The site behind the real nginx and the real Caddy, with the settings in ``deploy/``."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from kb.delivery.host import compressed, host, redirects
from kb.delivery.precache import read, write_files

from tests.conftest import ROOT

PAGE = "<!doctype html><title>花呗收款</title>" + "<p>说明</p>" * 200
LEADS_ON = '<!doctype html><meta http-equiv="refresh" content="0; url=../../causes/a/#fix">'
SITE = {
    "index.html": PAGE,
    "404.html": PAGE.replace("说明", "没有这一页"),
    "causes/a/index.html": PAGE,
    "c/C20/index.html": LEADS_ON,
    "assets/site.js": "export const a = 1;\n" * 100,
    "assets/0123abcd/style/site.css": "p { color: red }\n" * 100,
    "search/0123abcd/t0.bin": "\x01\x02" * 400,
    "offline/ask.0123abcd.bin": "\x01\x02" * 400,
    "llms.txt": "说明\n" * 200,
    "cards.json": '{"title": "说明"}' * 100,
    "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


@pytest.mark.parametrize("path", SITE)
def test_copies_hold_the_same_bytes(path: str) -> None:
    content = SITE[path].encode()
    copies = compressed(path, content)
    assert set(copies) == (
        set() if path.startswith("offline/") or len(content) < 500 else {f"{path}.gz", f"{path}.br"}
    )
    for name, copy in copies.items():
        unpack = gzip.decompress if name.endswith(".gz") else brotli.decompress
        assert unpack(copy) == content and len(copy) < len(content)


def test_the_folder_for_a_host_holds_all_files_their_copies_and_the_redirects(tmp_path: Path) -> None:
    write_files(tmp_path / "site", {path: text.encode() for path, text in SITE.items()})
    assert host(tmp_path) == 0
    www = read(tmp_path / "dist/host/www")
    assert {path: www[path].decode() for path in SITE} == SITE
    assert www.keys() - SITE.keys() == {copy for path in SITE for copy in compressed(path, www[path])}
    assert (tmp_path / "dist/host/redirects.caddy").read_text("utf-8") == '"/c/C20/" "/causes/a/#fix"\n'


def test_every_short_link_of_the_site_is_a_redirect_to_a_page(site: Path) -> None:
    pages = {f"{path.relative_to(site).as_posix()}": path.read_bytes() for path in site.rglob("index.html")}
    moved = dict(redirects(pages))
    assert len(moved) >= len(list((site / "c").iterdir()))
    assert all(new.partition("#")[0].lstrip("/") + "index.html" in pages for new in moved.values())


@dataclass(frozen=True)
class Server:
    port: int
    plain: int

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=_trusting(), timeout=10)
        connection.request("GET", path, headers={"Host": "huabei-help.example", **headers})
        return connection.getresponse()


def _trusting() -> ssl.SSLContext:
    return ssl._create_unverified_context()


def _free() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _certificate(folder: Path) -> None:
    names = [
        "-subj",
        "/CN=huabei-help.example",
        "-addext",
        "subjectAltName=DNS:huabei-help.example,IP:127.0.0.1",
    ]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)


def nginx(folder: Path, server: Server) -> list[str]:
    settings = (ROOT / "deploy/nginx.conf").read_text("utf-8").replace("/srv/handbook", str(folder))
    settings = re.sub(r"listen \[::\].*\n", "", settings)
    settings = settings.replace("listen 80;", f"listen 127.0.0.1:{server.plain};")
    settings = settings.replace("listen 443", f"listen 127.0.0.1:{server.port}")
    modules = (
        Path("/usr/share/nginx/modules-available/mod-http-brotli-static.conf")
        .read_text()
        .replace("modules/", "/usr/lib/nginx/modules/")
    )
    temporary = " ".join(
        f"{name}_temp_path {folder}/tmp-{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{modules}\nuser {'root' if os.getuid() == 0 else 'nobody'};\ndaemon off;\npid {folder}/pid;\n"
        f"error_log {folder}/error.log;\nevents {{}}\nhttp {{ include /etc/nginx/mime.types;\n"
        f"default_type application/octet-stream; access_log off; {temporary}\n{settings}\n}}\n"
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def caddy(folder: Path, server: Server) -> list[str]:
    settings = (ROOT / "deploy/Caddyfile").read_text("utf-8").replace("/srv/handbook", str(folder))
    own = f"tls {folder}/certificate.pem {folder}/key.pem"
    settings = settings.replace(
        "huabei-help.example {", f"https://huabei-help.example:{server.port} {{\n\t{own}", 1
    )
    options = f"{{\n\tadmin off\n\thttp_port {server.plain}\n\thttps_port {server.port}\n}}\n"
    (folder / "Caddyfile").write_text(options + settings, "utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(scope="module", params=[nginx, caddy])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    start: Callable[[Path, Server], list[str]] = request.param
    folder = tmp_path_factory.mktemp(start.__name__)
    files = {path: content.encode() for path, content in SITE.items()}
    write_files(folder / "www", files)
    for path, content in files.items():
        write_files(folder / "www", compressed(path, content))
    moved = list(redirects(files))
    (folder / "redirects.nginx").write_text("".join(f'"{old}" "{new}";\n' for old, new in moved))
    (folder / "redirects.caddy").write_text("".join(f'"{old}" "{new}"\n' for old, new in moved))
    _certificate(folder)
    running = Server(_free(), _free())
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    process = subprocess.Popen(
        start(folder, running), env=environment, stdout=subprocess.DEVNULL, stderr=(folder / "said").open("w")
    )
    for _ in range(100):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", running.port)) == 0:
                break
        assert process.poll() is None, (folder / "said").read_text()
        time.sleep(0.1)
    yield running
    process.terminate()
    process.wait(10)


def test_pages_have_their_charset_and_the_headers_of_safety(server: Server) -> None:
    answer = server.get("/causes/a/")
    assert answer.status == 200 and answer.read().decode() == PAGE
    assert answer.headers["Content-Type"].lower().replace(" ", "") == "text/html;charset=utf-8"
    assert answer.headers["Cache-Control"] == "max-age=300"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("path", ["/llms.txt", "/assets/site.js", "/assets/0123abcd/style/site.css"])
def test_texts_name_their_charset(server: Server, path: str) -> None:
    assert "charset=utf-8" in server.get(path).headers["Content-Type"].lower()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/0123abcd/style/site.css", "public, max-age=31536000, immutable"),
        ("/search/0123abcd/t0.bin", "public, max-age=31536000, immutable"),
        ("/assets/site.js", "no-cache"),
        ("/cards.json", "no-cache"),
    ],
)
def test_only_names_with_a_hash_are_kept_for_ever(server: Server, path: str, kept: str) -> None:
    assert server.get(path).headers["Cache-Control"] == kept


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("path", ["/", "/causes/a/", "/search/0123abcd/t0.bin", "/cards.json"])
def test_files_go_out_compressed(
    server: Server, path: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    answer = server.get(path, **{"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert (
        unpack(answer.read()).decode()
        == SITE[path.strip("/") + "/index.html" if path.endswith("a/") else path.strip("/") or "index.html"]
    )


def test_a_short_link_is_a_real_redirect(server: Server) -> None:
    answer = server.get("/c/C20/")
    assert (answer.status, answer.headers["Location"]) == (301, "/causes/a/#fix")


def test_a_missing_page_is_a_404_with_our_page(server: Server) -> None:
    answer = server.get("/nowhere/")
    assert answer.status == 404 and "没有这一页" in answer.read().decode()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_both_speak_http_2_and_lead_from_http_to_https(server: Server) -> None:
    context = _trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection,
        context.wrap_socket(connection, server_hostname="huabei-help.example") as secure,
    ):
        assert secure.selected_alpn_protocol() == "h2"
    plain = http.client.HTTPConnection("127.0.0.1", server.plain, timeout=10)
    plain.request("GET", "/causes/a/", headers={"Host": "huabei-help.example"})
    answer = plain.getresponse()
    assert answer.status in {301, 308} and answer.headers["Location"].startswith(
        "https://huabei-help.example"
    )


def test_folders_are_not_listed(server: Server) -> None:
    assert server.get("/assets/").status == 404


def test_an_address_without_its_last_slash_gets_it(server: Server) -> None:
    """Else the page's relative links lead astray."""
    answer = server.get("/causes/a")
    assert answer.status in {301, 308} and answer.headers["Location"].endswith("/causes/a/")
