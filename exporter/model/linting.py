"""What the linter tells of documents: annotations with their verdicts, doubts, the account."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from exporter.errors import Where
from exporter.model.document import Annotation
from exporter.model.findings import Finding, Level
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A concept with what it is called and the release that says so; unknown ones have neither."""

    id: EntityId
    label: str = ""
    version: str = ""

    def __str__(self) -> str:
        called = f" {self.label}" if self.label else ""
        return f"{self.id}{called}{f' ({self.version})' if self.version else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a mention stands: code points of the pinned text, ``end`` excluded.

    ``line`` and ``column`` count from 1 and are those of the file, if the text is the whole file.
    """

    section: str
    start: int
    end: int
    exact: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A short quote: a mention with the words of its sentence around it."""

    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An annotation with its grounding, and what the ids of both are called.

    ``key`` is the one under which a curator's verdict on it is remembered; ``column`` that of the
    item in its line, where it can be told.
    """

    annotation: Annotation
    grounding: Grounding
    key: str
    stated: Named | None = None
    concept: Named | None = None
    proposed: Named | None = None
    candidates: tuple[Named, ...] = ()
    spots: tuple[Spot, ...] = ()
    excerpt: Excerpt | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A finding, with the annotation that it is about if it is about one.

    ``remedy`` says what a curator can do; the proposal stands in the annotation.
    """

    document: str
    finding: Finding
    remedy: str = ""
    judged: Judged | None = None

    @property
    def accepts(self) -> str:
        """Return the command that accepts the proposal, or nothing where there is none."""
        proposed = self.judged is not None and self.judged.proposed is not None
        if self.judged is None or not proposed:
            return ""
        file = self.finding.where.file
        named = f" {shlex.quote(file)}" if file else ""
        return f"exporter review{named} --accept {self.judged.key}"

    @property
    def order(self) -> tuple[object, ...]:
        """Return the sort key within a document: worst first, then by place."""
        finding = self.finding
        rank = list(Level).index(finding.level)
        place = (finding.where.line or 0, finding.where.column or 0)
        return (rank, place, finding.code, finding.value, finding.message)


class DocumentKind(StrEnum):
    """What was linted."""

    PAPER = "paper"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintedDocument:
    """A paper or a case with its doubts, worst first.

    ``judged`` holds every annotation, if that was asked for.
    """

    id: str
    kind: DocumentKind
    title: str = ""
    where: Where
    doubts: tuple[Doubt, ...] = ()
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What a rule means, for a person who meets its code.

    ``title`` finishes the sentence "this annotation …"; any part but the code may be empty.
    """

    code: str
    level: Level | None = None
    title: str = ""
    sense: str = ""
    example: str = ""
    decoy: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A record that could not be read: its place, and every reason with what to do about it."""

    where: Where
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of everything that was read; all numbers of a kind add up.

    ``statuses`` and ``rules`` count annotations, so that each sums to ``annotations``; so do
    ``ids``, by what was stated (``known namespace``, ``not understood``, ``none``). ``codes`` and
    ``levels`` count findings, each sums to ``findings``; ``hidden`` are those that were asked not
    to be shown, by reason. ``unmapped`` and ``not_checked`` count annotations by namespace and id.
    ``releases`` count annotations by the release that their concept was found in, ``mappings``
    those grounded through a mapping set.
    """

    papers: int
    texts: int
    cases: int
    annotations: int
    findings: int
    statuses: Mapping[str, int]
    rules: Mapping[str, int]
    ids: Mapping[str, int]
    codes: Mapping[str, int]
    levels: Mapping[str, int]
    hidden: Mapping[str, int]
    unmapped: Mapping[str, Mapping[str, int]]
    not_checked: Mapping[str, Mapping[str, int]]
    releases: Mapping[str, int]
    mappings: Mapping[str, int]
    verdicts: Mapping[str, int]
    left_out: tuple[LeftOut, ...] = ()
    passed_over: int = 0
