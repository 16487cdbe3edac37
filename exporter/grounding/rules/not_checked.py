"""No slice holds the id, so that nobody can compare its name with the label.

Sense: an id that looks right may be made up; only known ones are trusted.
Example: ``tofacitinib (CHEBI:71422)``, with the concept that bears this name as a proposal.
Decoy: an id of a slice.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import proposed_by_name
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "not-checked"


def _judge(context: Context) -> Grounding | None:
    resolution = context.resolution
    if resolution.stated is None or context.names:
        return None
    named = proposed_by_name(context)
    unknown = context.concept or resolution.stated
    reason = f"{unknown} is in none of the installed releases, so its name was not compared"
    reason += f"; {context.label!r} is a name of {context.called(named)}" if named else ""
    return verdict(context, CODE, Status.UNRESOLVED, reason, named)


def _of_place(placement: Placement) -> Grounding | None:
    if placement.stated is None or placement.is_known:
        return None
    reason = (
        f"{placement.stated} is in none of the installed releases, so its name was not compared"
    )
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="has an id that no installed release holds",
    level=Level.WARNING,
    priority=86,
    remedy=(
        "correct the id in the source, get its ontology with exporter ontology fetch, or add a "
        "pack (--pack FOLDER) whose slices/*.tsv has it"
    ),
    judge=_judge,
    of_place=_of_place,
)
