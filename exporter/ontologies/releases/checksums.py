"""Checksums as releases publish them: in a file of their own, or in the answer of the server."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from exporter.errors import RemoteError, Where

_KINDS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
_DIGEST = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32,128}(?![0-9A-Za-z])")
_HEADERS = {"md5": "md5", "sha": "sha1", "sha-256": "sha256", "sha-512": "sha512"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """What a file must give: the kind (``sha256``), the value in hex, and who says so."""

    kind: str
    value: str
    said_by: str


def published(content: bytes, file_name: str, address: str) -> Checksum:
    """Read the checksum of a file from a published list, or from a file with that one alone."""
    lines = content.decode("utf-8", "replace").splitlines()
    found = [(line, match[0]) for line in lines for match in _DIGEST.finditer(line)]
    found = [(line, value) for line, value in found if len(value) in _KINDS]
    named = [value for line, value in found if file_name in re.split(r"[\s()*/]+", line)]
    values = dict.fromkeys(named or ([found[0][1]] if len(found) == 1 else []))
    if len(values) != 1:
        raise RemoteError(
            f"no checksum of {file_name} stands there",
            code="E703",
            where=Where(file=address),
            hint="nothing was installed; download the file yourself and give it with --from",
        )
    value = next(iter(values)).lower()
    return Checksum(kind=_KINDS[len(value)], value=value, said_by=f"published at {address}")


def announced(headers: Message) -> list[Checksum]:
    """Return the checksums that a server's answer holds of the whole file."""
    stated = dict(_stated(headers))
    return [
        Checksum(kind=kind, value=value, said_by="that the server announces")
        for kind, value in stated.items()
    ]


def _stated(headers: Message) -> Iterator[tuple[str, str]]:
    """Yield kind and value in hex; those of a part of the file are not those of the file."""
    for name in ("x-goog-hash", "repr-digest"):
        for cell in ",".join(headers.get_all(name, [])).split(","):
            key, _, value = cell.strip().partition("=")
            kind = _HEADERS.get(key.lower())
            plain = _hex(value.strip(":")) if kind else ""
            if kind and plain:
                yield kind, plain


def _hex(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).hex()
    except binascii.Error:
        return ""
