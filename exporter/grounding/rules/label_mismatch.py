"""The label fits no name that we know of the id.

Sense: the annotator may know a name that we do not; until somebody looks, nothing is claimed.
Labels that share a root with a name of the id are proposed, all others left open.
Example: ``skin lesions`` with the id of skin diseases; ``rash`` with that of exanthema.
Decoy: a plural, another word order, a British spelling of a known name.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import others_named
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.grounding.spelling import related
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "label-mismatch"


def _judge(context: Context) -> Grounding | None:
    if context.resolution.stated is None or context.concept is None:
        return None
    akin = any(related(wording, context.known_names) for wording in context.wordings)
    reason = (
        f"{context.resolution.stated} leads to {context.called(context.concept)}; "
        f"{context.label!r} fits none of the names we know of it"
    )
    others = others_named(context)
    if others:
        reason += f"; it is a name of {', '.join(context.called(other) for other in others)}"
        proposed = others[0] if len(others) == 1 else None
        return verdict(context, CODE, Status.UNRESOLVED, reason, proposed)
    if akin:
        return verdict(context, CODE, Status.PROPOSED, reason, context.concept)
    return verdict(context, CODE, Status.UNRESOLVED, f"{reason} and shares no word with them")


def _of_place(placement: Placement) -> Grounding | None:
    """Leave it open: that no name fits proves nothing as long as none of another thing does."""
    if placement.concept is None:
        return None
    reason = (
        f"{placement.stated} leads to {placement.called(placement.concept)}; "
        f"{placement.label!r} fits none of the names we know of it"
    )
    likely = placement.is_akin or placement.abbreviates_own
    status, proposed = (Status.PROPOSED, placement.concept) if likely else (Status.UNRESOLVED, None)
    return placed_verdict(placement, CODE, status, reason, proposed)


RULE = Rule(
    code=CODE,
    title="has an id whose known names its label does not fit",
    level=Level.NOTE,
    priority=88,
    remedy=(
        "correct the id in the source, or decide with exporter review; if it is right everywhere, "
        "add a pack (--pack FOLDER) whose slices/*.tsv has the label among its names"
    ),
    judge=_judge,
    of_place=_of_place,
)
