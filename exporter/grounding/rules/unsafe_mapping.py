"""An exact mapping leads to a concept whose label claims more than the annotator said.

Sense: mappings between vocabularies are not always as exact as they say.
Example: ``growth failure`` with the id of growth disorders, which maps to hereditary endocrine
growth disease.
Decoy: ``lung diseases, interstitial``, which maps to the same words in another order.
"""

from exporter.grounding.context import Context
from exporter.grounding.fit import fit_of
from exporter.grounding.fitting import added_words
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.grounding.spelling import telling
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "unsafe-mapping"


def _judge(context: Context) -> Grounding | None:
    added = sorted(added_words(context)) if context.resolution.mappings else []
    if not added:
        return None
    reason = (
        f"{context.called(context.resolution.stated)} maps to {context.called(context.concept)}, "
        f"which adds {', '.join(repr(word) for word in added)} to what {context.label!r} says"
    )
    named = context.resolution.named
    return verdict(context, CODE, Status.UNRESOLVED, reason, named[0] if len(named) == 1 else None)


def _of_place(placement: Placement) -> Grounding | None:
    stated, concept, stock = placement.stated, placement.concept, placement.stock
    if not placement.resolution.mappings or stated is None or concept is None:
        return None
    if placement.kind.category == "chemical":
        return None  # an isotope, a salt or a charge is a form of it, not a claim about it
    if fit_of(placement.label, (concept,), stock) or not fit_of(placement.label, (stated,), stock):
        return None
    labels = stock.names(stated)[:1] + stock.names(concept)[:1]
    said = [telling(placement.label), *(telling(name) for name in labels[:1])]
    added = telling(labels[-1]) - frozenset().union(*said)
    if len(labels) < 2 or not added or not any(each < telling(labels[-1]) for each in said if each):
        return None
    reason = (
        f"{placement.called(stated)} maps to {placement.called(concept)}, which adds "
        f"{', '.join(map(repr, sorted(added)))} to what {placement.label!r} says"
    )
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="would gain a claim by its mapping",
    level=Level.ERROR,
    priority=60,
    remedy=(
        "write an id in the source that says no more than the label, or decide with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
