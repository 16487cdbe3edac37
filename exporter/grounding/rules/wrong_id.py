"""The id is of something else than what the label names.

Sense: a rejected annotation is kept, but nothing is concluded from it. It needs proof: the text
itself explains the short form otherwise; the label is the name of another concept or of another
medicine; or a phrase stands where only the name of one single disease can.
Example: ``CS (citrate synthase)`` where the text says corticosteroid (CS); ``adalimumab`` with the
id of tofacitinib; ``muscle and skin involvement`` with that of a hereditary myopathy.
Decoy: ``rash`` with the id of exanthema: the names differ, but nothing says that it is wrong.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.fitting import fitting_name, is_other_medicine, others_named
from exporter.grounding.placement import Placement
from exporter.grounding.resolution import concepts_named
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.grounding.spelling import coverage, related, words
from exporter.grounding.stock import Stock
from exporter.grounding.tables import is_single_thing, kind_of
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "wrong-id"
_FEW = 2


def _judge(context: Context) -> Grounding | None:
    proof = _explained_otherwise(context)
    if proof is None and context.resolution.stated and context.known_names:
        proof = _named_otherwise(context)
    if proof is None:
        return None
    what = context.concept or context.resolution.stated
    thing = "id" if context.resolution.stated else "name"
    subject = f"the {thing} is that of {context.called(what) if what else 'a gene'}"
    return verdict(context, CODE, Status.REJECTED, f"{subject}; {proof[0]}", proof[1])


def _explained_otherwise(context: Context) -> tuple[str, EntityId | None] | None:
    """Return what the text says that the short form means, if that is none of the id's names."""
    if context.kind.category == "gene":
        use = context.use
        if use is None or use.sense is not Sense.OTHER:
            return None
        short, means = use.place.exact, use.means
        named = concepts_named(means, context.ontologies)
        proposed = named[0] if len(named) == 1 else None
    else:
        short, said = context.label, context.reading.abbreviations.said_of(context.label)
        if len(said) != 1 or coverage(said[0], context.known_names) > 0:
            return None
        means, proposed = said[0], _stranger(said[0], context)
        if proposed is None:
            return None
    return f"in this text {short!r} means {means!r}", proposed


def _stranger(name: str, context: Context) -> EntityId | None:
    """Return the one concept of a name, if it is not above or below that of the annotation."""
    named, concept = concepts_named(name, context.ontologies), context.concept
    if len(named) != 1 or concept is None:
        return None
    below = context.ontologies.is_below
    return None if below(named[0], concept) or below(concept, named[0]) else named[0]


def _named_otherwise(context: Context) -> tuple[str, EntityId | None] | None:
    if fitting_name(context):
        return None
    others = others_named(context)
    # A mapping may be at fault instead of the id, unless the label is far from both.
    far = not (context.resolution.mappings and related(context.label, context.known_names))
    if len(others) == 1 and far:
        return f"{context.label!r} is a name of {context.called(others[0])}", others[0]
    if context.kind.category == "chemical" and is_other_medicine(context.label, context.names):
        return f"{context.label!r} is the name of another medicine", None
    return _phrase_for_one_thing(context)


def _phrase_for_one_thing(context: Context) -> tuple[str, EntityId | None] | None:
    stated = context.resolution.stated
    if stated is None or not is_single_thing(stated):
        return None
    share = max(coverage(wording, context.known_names) for wording in context.wordings)
    if share > 0.5 or len(words(context.label)) < 2:
        return None
    return f"{context.label!r} is no name of it", None


def _of_place(placement: Placement) -> Grounding | None:
    """Reject what the text explains, or the label names, as a thing that has nothing to do with it.

    That the label is none of the id's names proves nothing by itself.
    """
    if not placement.is_known or placement.fit or placement.said.together or placement.is_akin:
        return None
    long = placement.signs.long
    named = placement.named_anywhere(long) if long else placement.others
    named = tuple(each for each in named if _could_be_stated(each, placement))
    unrelated = [each for each in named if not placement.are_related(each)]
    if not unrelated or len(unrelated) < len(named):
        return None
    what = f"the id is that of {placement.called(placement.concept or placement.stated)}"
    said = (
        f"in this text {placement.label!r} means {long!r}, " if long else f"{placement.label!r} is "
    )
    best = min(unrelated, key=placement.rank)
    reason = f"{what}; {said}a name of {placement.called(best)}"
    is_one = all(each in placement.stock.same(best) for each in unrelated)
    proposed = best if is_one else None
    return placed_verdict(placement, CODE, Status.REJECTED, reason, proposed)


def _could_be_stated(other: EntityId, placement: Placement) -> bool:
    """Tell whether the annotator could have given it: it has an id in the vocabulary in use.

    Nothing is proven by a finding where a group of diseases was written down, nor by the locus of a
    disease, which is called like it, where its gene was.
    """
    stock, category, targets = placement.stock, placement.kind.category, placement.kind.targets
    if category == "disease" and placement.is_of_a_group:
        return any(each.prefix == targets[0] for each in stock.same(other))
    if category == "gene" and other.prefix in targets:
        return not _is_locus(other, stock)
    if other.prefix in targets:
        return placement.has_id_for(other)
    return not _is_younger(other, placement.stated)


def _is_locus(gene: EntityId, stock: Stock) -> bool:
    """Tell whether a gene is known by the name of a disease and has hardly any other."""
    diseases, names = kind_of("disease").targets, stock.names(gene)
    if len(names) > _FEW:
        return False
    return any(each.prefix in diseases for name in names for each, _ in stock.named(name))


def _is_younger(other: EntityId, stated: EntityId | None) -> bool:
    """Tell whether an id was given out later: a register that runs out of numbers adds digits."""
    same = stated is not None and other.prefix == stated.prefix
    return same and stated is not None and len(other.local) > len(stated.local)


RULE = Rule(
    code=CODE,
    title="has the id of something else",
    level=Level.ERROR,
    priority=50,
    remedy=(
        "correct the id in the source, take the annotation out, or decide with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
