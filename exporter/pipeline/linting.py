"""Lint papers and cases as they come: read one, judge it, tell of it, forget it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exporter.errors import InputError
from exporter.grounding import Memo, placed_findings
from exporter.grounding.review import Verdicts
from exporter.model.case import Case
from exporter.model.decoding import decoded
from exporter.model.document import Document
from exporter.model.findings import Finding
from exporter.model.linting import (
    Account,
    DocumentKind,
    Doubt,
    Judged,
    LeftOut,
    LintedDocument,
    Shown,
)
from exporter.pipeline.inputs import Reading
from exporter.pipeline.judging import Bench, bench, doubts_of, plain_doubt
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.papers import PaperExport, ground_paper
from exporter.pipeline.streaming import streamed
from exporter.pipeline.tallying import Tally
from exporter.sources import Record, Settings, check_case, check_concepts, parse

Linted = LintedDocument | LeftOut | Finding
"""A paper or case with its doubts, a record that could not be read, or a file passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a reader of the report wants: which findings, whether all annotations, and how.

    ``how`` are the options that a command which accepts a proposal needs to find it again.
    """

    shown: Shown
    everything: bool = False
    how: str = ""


class Linter:
    """Judges one document after the other; what it remembers are counts and decisions."""

    def __init__(self, knowledge: Knowledge, verdicts: Verdicts | None, demand: Demand) -> None:
        self._knowledge = knowledge
        self._verdicts = verdicts
        self.demand = demand
        self._memo = Memo(knowledge.ontologies, knowledge.field)
        self._tally = Tally(demand.shown)

    def lint(self, reading: Reading) -> Iterator[Linted]:
        """Yield what is to be said of each record, in the order in which they are read.

        A record that cannot be read is an error, or left out if the reading keeps going.
        """
        for each in streamed(reading, lambda record: (self._linted(record, reading.settings),)):
            if isinstance(each, Finding):
                self._tally.passed_over()
            elif isinstance(each, LeftOut):
                self._tally.left_out(each)
            yield each

    def account(self) -> Account:
        """Return what became of everything so far."""
        known = None if self._verdicts is None else len(self._verdicts)
        return self._tally.account(self._knowledge.ontologies, known)

    def _linted(self, record: Record, settings: Settings) -> LintedDocument:
        parsed = parse(record, settings)
        if isinstance(parsed, Case):
            return self._case(parsed)
        return self._paper(parsed, record)

    def _case(self, case: Case) -> LintedDocument:
        known = self._knowledge
        self._tally.case()
        found = [
            *case.findings,
            *check_case(case, known.namespaces, known.measures),
            *check_concepts(case, known.namespaces, known.ontologies),
        ]
        return LintedDocument(
            id=case.case_id,
            kind=DocumentKind.CASE,
            where=case.where,
            doubts=worst_first(self._plain(case.case_id, found)),
        )

    def _plain(self, document: str, found: list[Finding]) -> list[Doubt]:
        return [plain_doubt(document, each) for each in found if self._tally.finding(each)]

    def _paper(self, document: Document, record: Record) -> LintedDocument:
        paper = ground_paper(document, self._knowledge, self._verdicts, self._memo)
        self._tally.paper()
        self._tally.rulings(paper.rulings)
        content = _content(record)
        doubts, judged = list[Doubt](), list[Judged]()
        for text, groundings in paper.pairs():
            held = bench(document, text, groundings, self._knowledge.ontologies, content)
            found = tuple(placed_findings(text, groundings))
            self._tally.text(text, groundings, {number for number, _ in found})
            shown = [pair for pair in found if self._tally.finding(pair[1])]
            doubts += doubts_of(held, shown, self.demand.how)
            judged += _every(held) if self.demand.everything else ()
        doubts += self._plain(document.id, [*of_paper(paper)])
        return LintedDocument(
            id=document.id,
            kind=DocumentKind.PAPER,
            title=document.title or "",
            where=replace(record.where, document=document.id),
            doubts=worst_first(doubts),
            judged=tuple(judged),
        )


def _every(held: Bench) -> Iterator[Judged]:
    return (held.judged(number) for number in range(len(held.groundings)))


def of_paper(paper: PaperExport) -> Iterator[Finding]:
    """Yield what is about no single annotation: of the paper, its texts and its verdicts."""
    yield from paper.document.findings
    for text in paper.document.texts:
        yield from text.findings
    for ruling in paper.rulings:
        if ruling.finding:
            yield ruling.finding


def _content(record: Record) -> str | None:
    """Return what a record holds, decoded; None where the reader itself could decode it only."""
    try:
        return decoded(record.content, record.where)
    except InputError:
        return None


def worst_first(doubts: list[Doubt]) -> tuple[Doubt, ...]:
    """Return the doubts of one document in the order in which they are told."""
    return tuple(sorted(doubts, key=lambda doubt: doubt.order))
