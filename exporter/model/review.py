"""What a curator decided about an annotation, and the key under which it is remembered."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from exporter.errors import NOWHERE, Where
from exporter.model.document import Document
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId


class Decision(StrEnum):
    """What a curator says of an annotation about which there was an open finding."""

    ACCEPT = "accept"
    KEEP = "keep"
    REJECT = "reject"
    REPLACE_WITH = "replace-with"
    NARROW_TO = "narrow-to"

    @property
    def takes_target(self) -> bool:
        """Tell whether the curator has to name a concept with it."""
        return self in {Decision.REPLACE_WITH, Decision.NARROW_TO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The annotation that a verdict is about, as it stood when the curator looked at it.

    ``format`` is that of the text, ``stated`` the canonical form of the stated id, ``concept`` what
    it led to, ``rule`` the code of the rule that judged it, ``doubted`` whether that was a finding,
    ``proposal`` what the rule proposed. Any may be empty.
    """

    document: str = ""
    format: str = ""
    kind: str = ""
    label: str = ""
    stated_as: str = ""
    stated: EntityId | None = None
    concept: EntityId | None = None
    rule: str = ""
    doubted: bool = False
    proposal: EntityId | None = None


NOTHING_SEEN = Reviewed()
"""No line says what the curator saw; the key alone tells the annotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A curator's decision; ``target`` is the concept of a replacement or of a narrower one.

    ``accept`` takes the proposal as it stood (``target``), ``keep`` leaves the annotation as its
    source has it. ``date`` is that of the decision (ISO 8601), as its file says. ``about`` is what
    the curator saw; the key alone tells which annotation is meant.
    """

    key: str
    decision: Decision
    target: EntityId | None = None
    reason: str = ""
    curator: str = ""
    date: str = ""
    where: Where = NOWHERE
    about: Reviewed = NOTHING_SEEN

    @property
    def says(self) -> tuple[Decision, EntityId | None]:
        """Return what two verdicts on one annotation must agree in."""
        return self.decision, self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What became of a verdict on one annotation of a paper.

    ``text`` and ``annotation`` are the numbers of its text and of it; None if it is gone.
    ``remark`` says why the verdict was not applied, or what to look at although it was.
    """

    verdict: Verdict
    applied: bool
    text: int | None = None
    annotation: int | None = None
    code: str = "stale-verdict"
    level: Level = Level.WARNING
    remark: str = ""
    hint: str = ""

    @property
    def finding(self) -> Finding | None:
        """Return what there is to say of it; None for a verdict that was simply applied."""
        if not self.remark:
            return None
        about = self.verdict.about
        stated = f" ({about.stated_as})" if about.stated_as else ""
        return Finding(
            level=self.level,
            code=self.code,
            message=self.remark,
            where=self.verdict.where,
            value=f"{about.label}{stated}",
            hint=self.hint,
        )


def review_key(document: str, kind: str, label: str, stated_as: str) -> str:
    """Return the key of an annotation by its content: same paper, kind, label and id, same key.

    It begins with a letter that is no digit of any number, so that no spreadsheet reads one.

    >>> review_key("PMC1", "Genes", "CS", "NCBI Gene 1431")
    'r6036d5d91722'
    """
    said = "\0".join((document, kind, label, stated_as))
    return f"r{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def review_names(document: Document) -> Iterator[str]:
    """Yield the ids under which a verdict on a paper may have been given, today's first.

    The name of a file is none of them, unless the paper has no other id: another paper may have
    a file of the same name.
    """
    files = {PurePath(text.where.file).stem for text in document.texts if text.where.file}
    names = [document.id, *(name for name in document.names if name not in files)]
    for identifier in document.identifiers:
        own = "PMID" if identifier.prefix == "PMID" else ""
        names += [identifier.curie, f"{own}{identifier.local}"]
    yield from dict.fromkeys(names)
