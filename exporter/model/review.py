"""What a curator decided about an annotation, and the key under which it is remembered."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from exporter.errors import NOWHERE, Where
from exporter.model.identifiers import EntityId


class Decision(StrEnum):
    """What a curator says of an annotation about which there was an open finding."""

    ACCEPT = "accept"
    KEEP = "keep"
    REJECT = "reject"
    REPLACE_WITH = "replace-with"
    NARROW_TO = "narrow-to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A curator's decision; ``target`` is the concept of a replacement or of a narrower one.

    ``accept`` takes the proposal as it stood (``target``), ``keep`` leaves the annotation as its
    source has it. ``date`` is that of the decision (ISO 8601), as its file says.
    """

    key: str
    decision: Decision
    target: EntityId | None = None
    reason: str = ""
    curator: str = ""
    date: str = ""
    where: Where = NOWHERE


def review_key(document: str, kind: str, label: str, stated_as: str) -> str:
    """Return the key of an annotation by its content: same paper, kind, label and id, same key.

    >>> review_key("PMC1", "Genes", "CS", "NCBI Gene 1431")
    '6036d5d91722'
    """
    said = "\0".join((document, kind, label, stated_as))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:12]
