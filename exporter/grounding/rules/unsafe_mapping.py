"""An exact mapping leads to a concept whose label claims more than the annotator said.

Sense: mappings between vocabularies are not always as exact as they say.
Example: ``growth failure`` with the id of growth disorders, which maps to hereditary endocrine
growth disease.
Decoy: ``lung diseases, interstitial``, which maps to the same words in another order.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import added_words
from exporter.grounding.rule import Rule, verdict
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


RULE = Rule(
    code=CODE,
    title="would gain a claim by its mapping",
    level=Level.ERROR,
    priority=60,
    remedy="write an id in the digest that says no more than the label",
    judge=_judge,
)
