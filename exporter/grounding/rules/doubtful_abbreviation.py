"""The label is a short form that text or field use for something else than the id.

Sense: HC is healthy controls far more often than TCN1; a person has to look.
Example: ``CAT (catalase)`` in a text that never says catalase; ``DM`` with the id of
dermatomyositis in a text that explains it as diabetes mellitus.
Decoy: a text that says catalase, or that itself explains CAT as catalase.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.rule import Rule, verdict
from exporter.grounding.senses import foreign_use
from exporter.grounding.spelling import coverage, fits_any
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "doubtful-abbreviation"


def _judge(context: Context) -> Grounding | None:
    found = _in_gene(context) if context.kind.category == "gene" else _explained(context)
    if found is None:
        return None
    short, means = found
    said = means in context.reading.abbreviations.said_of(short)
    verb = "means" if said else "may well mean"
    concept = context.called(context.concept) if context.concept else "the gene"
    reason = f"{short!r} {verb} {means!r} here, and the text names {concept} in no other way"
    return verdict(context, CODE, Status.UNRESOLVED, reason)


def _in_gene(context: Context) -> tuple[str, str] | None:
    use = context.use
    if use is not None and use.sense is Sense.DOUBTFUL:
        return use.place.exact, use.means
    means = "" if use or context.occurrences else foreign_use(context.label, context)
    return (context.label, means) if means else None


def _explained(context: Context) -> tuple[str, str] | None:
    """Return a label with what the text says that it means, if the id is not called so."""
    said = context.reading.abbreviations.said_of(context.label)
    names = context.known_names
    if not said or not names or any(fits_any(long, names) for long in said):
        return None
    share = max(coverage(long, names) for long in said)
    return (context.label, said[0]) if share <= 0.5 else None


RULE = Rule(
    code=CODE,
    title="rests on a short form that usually means something else",
    level=Level.WARNING,
    priority=52,
    remedy="accept it if the gene is meant, else reject it",
    judge=_judge,
)
