"""What an export tells: every paper with its annotations one by one, and the account of all."""

from collections.abc import Iterator
from dataclasses import replace

from exporter.errors import Where
from exporter.grounding import placed_findings
from exporter.grounding.review import Verdicts
from exporter.model.linting import (
    Account,
    DocumentKind,
    Doubt,
    Judged,
    LeftOut,
    LintedDocument,
    Shown,
)
from exporter.pipeline import Exported
from exporter.pipeline.inputs import Gathered
from exporter.pipeline.judging import bench, doubts_of, plain_doubt
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.linting import of_paper, worst_first
from exporter.pipeline.papers import PaperExport
from exporter.pipeline.tallying import Tally


def told_papers(exported: Exported, knowledge: Knowledge) -> Iterator[LintedDocument]:
    """Yield each paper with every annotation and every doubt, in the order of the export."""
    for paper in exported.papers:
        doubts, judged = list[Doubt](), list[Judged]()
        for text, groundings in paper.pairs():
            held = bench(paper.document, text, groundings, knowledge.ontologies, None)
            doubts += doubts_of(held, placed_findings(text, groundings))
            judged += (held.judged(number) for number in range(len(groundings)))
        doubts += (plain_doubt(paper.document.id, each) for each in of_paper(paper))
        yield LintedDocument(
            id=paper.document.id,
            kind=DocumentKind.PAPER,
            title=paper.document.title or "",
            where=_where(paper),
            doubts=worst_first(doubts),
            judged=tuple(judged),
        )


def _where(paper: PaperExport) -> Where:
    place = paper.document.texts[0].where if paper.document.texts else Where()
    return replace(place, document=paper.document.id)


def left_out_of(gathered: Gathered) -> Iterator[LeftOut]:
    """Yield each record that could not be read."""
    for reject in gathered.rejects:
        reasons = tuple((reason.text, reason.hint) for reason in reject.reasons)
        yield LeftOut(where=reject.where, reasons=reasons)


def account_of(
    gathered: Gathered, exported: Exported, knowledge: Knowledge, verdicts: Verdicts | None
) -> Account:
    """Return what became of everything; ``verdicts`` are what curators decided, if anything.

    Every annotation that is not shown as fact and of which no finding speaks is counted by rule,
    namespace and id.
    """
    tally = Tally(Shown())
    for paper in exported.papers:
        tally.paper()
        tally.rulings(paper.rulings)
        for text, groundings in paper.pairs():
            told = {number for number, _ in placed_findings(text, groundings)}
            tally.text(text, groundings, told)
    for _ in exported.cases:
        tally.case()
    for finding in exported.findings:
        tally.finding(finding)
        if finding.code == "left-out":
            tally.passed_over()
    for record in left_out_of(gathered):
        tally.left_out(record)
    return tally.account(knowledge.ontologies, None if verdicts is None else len(verdicts))
