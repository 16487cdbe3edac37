"""Fetching from servers that cut, lie, fall silent, lead elsewhere or fail: whole or not at all."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import md5, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest
from click.testing import Result

from exporter.errors import RemoteError
from exporter.ontologies.releases.downloading import download

pytestmark = pytest.mark.usefixtures("data_folder")

Run = Callable[..., Result]
RELEASE = (
    "format-version: 1.2\ndata-version: releases/2030-01-01\nontology: mondo\n\n"
    "[Term]\nid: MONDO:0000001\nname: disease\n\n"
    "[Term]\nid: MONDO:0999999\nname: disease of tests\nis_a: MONDO:0000001 ! disease\n\n"
    + "".join(f"[Term]\nid: MONDO:1{n:06}\nname: disease {n}\n\n" for n in range(600))
).encode()
HALF = len(RELEASE) // 2
OTHER = RELEASE.replace(b"disease of tests", b"DISEASE OF TESTS")
TAG, OTHER_TAG = {"ETag": '"first"'}, {"ETag": '"second"'}
DATED = {"Last-Modified": "Tue, 05 May 2026 10:00:00 GMT"}


@dataclass(kw_only=True)
class Offer:
    """How a server answers for one path; ``cuts`` are where it lets go of its next answers."""

    content: bytes = RELEASE
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    cuts: list[int] = field(default_factory=list)
    knows_ranges: bool = True
    heeds_if_range: bool = True
    tells_size: bool = True
    most_of_a_range: int | None = None
    silent: bool = False

    def is_still(self, headers: dict[str, str]) -> bool:
        asked = {headers.get("If-None-Match"), headers.get("If-Modified-Since")} - {None}
        return bool(asked & {self.headers.get("ETag"), self.headers.get("Last-Modified")})

    def start(self, headers: dict[str, str]) -> int:
        known = {self.headers.get("ETag"), self.headers.get("Last-Modified")}
        stale = self.heeds_if_range and headers.get("If-Range") not in known
        if "Range" not in headers or not self.knows_ranges or stale:
            return 0
        return int(headers["Range"].removeprefix("bytes=").rstrip("-"))


class Asked(NamedTuple):
    """What a server was asked for, and what it answered."""

    path: str
    range: str
    status: int
    size: int


@dataclass
class Site:
    """A server on this machine: what it offers by path, and what it was asked for."""

    address: str
    offers: dict[str, Offer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def offer(self, path: str = "/mondo.obo", **about: object) -> str:
        self.offers[path] = Offer(**about)  # type: ignore[arg-type]
        return self.address + path


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        offer = self.site.offers.get(self.path, Offer(status=404, content=b""))
        headers = dict(self.headers.items())
        start = offer.start(headers)
        status, body = offer.status, offer.content[start:]
        if status == 200 and offer.is_still(headers):
            status, body = 304, b""
        elif status == 200 and start >= len(offer.content):
            status, body = 416, b""
        elif status == 200 and start:
            status, body = 206, body[: offer.most_of_a_range]
        sent = body[: offer.cuts.pop(0)] if offer.cuts else body
        self.site.asked.append(Asked(self.path, headers.get("Range", ""), status, len(sent)))
        if offer.silent and not sent:
            self.site.over.wait(30)
            return
        self.send_response(status)
        whole = len(offer.content)
        more = {"Content-Range": f"bytes {start}-{start + len(body) - 1}/{whole}"} if start else {}
        size = {"Content-Length": str(len(body))} if offer.tells_size else {}
        for name, value in {**offer.headers, **more, **size}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)
        self.wfile.flush()
        if offer.silent:
            self.site.over.wait(30)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(network: None) -> Iterator[Site]:
    site = Site("")
    handler = type("OfSite", (Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield site
        site.over.set()
        server.shutdown()


@pytest.fixture
def fetch(run: Run) -> Run:
    return lambda *options: run("ontology", "fetch", *options, "--timeout", "5")


def downloads(folder: Path) -> dict[str, bytes]:
    """Return what was downloaded, by file name, the notes about it left out."""
    files = (folder / "downloads").rglob("*")
    return {
        file.name: file.read_bytes() for file in files if file.is_file() and file.suffix != ".json"
    }


def is_installed(run: Run, name: str = "disease of tests") -> bool:
    return name in run("ontology", "info", "MONDO:0999999").stdout


def sizes(site: Site) -> list[tuple[str, int]]:
    return [(each.range, each.size) for each in site.asked]


def test_a_download_that_is_cut_goes_on_with_the_rest_alone(
    fetch: Run, run: Run, site: Site, data_folder: Path
) -> None:
    done = fetch("--from", site.offer(headers=TAG, cuts=[HALF]))
    assert done.exit_code == 0, done.stderr
    assert sizes(site) == [("", HALF), (f"bytes={HALF}-", len(RELEASE) - HALF)]
    assert downloads(data_folder) == {"mondo.obo": RELEASE}
    assert is_installed(run)


@pytest.mark.parametrize("headers", [TAG, DATED], ids=["etag", "date"])
def test_a_later_run_asks_only_for_the_rest(
    fetch: Run, run: Run, site: Site, data_folder: Path, headers: dict[str, str]
) -> None:
    address = site.offer(headers=headers, cuts=[HALF, 0])
    cut = fetch("--from", address)
    assert cut.exit_code == 4
    assert address in cut.stderr
    assert downloads(data_folder) == {"mondo.obo.part": RELEASE[:HALF]}
    assert not is_installed(run)
    site.asked.clear()
    assert fetch("--from", address).exit_code == 0
    assert sizes(site) == [(f"bytes={HALF}-", len(RELEASE) - HALF)]
    assert downloads(data_folder) == {"mondo.obo": RELEASE}
    assert is_installed(run)


def test_after_a_kill_the_next_run_asks_only_for_the_rest(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    address = site.offer(headers=TAG, cuts=[HALF], silent=True)
    call = [sys.executable, "-m", "exporter", "ontology", "fetch", "--from", address]
    with subprocess.Popen(call, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own interpreter
        deadline = time.monotonic() + 20
        while not any(downloads(data_folder).values()) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    begun = len(downloads(data_folder)["mondo.obo.part"])
    assert 0 < begun <= HALF
    site.offer(headers=TAG)
    assert fetch("--from", address).exit_code == 0
    assert sizes(site)[-1] == (f"bytes={begun}-", len(RELEASE) - begun)
    assert downloads(data_folder) == {"mondo.obo": RELEASE}


def test_a_server_that_knows_no_ranges_gives_the_whole_file_again(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    address = site.offer(headers=TAG, cuts=[HALF], knows_ranges=False)
    assert fetch("--from", address).exit_code == 0
    assert sizes(site)[-1] == (f"bytes={HALF}-", len(RELEASE))
    assert downloads(data_folder) == {"mondo.obo": RELEASE}


@pytest.mark.parametrize("heeds_if_range", [True, False])
def test_the_rest_of_another_version_is_not_put_behind_the_beginning_of_this(
    fetch: Run, site: Site, data_folder: Path, heeds_if_range: bool
) -> None:
    fetch("--from", site.offer(headers=TAG, cuts=[HALF, 0]))
    address = site.offer(content=OTHER, headers=OTHER_TAG, heeds_if_range=heeds_if_range)
    while fetch("--from", address).exit_code:
        assert len(site.asked) < 6
    assert downloads(data_folder) == {"mondo.obo": OTHER}


def test_a_file_that_became_shorter_than_its_beginning_here_is_downloaded_anew(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    fetch("--from", site.offer(headers=TAG, cuts=[HALF, 0]))
    short = RELEASE[:HALF].rpartition(b"[Term]")[0]
    address = site.offer(content=short, headers=OTHER_TAG, heeds_if_range=False)
    assert fetch("--from", address).exit_code == 0
    assert [each.status for each in site.asked[-2:]] == [416, 200]
    assert downloads(data_folder) == {"mondo.obo": short}


def test_a_part_of_the_rest_is_not_taken_for_all_of_it(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    address = site.offer(headers=TAG, cuts=[HALF], most_of_a_range=HALF // 2)
    while fetch("--from", address).exit_code:
        assert "mondo.obo" not in downloads(data_folder)
        assert len(site.asked) < 9
    assert downloads(data_folder) == {"mondo.obo": RELEASE}


def test_without_a_tag_or_a_date_nothing_is_put_together(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    address = site.offer(cuts=[HALF])
    assert fetch("--from", address).exit_code == 0
    assert sizes(site) == [("", HALF), ("", len(RELEASE))]
    assert downloads(data_folder) == {"mondo.obo": RELEASE}


def in_base64(digest: bytes) -> str:
    return b64encode(digest).decode()


SUMS = {
    "repr-digest": lambda content: {
        "Repr-Digest": f"sha-256=:{in_base64(sha256(content).digest())}:"
    },
    "x-goog-hash": lambda content: {"x-goog-hash": f"md5={in_base64(md5(content).digest())}"},  # noqa: S324
}


@pytest.mark.parametrize("announced", SUMS.values(), ids=SUMS)
def test_a_file_without_the_announced_checksum_is_refused_and_thrown_away(
    fetch: Run,
    run: Run,
    site: Site,
    data_folder: Path,
    announced: Callable[[bytes], dict[str, str]],
) -> None:
    address = site.offer(headers=announced(OTHER))
    refused = fetch("--from", address)
    assert refused.exit_code == 4
    assert "E703" in refused.stderr
    assert address in refused.stderr
    assert downloads(data_folder) == {}
    assert not is_installed(run)
    right = fetch("--from", site.offer(headers=announced(RELEASE)))
    assert right.exit_code == 0
    assert "checksum is right" in right.stderr
    assert is_installed(run)


@pytest.mark.parametrize("said", ["md5=???", "md5", "crc32c=AAAAAA==", "", "=,=,"])
def test_a_checksum_that_says_nothing_decides_nothing(fetch: Run, site: Site, said: str) -> None:
    done = fetch("--from", site.offer(headers={"x-goog-hash": said, "Repr-Digest": said}))
    assert done.exit_code == 0
    assert "checksum" not in done.stderr


def test_a_cut_file_is_checked_as_a_whole(fetch: Run, run: Run, site: Site) -> None:
    headers = TAG | SUMS["repr-digest"](RELEASE)
    right = fetch("--from", site.offer(headers=headers, cuts=[HALF]))
    assert right.exit_code == 0
    assert "sha256 checksum is right" in right.stderr
    assert is_installed(run)


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "{}  mondo.obo\n",
        "SHA256 (mondo.obo) = {}\n",
        "{}  hp.obo\n".replace("{}", "0" * 64) + "{} *mondo.obo",
    ],
)
def test_a_published_checksum_decides(site: Site, tmp_path: Path, form: str) -> None:
    address = site.offer()
    wrong = site.offer("/wrong", content=form.format(sha256(OTHER).hexdigest()).encode())
    right = site.offer("/right", content=form.format(sha256(RELEASE).hexdigest()).encode())
    told: list[str] = []
    with pytest.raises(RemoteError, match="should be"):
        download(address, tmp_path, told.append, checksum=wrong)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert download(address, tmp_path, told.append, checksum=right).read_bytes() == RELEASE
    assert told[-1] == "sha256 checksum is right: mondo.obo"


@pytest.mark.parametrize(
    "content",
    [b"", b"moved", b"<!doctype html>", b"0" * 64 + b"  hp.obo\n" + b"1" * 64 + b"  go.obo"],
)
def test_where_no_checksum_of_the_file_is_published_nothing_is_downloaded(
    site: Site, tmp_path: Path, content: bytes
) -> None:
    address, checksum = site.offer(), site.offer("/sums", content=content)
    told: list[str] = []
    with pytest.raises(RemoteError, match="no checksum"):
        download(address, tmp_path, told.append, checksum=checksum)
    assert [each.path for each in site.asked] == ["/sums"]


@pytest.mark.parametrize("headers", [TAG, DATED, TAG | DATED], ids=["etag", "date", "both"])
def test_what_has_not_changed_is_not_downloaded_again(
    fetch: Run, run: Run, site: Site, headers: dict[str, str]
) -> None:
    address = site.offer(headers=headers)
    assert fetch("--from", address).exit_code == 0
    again = fetch("--from", address)
    assert again.exit_code == 0
    assert f"not changed since it was downloaded: {address}" in again.stderr
    assert [(each.status, each.size) for each in site.asked] == [(200, len(RELEASE)), (304, 0)]
    assert is_installed(run)


@pytest.mark.parametrize("headers", [OTHER_TAG, {}], ids=["other tag", "no tag"])
def test_what_has_changed_is_downloaded_again(
    fetch: Run, run: Run, site: Site, headers: dict[str, str]
) -> None:
    fetch("--from", site.offer(headers=TAG))
    changed = fetch("--from", site.offer(content=OTHER, headers=headers))
    assert "not changed" not in changed.stderr
    assert is_installed(run, "DISEASE OF TESTS")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_followed_and_told(fetch: Run, run: Run, site: Site, status: int) -> None:
    there = site.offer("/2030/mondo.obo")
    address = site.offer(status=status, content=b"", headers={"Location": "/2030/mondo.obo"})
    done = fetch("--from", address)
    assert done.exit_code == 0
    assert f"{address} from {there}" in done.stderr
    assert is_installed(run)


def test_redirections_in_a_circle_or_without_an_end_are_refused(fetch: Run, site: Site) -> None:
    circle = site.offer("/a", status=302, headers={"Location": "/b"})
    site.offer("/b", status=302, headers={"Location": "/a"})
    for n in range(100):
        site.offer(f"/{n}", status=302, headers={"Location": f"/{n + 1}"})
    for address in (circle, f"{site.address}/0"):
        site.asked.clear()
        refused = fetch("--from", address)
        assert refused.exit_code == 4
        assert address in refused.stderr
        assert "E701" in refused.stderr
        assert len(site.asked) < 20


@pytest.mark.parametrize(
    "target", ["file://{}", "FILE:{}", "ftp://127.0.0.1{}", "data:,x", "jar:{}"]
)
def test_a_redirection_to_what_is_not_the_web_is_refused(
    fetch: Run, run: Run, site: Site, tmp_path: Path, target: str
) -> None:
    secret = tmp_path / "secret.obo"
    secret.write_bytes(RELEASE)
    address = site.offer(status=302, content=b"", headers={"Location": target.format(secret)})
    refused = fetch("--from", address)
    assert refused.exit_code == 4
    assert address in refused.stderr
    assert not is_installed(run)


@pytest.mark.parametrize(
    "address", ["file:///mondo.obo", "ftp://127.0.0.1/mondo.obo", "FILE://x/y"]
)
def test_an_address_that_is_not_of_the_web_is_refused(fetch: Run, address: str) -> None:
    assert fetch("--from", address).exit_code == 2


@pytest.mark.parametrize("cuts", [[0], [HALF]], ids=["at once", "in the middle"])
def test_a_server_that_falls_silent_is_given_up(
    run: Run, site: Site, data_folder: Path, cuts: list[int]
) -> None:
    address = site.offer(headers=TAG, cuts=[*cuts, 0, 0], silent=True)
    start = time.monotonic()
    refused = run("ontology", "fetch", "--from", address, "--timeout", "0.3")
    assert time.monotonic() - start < 10
    assert refused.exit_code == 4
    assert address in refused.stderr
    begun = RELEASE[: cuts[0]]
    assert downloads(data_folder) == ({"mondo.obo.part": begun} if begun else {})


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 502, 503])
def test_an_answer_that_is_an_error_is_told_with_its_address(
    fetch: Run, site: Site, data_folder: Path, status: int
) -> None:
    address = site.offer(status=status, content=b"<html>no</html>")
    refused = fetch("--from", address)
    assert refused.exit_code == 4
    assert address in refused.stderr
    assert f"E701 the server answers {status}" in refused.stderr
    assert downloads(data_folder) == {}
    assert not (data_folder / "ontologies.index").exists()


def test_where_nobody_serves_the_address_is_told(fetch: Run, site: Site) -> None:
    address = "http://127.0.0.1:9/mondo.obo"
    refused = fetch("--from", address)
    assert refused.exit_code == 4
    assert address in refused.stderr


def test_the_part_of_an_error_is_kept_for_the_next_run(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    address = site.offer(headers=TAG, cuts=[HALF, 0])
    fetch("--from", address)
    site.offer(headers=TAG, status=503, content=b"busy")
    assert fetch("--from", address).exit_code == 4
    assert downloads(data_folder) == {"mondo.obo.part": RELEASE[:HALF]}


@pytest.mark.parametrize("kept", [10, 0.5, 0.999])
def test_a_truncated_gzip_file_leaves_the_index_as_it_was(
    fetch: Run, run: Run, site: Site, data_folder: Path, kept: float
) -> None:
    fetch("--from", site.offer())
    before = (data_folder / "ontologies.index").read_bytes()
    packed = gzip.compress(OTHER)
    cut = packed[: kept if isinstance(kept, int) else int(len(packed) * kept)]
    address = site.offer("/new.obo.gz", content=cut, headers=TAG, tells_size=False)
    refused = fetch("--from", address)
    assert refused.exit_code == 3
    assert "new.obo.gz" in refused.stderr
    assert "end-of-stream marker" in refused.stderr
    assert (data_folder / "ontologies.index").read_bytes() == before
    site.offer("/new.obo.gz", content=packed, headers=TAG)
    assert fetch("--from", address).exit_code == 0
    assert is_installed(run, "DISEASE OF TESTS")


def test_a_file_without_end_is_given_up_at_the_limit(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    address = site.offer(tells_size=False)
    refused = fetch("--from", address, "--max-bytes", str(HALF))
    assert refused.exit_code == 5
    assert address in refused.stderr
    assert all(len(content) <= HALF for content in downloads(data_folder).values())


def test_a_data_folder_that_cannot_be_made_is_told(
    fetch: Run, site: Site, data_folder: Path
) -> None:
    data_folder.write_text("a file")
    refused = fetch("--from", site.offer())
    assert refused.exit_code == 3
    assert "E304" in refused.stderr
    assert site.asked == []


def test_a_dry_run_asks_for_nothing(fetch: Run, site: Site, data_folder: Path) -> None:
    address = site.offer()
    done = fetch("--from", address, "--dry-run")
    assert done.exit_code == 0
    assert f"would download {address}" in done.stdout
    assert site.asked == []
    assert not data_folder.exists()


def test_what_one_server_refuses_does_not_keep_out_the_others(
    fetch: Run, run: Run, site: Site
) -> None:
    good = site.offer()
    done = fetch("--from", f"{site.address}/none.obo", "--from", good, "--keep-going", "--json")
    assert done.exit_code == 4
    told = json.loads(done.stdout)
    assert [each["file"] for each in told["broken"]] == [f"{site.address}/none.obo"]
    assert is_installed(run)


@pytest.mark.parametrize(
    "name", ["/..%2f..%2f..%2fstray", "/%2e%2e", "/.hidden", "/" + "n" * 300, "/a%00b"]
)
def test_no_name_of_a_file_leads_out_of_the_data_folder(
    fetch: Run, site: Site, data_folder: Path, tmp_path: Path, name: str
) -> None:
    assert fetch("--from", site.offer(name)).exit_code == 0
    assert os.listdir(tmp_path) == ["data"]  # noqa: PTH208 - hidden files, too
    assert list(downloads(data_folder).values()) == [RELEASE]


def test_a_password_in_an_address_is_not_shown(fetch: Run, site: Site) -> None:
    address = site.offer(status=404, content=b"").replace("://", "://me:secret@")
    assert "secret" not in fetch("--from", address).output
