"""From findings about annotations to the lines of a review file, and back into the file again."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from exporter.errors import Where
from exporter.grounding import placed_findings
from exporter.grounding.review import concept_as_stated
from exporter.grounding.review_lines import Line, State, in_order, numbered
from exporter.model.document import Annotation, Document, Text
from exporter.model.findings import Finding, Level
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.model.linting import Excerpt
from exporter.model.review import Ruling, review_key, review_names
from exporter.ontologies.index import Ontologies
from exporter.pipeline.excerpts import excerpt_of
from exporter.pipeline.papers import PaperExport


def open_lines(paper: PaperExport, ontologies: Ontologies) -> tuple[Line, ...]:
    """Return a line for each annotation of a paper about which there is something to decide.

    That is what is doubtful, and what is not but has a proposal to accept. Equal annotations of
    which the same is said share a line.
    """
    found: dict[Line, None] = {}
    for text, groundings in paper.pairs():
        for number, finding in placed_findings(text, groundings):
            annotation, grounding = text.annotations[number], groundings[number]
            if _asks_for_decision(finding, grounding):
                line = _line(paper.document, text, annotation, grounding, ontologies)
                found[_with_finding(line, finding)] = None
    return _once(found)


def every_line(paper: PaperExport, ontologies: Ontologies) -> tuple[Line, ...]:
    """Return a line for each annotation of a paper, those that nobody doubts too."""
    doubtful = open_lines(paper, ontologies)
    subjects = {line.subject for line in doubtful}
    others = {
        _line(paper.document, text, annotation, grounding, ontologies): None
        for text, groundings in paper.pairs()
        for annotation, grounding in zip(text.annotations, groundings, strict=True)
    }
    return _once([*doubtful, *(line for line in others if line.subject not in subjects)])


def sentences(papers: Iterable[PaperExport], keys: Set[str]) -> dict[str, Excerpt]:
    """Return the sentence of each of these annotations that stands in the prose of a text."""
    found: dict[str, Excerpt] = {}
    for paper in papers:
        for text in paper.document.texts:
            for annotation in text.annotations:
                key = _key(paper.document, annotation)
                excerpt = excerpt_of(text, annotation) if key in keys else None
                if excerpt is not None:
                    found.setdefault(key, excerpt)
    return found


def _key(document: Document, annotation: Annotation) -> str:
    return review_key(document.id, annotation.kind, annotation.label, annotation.stated_as)


def _asks_for_decision(finding: Finding, grounding: Grounding) -> bool:
    """Tell whether a curator has to decide: a doubt, or a note on what no fact was made of."""
    is_open = grounding.body is None and finding.code == grounding.rule
    return finding.level is not Level.NOTE or is_open


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines in order; of those that only differ in their place, the first."""
    first: dict[Line, Line] = {}
    for line in in_order(lines):
        first.setdefault(replace(line, place="", format=""), line)
    return tuple(first.values())


def _line(
    document: Document,
    text: Text,
    annotation: Annotation,
    grounding: Grounding,
    ontologies: Ontologies,
) -> Line:
    concept = concept_as_stated(annotation, grounding)
    return Line(
        key=_key(document, annotation),
        document=document.id,
        format=text.format,
        place=_place(annotation),
        kind=annotation.kind,
        label=annotation.label,
        stated=annotation.stated_as,
        stated_id=str(annotation.stated or ""),
        concept=str(concept or ""),
        concept_label=_label(concept, ontologies),
        rule=grounding.rule,
        says=grounding.reason,
        proposal=str(grounding.proposed or ""),
        proposal_label=_label(grounding.proposed, ontologies),
        state=State.OPEN,
    )


def _with_finding(line: Line, finding: Finding) -> Line:
    return replace(line, rule=finding.code, level=finding.level.value, says=finding.message)


def _place(annotation: Annotation) -> str:
    """Return line and first characters in words, which no spreadsheet takes for a date."""
    line = f"line {annotation.line}" if annotation.line is not None else ""
    mention = annotation.mentions[0] if annotation.mentions else None
    characters = f"characters {mention.start} to {mention.end}" if mention else ""
    return ", ".join(filter(None, (line, characters)))


def _label(entity: EntityId | None, ontologies: Ontologies) -> str:
    term = ontologies.get(entity) if entity else None
    return term.label if term else ""


# --- into the file again ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The lines of a review file after another run, and how many of each sort there are."""

    lines: tuple[Line, ...]
    added: int
    gone: int
    stale: int


def merged(
    existing: Iterable[Line], found: Sequence[Line], papers: Sequence[PaperExport]
) -> Merged:
    """Return the lines of a file with those of the papers that were read now.

    Decisions stay, marked where they no longer apply. Open lines about these papers are made
    afresh; what a curator has begun to write in one is kept.
    """
    old = numbered(map(_remembering, existing))
    now_called = {
        name: paper.document.id for paper in papers for name in review_names(paper.document)
    }

    def same(line: Line) -> tuple[str, ...]:
        """Return what an open line of another run is known again by."""
        paper = now_called.get(line.document, line.document)
        return paper, line.kind, line.label, line.stated, line.rule

    rulings = _by_place(papers)
    filled = [_marked(line, rulings.get(line.where, ())) for line in old if line.is_filled]
    begun = {same(line): line for line in old if not line.is_filled and _is_begun(line)}
    fresh = [_carried(line, begun.pop(same(line), None)) for line in found]
    left = [line for line in old if not line.is_filled and line.document not in now_called]
    left += [replace(line, state=_NOT_FOUND) for line in begun.values() if line not in left]
    before = {same(line) for line in old if not line.is_filled}
    return Merged(
        lines=in_order([*filled, *fresh, *left]),
        added=len({same(line) for line in fresh} - before),
        gone=len(before - {same(line) for line in (*fresh, *left)}),
        stale=sum(line.is_stale for line in filled),
    )


_NOT_FOUND = f"{State.OPEN}: there is no such finding any more"


def _remembering(line: Line) -> Line:
    """Return a line that says which proposal was accepted: the next one may be another."""
    accepts = line.is_decided and line.verdict.strip().lower() == "accept"
    return replace(line, target=line.proposal) if accepts and not line.target.strip() else line


def _by_place(papers: Iterable[PaperExport]) -> Mapping[Where, tuple[Ruling, ...]]:
    found: dict[Where, tuple[Ruling, ...]] = {}
    for ruling in (each for paper in papers for each in paper.rulings):
        where = ruling.verdict.where
        found[where] = (*found.get(where, ()), ruling)
    return found


def _marked(line: Line, rulings: Sequence[Ruling]) -> Line:
    """Return a decision with what became of it now; nothing is known of papers not read."""
    if line.is_past or not rulings:
        return line
    remark = next((ruling.remark for ruling in rulings if ruling.remark), "")
    if any(ruling.applied for ruling in rulings):
        return replace(line, state=f"{State.DECIDED}: {remark}" if remark else State.DECIDED)
    return replace(line, state=f"{State.STALE}: {remark}")


def _is_begun(line: Line) -> bool:
    return any(cell.strip() for cell in (line.target, line.reason, line.curator, line.date))


def _carried(line: Line, begun: Line | None) -> Line:
    if begun is None:
        return line
    return replace(
        line, target=begun.target, reason=begun.reason, curator=begun.curator, date=begun.date
    )


def signed(lines: Iterable[Line], curator: str, today: str) -> tuple[Line, ...]:
    """Return the lines; decisions that no command has recorded yet get a name and a date."""
    return tuple(
        replace(line, curator=line.curator or curator, date=line.date or today)
        if line.is_decided and not line.count
        else line
        for line in lines
    )
