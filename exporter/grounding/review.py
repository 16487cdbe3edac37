"""Apply what curators decided: their verdicts stand above what the rules say of an annotation.

Every verdict belongs to the content of an annotation (paper, kind, label, stated id), so it does
not matter in which file, order or version that stands. A verdict that no longer fits is reported
and not applied; where the rules would show a concept that the curator did not want, nothing is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.grounding._verdict_fits import (
    Asked,
    Outcome,
    concept_as_stated,
    not_below,
    outcome_of,
)
from exporter.grounding._verdict_groups import group_of, shared_out
from exporter.grounding.verdicts import (
    Verdicts,
    agreeing,
    contents_of,
    read_verdicts,
    verdicts_of,
)
from exporter.model.document import Document, Text
from exporter.model.findings import Finding
from exporter.model.grounding import Grounding
from exporter.model.review import Ruling, Verdict, review_names
from exporter.ontologies.index import Ontologies

__all__ = [
    "ReviewedPaper",
    "Verdicts",
    "concept_as_stated",
    "not_below",
    "read_verdicts",
    "review",
    "reviewed",
    "stale",
    "verdicts_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedPaper:
    """The groundings of each text after the verdicts, and what became of each verdict."""

    groundings: tuple[tuple[Grounding, ...], ...]
    rulings: tuple[Ruling, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is to be said of the verdicts."""
        found = (ruling.finding for ruling in self.rulings)
        return tuple(finding for finding in found if finding)


def review(
    document: Document, groundings: Sequence[Sequence[Grounding]], verdicts: Verdicts
) -> ReviewedPaper:
    """Return the groundings of a paper with every verdict applied, and what became of each.

    ``groundings`` are those of each text, as the rules made them, in the order of annotations.
    """
    names = tuple(review_names(document))
    if not verdicts.concern(names):
        return ReviewedPaper(groundings=tuple(map(tuple, groundings)))
    changed, rulings = [list(rows) for rows in groundings], list[Ruling]()
    for places, found in _subjects(document, names, verdicts):
        groups = {place: group_of(changed[place[0]][place[1]]) for place in places}
        shares = shared_out(found, set(groups.values()))
        for place, group in groups.items():
            agreed = agreeing(shares.by_group[group])
            if agreed:
                asked = _asked(agreed[0], document, place, changed, verdicts.ontologies)
                outcome = outcome_of(asked)
                changed[place[0]][place[1]] = outcome.grounding
                rulings += [_ruling(verdict, outcome, place) for verdict in agreed]
        rulings += [_left(verdict, why, places[0]) for verdict, why in shares.left]
    rulings += _gone(document, names, verdicts)
    return ReviewedPaper(groundings=tuple(map(tuple, changed)), rulings=tuple(rulings))


Place = tuple[int, int]
"""The number of a text and of an annotation in it."""


def _subjects(
    document: Document, names: Sequence[str], verdicts: Verdicts
) -> list[tuple[list[Place], tuple[Verdict, ...]]]:
    """Return the places of annotations of equal content, each with the verdicts on them."""
    found: dict[tuple[int, ...], tuple[list[Place], tuple[Verdict, ...]]] = {}
    for number, text in enumerate(document.texts):
        for place, annotation in enumerate(text.annotations):
            about = verdicts.about(annotation, names)
            if about:
                same = tuple(id(verdict) for verdict in about)
                found.setdefault(same, ([], about))[0].append((number, place))
    return list(found.values())


def reviewed(
    document: Document, text: Text, groundings: Sequence[Grounding], verdicts: Verdicts
) -> tuple[Grounding, ...]:
    """Return the groundings of one text of a paper with every verdict applied."""
    return review(replace(document, texts=(text,)), (groundings,), verdicts).groundings[0]


def stale(
    document: Document, groundings: Sequence[Sequence[Grounding]], verdicts: Verdicts
) -> tuple[Finding, ...]:
    """Return what is to be said of the verdicts on a paper: those that no longer apply, mostly.

    ``groundings`` are those of each text as the rules made them, before any verdict.
    """
    return review(document, groundings, verdicts).findings


def _asked(
    verdict: Verdict,
    document: Document,
    place: Place,
    groundings: Sequence[Sequence[Grounding]],
    ontologies: Ontologies,
) -> Asked:
    text, annotation = place
    return Asked(
        verdict=verdict,
        annotation=document.texts[text].annotations[annotation],
        grounding=groundings[text][annotation],
        ontologies=ontologies,
    )


def _ruling(verdict: Verdict, outcome: Outcome, place: Place) -> Ruling:
    return Ruling(
        verdict=verdict,
        applied=outcome.applied,
        text=place[0],
        annotation=place[1],
        code=outcome.code,
        level=outcome.level,
        remark=outcome.remark,
        hint=outcome.hint,
    )


def _left(verdict: Verdict, why: str, place: Place) -> Ruling:
    hint = "decide again with exporter review; the old decision stays in the file"
    text, annotation = place
    return Ruling(
        verdict=verdict, applied=False, text=text, annotation=annotation, remark=why, hint=hint
    )


def _gone(document: Document, names: Sequence[str], verdicts: Verdicts) -> Iterator[Ruling]:
    """Yield the verdicts on annotations that are not there any more.

    Those that came from another format than any of the texts are passed over: they may be there.
    """
    said = (annotation for text in document.texts for annotation in text.annotations)
    there = {content for annotation in said for content in contents_of(annotation)}
    formats = {"", *(text.format for text in document.texts)}
    for verdict in (each for name in names for each in verdicts.on_paper(name)):
        if verdict.about.format in formats and there.isdisjoint(contents_of(verdict.about)):
            yield Ruling(
                verdict=verdict,
                applied=False,
                remark=f"{document.id} has no such annotation any more",
                hint="nothing to do; the decision stays in the file in case it comes back",
            )
