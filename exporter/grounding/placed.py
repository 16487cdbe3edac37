"""Annotations whose places their source gives: judged by what stands there, once for all alike."""

from collections.abc import Iterable

from exporter.grounding.placement import Placement, Said
from exporter.grounding.rules import rules
from exporter.grounding.signs import Signs, signs_of
from exporter.grounding.stock import Stock
from exporter.grounding.suspicion import SPECIES, SUSPICIONS, acquitted, is_borne_out
from exporter.grounding.tables import Field
from exporter.model.document import Annotation, Text
from exporter.model.grounding import Grounding
from exporter.ontologies.index import Ontologies

_REMEMBERED = 500_000


class Memo:
    """What was decided in a run: one grounding for each label, kind, ids and signs of the text.

    Pass the same one for all papers of a run; whatever comes in which order, the verdicts are the
    same.
    """

    def __init__(self, ontologies: Ontologies, field: Field) -> None:
        self.stock = Stock(ontologies, field)
        self.verdicts: dict[tuple[Said, Signs], Grounding] = {}


def are_placed(annotations: Iterable[Annotation]) -> bool:
    """Tell whether the source gives the places of annotations, as far as any of them has one."""
    return next((each.is_placed for each in annotations if each.mentions), False)


def ground_placed(text: Text, memo: Memo) -> tuple[Grounding, ...]:
    """Return one grounding for each annotation of a text, in the same order."""
    verdicts = memo.verdicts
    if len(verdicts) > _REMEMBERED:
        verdicts.clear()
    found = []
    for each, signs in signs_of(text):
        said = Said(each.label, each.kind, each.stated_as, each.stated, each.together)
        verdict = verdicts.get((said, signs))
        if verdict is None:
            verdict = verdicts[said, signs] = judged(Placement(said, signs, memo.stock))
        found.append(_weighed(said, signs, text, memo) if verdict.rule in SUSPICIONS else verdict)
    return tuple(found)


def _weighed(said: Said, signs: Signs, text: Text, memo: Memo) -> Grounding:
    """Return the remembered verdict if the rest of the text does not speak against it."""
    verdict = memo.verdicts[said, signs]
    if not is_borne_out(said, verdict, text, memo.stock):
        return verdict
    if verdict.rule == SPECIES:
        return judged(Placement(said, signs._replace(species=()), memo.stock))
    return acquitted(said, verdict, memo.stock)


def judged(placement: Placement) -> Grounding:
    """Return what the first rule with a verdict says; the last rule always has one."""
    verdicts = (rule.of_place(placement) for rule in rules() if rule.of_place)
    return next(verdict for verdict in verdicts if verdict)
