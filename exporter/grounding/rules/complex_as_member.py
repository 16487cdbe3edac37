"""The text names a complex, the annotation one of its parts.

Sense: a receptor of two subunits is neither of them.
Example: ``IFNAR1`` where the text says that type I interferons share the receptor IFNAR.
Decoy: a text that says that TYK2 sits at IFNAR1.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.rule import Rule, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "complex-as-member"
_PART = "has_part"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is None or use.sense is not Sense.FAMILY:
        return None
    complexes = [f for f in context.families_of(use.place.exact) if _is_complex(f, context)]
    if not complexes:
        return None
    reason = (
        f"the text says {use.place.exact!r}, which is the complex {context.called(complexes[0])}; "
        f"it never names the part {context.called(context.concept)} itself"
    )
    return verdict(context, CODE, Status.PROPOSED, reason, complexes[0])


def _is_complex(family: EntityId, context: Context) -> bool:
    term = context.ontologies.get(family)
    has_parts = term is not None and bool(term.related(_PART))
    return has_parts or family in context.reading.field.complexes


RULE = Rule(
    code=CODE,
    title="gives one part where the text names a complex",
    level=Level.ERROR,
    priority=24,
    remedy="replace the id by the complex",
    judge=_judge,
)
