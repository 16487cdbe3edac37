"""Downloads: resumed where they were cut off, not repeated while nothing changed, checked."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from exporter.errors import LimitError, OutputError, RemoteError, Where
from exporter.ontologies.releases.checksums import Checksum, announced, published
from exporter.ontologies.releases.requests import (
    Answer,
    InterruptedAnswerError,
    asked,
    interrupted,
    read,
    shown,
)

_ABOUT, _PART = "about.json", "part-"
_RANGE = re.compile(r"bytes (?P<first>\d+)-\d+/(?P<whole>\d+|\*)")
_PIECE = 1 << 16
_PIECES_OF_CHECKSUMS = 1_000
_PAGE = (b"<!doctype html", b"<html")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How large a file may be, how many seconds a server may be silent, how often it is tried."""

    most_bytes: int = 8 << 30
    seconds: float = 60.0
    tries: int = 3
    pause: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A file as it was downloaded; ``etag`` and ``modified`` are what the server said of it."""

    address: str
    file: str
    size: int
    etag: str = ""
    modified: str = ""
    checked: str = ""


def download(
    address: str, folder: Path, tell: Tell, *, checksum: str = "", patience: Patience | None = None
) -> Path:
    """Return the path of the file at an address, downloaded into a folder of its own.

    A file whose ETag or date is still the same is not downloaded again. ``checksum`` is the
    address at which its checksum is published; where that or one in the server's answer differs,
    the file is refused and thrown away.
    """
    place = _Place(folder, address)
    patience = patience or Patience()
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        if _unchanged(place, patience, tell):
            return place.file
        wanted = _published(checksum, place, patience, tell) if checksum else None
        checks = _fetched(place, patience, tell)
        _check(place, [wanted] if wanted else checks, tell)
    except OSError as refusal:
        raise OutputError(
            f"the download cannot be kept: {(refusal.strerror or str(refusal)).lower()}",
            code="E304",
            where=Where(file=str(refusal.filename or folder)),
            hint="free some space, or keep the data in another folder",
        ) from None
    return place.file


class _Place:
    """Where the download of one address lies: the file, what is known of it, and its beginning."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self.folder = folder / sha256(address.encode()).hexdigest()[:16]
        self.file = self.folder / _file_name(address)
        self.part = self.folder / f"{self.file.name}.part"

    def known(self, of: str = "") -> Downloaded | None:
        """Return what was noted of the file, or of its part; None where that does not fit it."""
        try:
            note = json.loads((self.folder / f"{of}{_ABOUT}").read_text(encoding="utf-8"))
            held = Downloaded(**note)
            size = (self.part if of else self.file).stat().st_size
        except (OSError, ValueError, TypeError):
            return None
        return held if held.address == self.address and (of or size == held.size) else None

    def note(self, held: Downloaded, of: str = "") -> None:
        text = json.dumps(asdict(held), indent=2)
        (self.folder / f"{of}{_ABOUT}").write_text(text + "\n", encoding="utf-8")

    def forget(self, of: str = "") -> None:
        """Let the file, or its part, be downloaded from its beginning the next time."""
        (self.folder / f"{of}{_ABOUT}").unlink(missing_ok=True)
        if of:
            self.part.unlink(missing_ok=True)


def _file_name(address: str) -> str:
    name = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    safe = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)
    return safe.lstrip(".")[:100] or "download"


def _unchanged(place: _Place, patience: Patience, tell: Tell) -> bool:
    held = place.known()
    if held is None or not (held.etag or held.modified):
        return False
    headers = {"If-None-Match": held.etag} if held.etag else {"If-Modified-Since": held.modified}
    with asked(place.address, headers, patience.seconds) as answer:
        same = answer.status == 304 or _same(answer, held)
    if same:
        tell(f"not changed since it was downloaded: {shown(place.address)}")
    return same


def _same(answer: Answer, held: Downloaded) -> bool:
    """Tell whether a server that does not know such questions has still the same file."""
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    by = etag == held.etag if held.etag else modified == held.modified
    return by and answer.headers.get("Content-Length", "") == str(held.size)


def _fetched(place: _Place, patience: Patience, tell: Tell) -> list[Checksum]:
    """Download the file, going on after each cut; return the checksums in the server's answer."""
    for attempt in range(patience.tries):
        before = _size(place.part)
        try:
            with asked(place.address, _going_on(place), patience.seconds) as answer:
                if answer.status == 416 or not _goes_on(answer, place):
                    place.forget(of=_PART)
                    continue
                _keep(answer, place, patience, tell)
                return announced(answer.headers)
        except InterruptedAnswerError as cut:
            if attempt + 1 == patience.tries or _size(place.part) <= before:
                raise
            tell(f"{cut.problem}; going on")
            time.sleep(patience.pause)
    raise interrupted(place.address, "the server does not give the rest of the file")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _going_on(place: _Place) -> dict[str, str]:
    """Return what asks for the rest of a file that was begun, if it is still the same one."""
    begun = place.known(_PART)
    if begun is None:
        return {}
    strong = begun.etag if not begun.etag.startswith("W/") else ""
    still = strong or begun.modified
    return {"Range": f"bytes={_size(place.part)}-", "If-Range": still} if still else {}


def _keep(answer: Answer, place: _Place, patience: Patience, tell: Tell) -> None:
    start, whole = _extent(answer)
    held = Downloaded(
        address=place.address,
        file=place.file.name,
        size=whole or 0,
        etag=answer.headers.get("ETag", ""),
        modified=answer.headers.get("Last-Modified", ""),
    )
    if whole is not None and whole > patience.most_bytes:
        raise _too_large(place.address, patience)
    place.note(held, of=_PART)
    rest = f", going on after {_amount(start)}" if start else ""
    size = _amount(whole) if whole is not None else "size not told"
    moved = "" if answer.url == place.address else f" from {shown(answer.url)}"
    tell(f"downloading {shown(place.address)}{moved} ({size}{rest})")
    with place.part.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()
        _copy(answer, file, place.address, patience)
    if whole is not None and _size(place.part) < whole:
        raise interrupted(place.address, f"{_size(place.part)} of {whole} bytes came")


def _goes_on(answer: Answer, place: _Place) -> bool:
    """Tell whether a part of a file is the rest of what is here; a whole file always is."""
    if answer.status != 206:
        return True
    begun, stated = place.known(_PART), _RANGE.match(answer.headers.get("Content-Range", ""))
    if begun is None or stated is None or int(stated["first"]) != _size(place.part):
        return False
    told = (answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
    return all(
        new in {"", old} for new, old in zip(told, (begun.etag, begun.modified), strict=True)
    )


def _extent(answer: Answer) -> tuple[int, int | None]:
    """Return from which byte on the answer goes, and how long the whole file is, if it tells."""
    length = answer.headers.get("Content-Length", "")
    stated = _RANGE.match(answer.headers.get("Content-Range", ""))
    if answer.status != 206 or stated is None:
        return 0, int(length) if length.isdigit() else None
    return int(stated["first"]), int(stated["whole"]) if stated["whole"] != "*" else None


def _copy(answer: Answer, file: BinaryIO, address: str, patience: Patience) -> None:
    place = file.tell()
    for piece in _pieces(answer, address):
        if place == 0 and piece.lstrip()[:14].lower().startswith(_PAGE):
            raise RemoteError(
                "the server answers with a web page instead of a file",
                code="E701",
                where=Where(file=shown(address)),
                hint="give the address of the file itself",
            )
        place += len(piece)
        if place > patience.most_bytes:
            raise _too_large(address, patience)
        file.write(piece)


def _pieces(answer: Answer, address: str) -> Iterator[bytes]:
    while piece := read(answer, address, _PIECE):
        yield piece


def _too_large(address: str, patience: Patience) -> LimitError:
    return LimitError(
        f"the file is larger than {_amount(patience.most_bytes)}",
        code="E520",
        where=Where(file=shown(address)),
        hint="allow more with --max-bytes if you trust the address",
    )


def _published(checksum: str, place: _Place, patience: Patience, tell: Tell) -> Checksum:
    tell(f"downloading {shown(checksum)} (checksum)")
    with asked(checksum, {}, patience.seconds) as answer:
        content = b"".join(islice(_pieces(answer, checksum), _PIECES_OF_CHECKSUMS))
    return published(content, place.file.name, shown(checksum))


def _check(place: _Place, checksums: list[Checksum], tell: Tell) -> None:
    """Let a file that has its checksums take its place; throw any other away."""
    known = place.known(_PART)
    for each in checksums:
        with place.part.open("rb") as file:
            found = file_digest(file, each.kind).hexdigest()
        if found != each.value:
            place.forget(of=_PART)
            raise RemoteError(
                f"the file does not have the {each.kind} checksum {each.said_by}: it is {found}, "
                f"and should be {each.value}",
                code="E703",
                where=Where(file=shown(place.address)),
                hint="nothing was installed; try again later, or give a file you trust with --from",
            )
        tell(f"{each.kind} checksum is right: {place.file.name}")
    place.part.replace(place.file)
    if known:
        checked = ", ".join(each.kind for each in checksums)
        size = _size(place.file)
        place.note(
            Downloaded(**{**asdict(known), "size": size, "checked": checked}),
        )
    place.forget(of=_PART)


def _amount(size: int) -> str:
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def noted(address: str, folder: Path) -> Downloaded | None:
    """Return what is known of the last whole download of an address; None where there is none."""
    return _Place(folder, address).known()


def forget(address: str, folder: Path) -> None:
    """Let the file at an address, which turned out to be broken, be downloaded anew next time."""
    _Place(folder, address).forget()
