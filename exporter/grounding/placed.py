"""Annotations whose places their source gives: judged by what stands there, once for all alike."""

from collections.abc import Iterable

from exporter.grounding.hints import with_hints
from exporter.grounding.initials import may_be_short
from exporter.grounding.namesakes import with_namesake
from exporter.grounding.placement import Placement, Said
from exporter.grounding.rules import rules
from exporter.grounding.signs import NO_SIGNS, Signs, TextSigns
from exporter.grounding.stock import Stock
from exporter.grounding.suspicion import SUSPICIONS, Court
from exporter.grounding.tables import Field, kind_of
from exporter.model.document import Annotation, Text
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies

_REMEMBERED = 500_000
_Key = tuple[str, str, str, str, tuple[EntityId, ...]]


class Memo:
    """What was decided in a run: one grounding for each label, kind, ids and signs of the text.

    Pass the same one for all papers of a run; whatever comes in which order, the verdicts are the
    same.
    """

    def __init__(self, ontologies: Ontologies, field: Field) -> None:
        self.stock = Stock(ontologies, field)
        self._known: dict[_Key, _Known] = {}

    def known(self, annotation: Annotation) -> "_Known":
        """Return what is remembered of all annotations that say the same as this one."""
        stated = annotation.stated
        iri = stated.iri if stated else ""
        key = (annotation.label, annotation.kind, annotation.stated_as, iri, annotation.together)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[key] = _Known(annotation)
        return found


class _Known:
    """One label with its kind and ids, and its verdicts by the signs of a text."""

    __slots__ = ("is_gene", "is_short", "said", "verdicts")

    def __init__(self, annotation: Annotation) -> None:
        self.said = Said(
            annotation.label,
            annotation.kind,
            annotation.stated_as,
            annotation.stated,
            annotation.together,
        )
        self.is_short = may_be_short(annotation.label)
        self.is_gene = kind_of(annotation.kind).category == "gene"
        self.verdicts: dict[Signs, Grounding] = {}


def are_placed(annotations: Iterable[Annotation]) -> bool:
    """Tell whether the source gives the places of annotations, as far as any of them has one."""
    return next((each.is_placed for each in annotations if each.mentions), False)


def ground_placed(text: Text, memo: Memo) -> tuple[Grounding, ...]:
    """Return one grounding for each annotation of a text, in the same order."""
    every = [memo.known(each) for each in text.annotations]
    short = {each.said.label for each in every if each.is_short}
    signs = TextSigns(text, short, memo.stock.is_held)
    court = Court(text, memo.stock)
    namesakes: dict[tuple[_Known, Signs], Signs] = {}
    found = []
    for annotation, known in zip(text.annotations, every, strict=True):
        seen = NO_SIGNS
        if known.is_short or known.is_gene:
            seen = signs.of(annotation, is_short=known.is_short, is_gene=known.is_gene)
        if seen.long and known.is_gene:
            if (known, seen) not in namesakes:
                namesakes[known, seen] = with_namesake(seen, annotation, text, memo.stock)
            seen = namesakes[known, seen]
        if not known.said.stated_as:
            seen = with_hints(seen, annotation, text)
        verdict = known.verdicts.get(seen)
        if verdict is None:
            verdict = known.verdicts[seen] = judged(Placement(known.said, seen, memo.stock))
        if verdict.rule in SUSPICIONS:
            verdict = court.weighed(known.said, verdict, is_explained=bool(seen.long))
        found.append(verdict)
    return tuple(found)


def judged(placement: Placement) -> Grounding:
    """Return what the first rule with a verdict says; the last rule always has one."""
    verdicts = (rule.of_place(placement) for rule in rules() if rule.of_place)
    return next(verdict for verdict in verdicts if verdict)
