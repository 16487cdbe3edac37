"""The text names a complex, the annotation one of its parts.

Sense: a receptor of two subunits is neither of them.
Example: ``IFNAR1`` where the text says that type I interferons share the receptor IFNAR.
Decoy: a text that says that TYK2 sits at IFNAR1.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "complex-as-member"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is None or use.sense is not Sense.FAMILY:
        return None
    families = context.families_of(use.place.exact)
    complexes = [each for each in families if context.reading.families.is_complex(each)]
    if not complexes:
        return None
    reason = (
        f"the text says {use.place.exact!r}, which is the complex {context.called(complexes[0])}; "
        f"it never names the part {context.called(context.concept)} itself"
    )
    return verdict(context, CODE, Status.PROPOSED, reason, complexes[0])


def _of_place(placement: Placement) -> Grounding | None:
    found = next(filter(placement.stock.families.is_complex, placement.families), None)
    if found is None:
        return None
    reason = (
        f"{placement.label!r} is the complex {placement.called(found)}, "
        f"not only its part {placement.called(placement.concept)}"
    )
    return placed_verdict(placement, CODE, Status.PROPOSED, reason, found)


RULE = Rule(
    code=CODE,
    title="gives one part where the text names a complex",
    level=Level.ERROR,
    priority=24,
    remedy=(
        "unless the part is meant, take it out of the source, "
        "or accept the complex with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
    level_of_place=Level.NOTE,  # as for members of families
)
