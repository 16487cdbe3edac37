"""The only name of the gene is a short form that the field uses for something else.

Sense: HC is healthy controls far more often than TCN1; a person has to look.
Example: ``CAT (catalase)`` in a text that never says catalase.
Decoy: a text that says catalase, or that itself explains CAT as catalase.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.rule import Rule, verdict
from exporter.grounding.senses import foreign_use
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "doubtful-abbreviation"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is not None and use.sense is Sense.DOUBTFUL:
        short, means = use.place.exact, use.means
    elif context.kind.category == "gene" and not context.occurrences:
        short, means = context.label, foreign_use(context.label, context)
    else:
        return None
    if not means:
        return None
    said = context.reading.abbreviations.said_of(short)
    where = "in this text" if said else "in this field"
    reason = f"{short!r} means {means!r} {where}, and the text names the gene in no other way"
    return verdict(context, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="rests on a short form that usually means something else",
    level=Level.WARNING,
    priority=52,
    remedy="accept it if the gene is meant, else reject it",
    judge=_judge,
)
