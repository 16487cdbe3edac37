"""The id is right but broader than what the label says.

Sense: where another annotator, or the label's own name, gives a narrower concept, that one is
preferred; both ids are kept.
Example: ``JDM`` with the id of dermatomyositis beside ``JDM`` with that of juvenile
dermatomyositis.
Decoy: ``dermatomyositis`` in the same text, which the broad id fits.
"""

from collections.abc import Iterator
from dataclasses import replace

from exporter.grounding.context import Context
from exporter.grounding.fitting import others_named
from exporter.grounding.placement import Placement
from exporter.grounding.resolution import names_of
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "broader-id"


def _judge(context: Context) -> Grounding | None:
    broad = context.concept
    if broad is None or context.resolution.stated is None:
        return None
    if any(context.means(name) for name in context.names[:1]):
        return None
    below = context.ontologies.is_below
    others = set(_said_by_others(context))
    meant = {*others_named(context), *others}
    narrower = {each for each in meant if each != broad and below(each, broad)}
    narrowest = [one for one in narrower if not any(below(o, one) for o in narrower - {one})]
    if len(narrowest) != 1:
        return None
    narrow = narrowest[0]
    reason = (
        f"{context.resolution.stated} is {context.called(broad)}; "
        f"{context.label!r} in this text is the narrower {context.called(narrow)}"
    )
    found = verdict(context, CODE, Status.NARROWED, reason, narrow)
    is_given = narrow in others or _could_be_stated(narrow, context)
    return replace(
        found,
        concept=narrow,
        version=context.ontologies.release_of(narrow),
        level=None if is_given else Level.NOTE,
    )


def _could_be_stated(concept: EntityId, context: Context) -> bool:
    """Tell whether the vocabulary of the stated id has one for a concept, as far as is known."""
    stated = context.resolution.stated
    ids = (concept, *(row.object for row in context.ontologies.mappings_from(concept)))
    return stated is not None and any(each.prefix == stated.prefix for each in ids)


def _said_by_others(context: Context) -> Iterator[EntityId]:
    """Yield what other annotators call so, or by its long form, in this text."""
    for each in context.neighbours:
        names = (each.label, *names_of(each.concept, context.ontologies))
        if each.kind == context.kind and any(context.means(name) for name in names):
            yield each.concept


def _of_place(placement: Placement) -> Grounding | None:
    """Find a name of something below the id that has an id of its own in the same vocabulary."""
    broad, stated = placement.concept, placement.stated
    if broad is None or stated is None or placement.fit or placement.said.together:
        return None
    stock = placement.stock
    below = stock.ontologies.ancestor_set
    narrower = [each for each in placement.kin_called_so if broad in below(each)]
    if len(narrower) != 1:
        return None
    narrow = narrower[0]
    if not placement.has_id_for(narrow):
        return None
    reason = (
        f"{stated} is {placement.called(broad)}; "
        f"{placement.label!r} is the narrower {placement.called(narrow)}"
    )
    found = placed_verdict(placement, CODE, Status.NARROWED, reason, narrow)
    return replace(found, concept=narrow, version=stock.ontologies.release_of(narrow))


RULE = Rule(
    code=CODE,
    title="has an id that is broader than its label",
    level=Level.WARNING,
    priority=44,
    remedy=(
        "write the id of the narrower concept in the source; if the broader one is meant, "
        "keep it with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
