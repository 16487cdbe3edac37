"""The stated id is of another vocabulary and leads nowhere, or only near.

Sense: a broader or narrower match is worth a look, but it is not what the annotator said.
Example: ``inflammation of both muscle and skin`` with the id of inflammation.
Decoy: an id with an exact match.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import proposed_by_name
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "no-mapping"


def _judge(context: Context) -> Grounding | None:
    resolution = context.resolution
    if resolution.stated is None or resolution.exact:
        return None
    stated, targets = context.called(resolution.stated), " or ".join(context.kind.targets)
    near = tuple(dict.fromkeys(row.object for row in resolution.near))
    if near:
        rows = ", ".join(f"{row.predicate} {context.called(row.object)}" for row in resolution.near)
        reason = f"no exact mapping of {stated} to {targets} is installed; near ones: {rows}"
        proposed = near[0] if len(near) == 1 else None
        return verdict(context, CODE, Status.PROPOSED, reason, proposed)
    named = proposed_by_name(context)
    reason = f"no mapping of {stated} to {targets} is installed"
    reason += f"; {context.label!r} is a name of {context.called(named)}" if named else ""
    return verdict(context, CODE, Status.UNRESOLVED, reason, named)


def _of_place(placement: Placement) -> Grounding | None:
    if placement.stated is None or placement.resolution.exact:
        return None
    targets = " or ".join(placement.kind.targets)
    reason = f"no mapping of {placement.called(placement.stated)} to {targets} is installed"
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="has an id that maps to no concept",
    level=Level.WARNING,
    priority=84,
    remedy=(
        "write another id in the source, replace it with exporter review, or add a pack "
        "(--pack FOLDER) whose mappings/*.sssom.tsv has this one"
    ),
    judge=_judge,
    of_place=_of_place,
)
