"""What the linter tells of documents: annotations with their verdicts, doubts, the account."""

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

    ``remedy`` says what a curator can do; the proposal stands in the annotation. ``command`` is
    the one that accepts it, empty where there is nothing to accept.
    """

    document: str
    finding: Finding
    remedy: str = ""
    judged: Judged | None = None
    command: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Return the sort key within a document: worst first, then by place."""
        finding = self.finding
        rank = list(Level).index(finding.level)
        place = (finding.where.line or 0, finding.where.column or 0)
        return (rank, place, finding.code, finding.value, finding.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which findings are asked for: down to a level, of some rules, without others."""

    level: Level = Level.NOTE
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def chosen(self, finding: Finding) -> bool:
        """Tell whether a finding is of a rule that is asked for."""
        return finding.code not in self.without and (not self.only or finding.code in self.only)

    def hidden_by(self, finding: Finding) -> str:
        """Return why a finding is not shown; empty for one that is."""
        if not self.chosen(finding):
            return "of a rule that was not asked for"
        ranks = list(Level)
        low = ranks.index(finding.level) > ranks.index(self.level)
        return f"below the level {self.level}" if low else ""


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
class ReleaseUsed:
    """A release at hand, and of how many annotations it holds the concept."""

    name: str
    version: str
    licence: str
    installed: bool
    annotations: int

    @property
    def held(self) -> str:
        """Return where it is held: ``installed`` in the index or ``bundled`` with a pack."""
        return "installed" if self.installed else "bundled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of everything that was read; all numbers of a kind add up.

    ``statuses`` and ``rules`` each sum to ``annotations``; ``codes`` and ``levels`` each to
    ``findings``, and so do ``shown`` and the values of ``hidden`` (by reason) together. ``chosen``
    counts findings by level without those of rules that were not asked for. ``uncertain`` counts
    annotations of which nothing is said one by one: by rule (``not-checked``), namespace and id.
    """

    papers: int = 0
    texts: int = 0
    cases: int = 0
    annotations: int = 0
    findings: int = 0
    shown: int = 0
    statuses: Mapping[str, int]
    rules: Mapping[str, int]
    codes: Mapping[str, int]
    levels: Mapping[str, int]
    chosen: Mapping[str, int]
    hidden: Mapping[str, int]
    uncertain: Mapping[str, Mapping[str, Mapping[str, int]]]
    releases: tuple[ReleaseUsed, ...] = ()
    verdicts: Mapping[str, int]
    left_out: tuple[LeftOut, ...] = ()
    number_left_out: int = 0
    passed_over: int = 0

    def fails(self, least: Level) -> bool:
        """Tell whether there is a finding at least as grave as a level."""
        ranks = list(Level)
        return any(self.chosen.get(level, 0) for level in ranks[: ranks.index(least) + 1])
