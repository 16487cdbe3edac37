"""The text names a family, the annotation one of its members.

Sense: what is said of interferon alpha, which is thirteen genes, is not said of IFNA1.
Example: ``IFNA1`` where the text speaks of an IFN signature or of serum IFN-alpha only.
Decoy: a text that names IFNA1 itself somewhere.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "family-as-member"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is None or use.sense is not Sense.FAMILY:
        return None
    family = context.families_of(use.place.exact)[0]
    reason = (
        f"the text says {use.place.exact!r}, which is the family {context.called(family)}; "
        f"it never names the member {context.called(context.concept)} itself"
    )
    return verdict(context, CODE, Status.PROPOSED, reason, family)


def _of_place(placement: Placement) -> Grounding | None:
    if not placement.families:
        return None
    family = placement.families[0]
    reason = (
        f"{placement.label!r} is the family {placement.called(family)}, "
        f"not only its member {placement.called(placement.concept)}"
    )
    return placed_verdict(placement, CODE, Status.PROPOSED, reason, family)


RULE = Rule(
    code=CODE,
    title="gives one member where the text names a family",
    level=Level.ERROR,
    priority=26,
    remedy=(
        "unless the member is meant, take it out of the source, "
        "or accept the family with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
    # Where they point at the very words, most annotators write one member for a family on purpose.
    level_of_place=Level.NOTE,
)
