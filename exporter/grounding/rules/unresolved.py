"""Nothing tells which concept is meant.

Sense: said openly instead of guessed.
Example: ``infliximab`` without an id, where no slice has the name; ``glucocorticoid``, a class;
``IL10`` without an id in a text about mice.
Decoy: an item with an id, about which another rule has something to say.
"""

from dataclasses import replace

from exporter.grounding.context import Context
from exporter.grounding.naming import choice
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "unresolved"


def _judge(context: Context) -> Grounding | None:
    written, concept = context.annotation.stated_as, context.concept
    named = (*context.resolution.named, *context.resolution.once_named)
    if written:
        reason = f"{written!r} is no id of a known vocabulary"
    elif concept:
        reason = f"no id is stated; {context.label!r} names the class {context.called(concept)}"
    elif named:
        candidates = ", ".join(context.called(each) for each in named)
        reason = f"no id is stated; {context.label!r} names {candidates}"
    else:
        reason = f"no id is stated, and {context.label!r} is no name that is installed"
    return verdict(context, CODE, Status.UNRESOLVED, reason, concept)


def _of_place(placement: Placement) -> Grounding | None:
    _, weighed, doubt = choice(placement)
    named = ", ".join(placement.called(each.concept) for each in weighed[:6])
    reason = f"no id is stated; {placement.label!r} is "
    reason += f"a name of {named}" if named else "no name that is installed"
    reason += f"; {doubt}" if doubt else ""
    made = placed_verdict(placement, CODE, Status.UNRESOLVED, reason)
    return replace(made, candidates=weighed)


RULE = Rule(
    code=CODE,
    title="could not be grounded",
    level=Level.WARNING,
    priority=100,
    remedy=(
        "write an id in the source, give one with exporter review, or add a pack (--pack FOLDER) "
        "whose slices/*.tsv has the name"
    ),
    judge=_judge,
    of_place=_of_place,
)
