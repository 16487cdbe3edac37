"""The whole flow on one screen: read, ground, write as statements, validate."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exporter.grounding import findings as grounding_findings
from exporter.grounding.review import Verdicts
from exporter.model.case import Case
from exporter.model.evidence import EvidenceLine, SilentRow
from exporter.model.findings import Finding
from exporter.model.grounding import Grounding
from exporter.model.propositions import propositions
from exporter.pipeline.inputs import Gathered
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.papers import PaperExport, ground_papers
from exporter.rdf.cases import CaseSources, case_quads
from exporter.rdf.iris import Iris
from exporter.rdf.mentions import confirmed_concepts, mention_quads
from exporter.rdf.papers import paper_quads
from exporter.rdf.propositions import proposition_quads
from exporter.rdf.quoting import TextMode
from exporter.rdf.review import review_quads
from exporter.rdf.terms import Quad
from exporter.sources import Shelf, place_evidence

__all__ = ["CaseExport", "Exported", "PaperExport", "export", "quads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExport:
    """A case with its placed evidence and what its rows say for and against."""

    case: Case
    sources: CaseSources
    lines: tuple[EvidenceLine, ...]
    silent: tuple[SilentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Everything that one run makes: papers, cases and what was found doubtful on the way."""

    papers: tuple[PaperExport, ...]
    cases: tuple[CaseExport, ...]
    findings: tuple[Finding, ...]

    def groundings(self) -> Iterator[Grounding]:
        """Yield the groundings of all papers."""
        return (each for paper in self.papers for group in paper.groundings for each in group)


def export(gathered: Gathered, knowledge: Knowledge, verdicts: Verdicts | None = None) -> Exported:
    """Ground every annotation, place every quote and weigh every row; nothing is written yet.

    What curators decided stands above what the rules say.
    """
    papers = ground_papers(gathered.documents, knowledge, verdicts)
    shelf = Shelf(gathered.documents)
    cases = tuple(_case(case, shelf, knowledge) for case in gathered.cases)
    doubts = [
        finding
        for paper in papers
        for text, groundings in paper.pairs()
        for finding in (*text.findings, *grounding_findings(text, groundings))
    ]
    doubts += [finding for paper in papers for finding in _on_verdicts(paper)]
    return Exported(papers=papers, cases=cases, findings=(*gathered.findings, *doubts))


def _on_verdicts(paper: PaperExport) -> Iterator[Finding]:
    findings = (ruling.finding for ruling in paper.rulings)
    return (finding for finding in findings if finding)


def _case(case: Case, shelf: Shelf, knowledge: Knowledge) -> CaseExport:
    evidence, _ = place_evidence(case, shelf)
    lines, silent = propositions(case, knowledge.namespaces)
    sources = CaseSources(evidence=evidence, paper=shelf.source_of(case))
    return CaseExport(case=case, sources=sources, lines=lines, silent=silent)


def quads(exported: Exported, knowledge: Knowledge, iris: Iris, mode: TextMode) -> Iterator[Quad]:
    """Yield the statements of papers and cases, graph by graph."""
    for paper in exported.papers:
        yield from _paper_quads(paper, iris, mode)
        yield from review_quads(paper.document, paper.rulings, iris, knowledge.namespaces)
    for case in exported.cases:
        yield from _case_quads(case, knowledge, iris, mode)


def _paper_quads(paper: PaperExport, iris: Iris, mode: TextMode) -> Iterator[Quad]:
    every = [grounding for groundings in paper.groundings for grounding in groundings]
    yield from paper_quads(paper.document, iris, mode, confirmed_concepts(every))
    for text, groundings in paper.pairs():
        yield from mention_quads(paper.document, text, groundings, iris, mode)


def _case_quads(
    exported: CaseExport, knowledge: Knowledge, iris: Iris, mode: TextMode
) -> Iterator[Quad]:
    case, sources = exported.case, replace(exported.sources, mode=mode)
    yield from case_quads(case, sources, iris, knowledge.namespaces)
    yield from proposition_quads(case, exported.lines, exported.silent, iris)
