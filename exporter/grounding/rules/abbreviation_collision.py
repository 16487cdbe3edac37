"""The label is a short form that text or field use for something else than the id.

Sense: HC is healthy controls far more often than TCN1; a person has to look.
Example: ``CAT (catalase)`` in a text that never says catalase; ``DM`` with the id of diabetes
mellitus in a text that only names dermatomyositis, or that explains it so.
Decoy: a text that says catalase, or that itself explains CAT as catalase.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.placement import Placement
from exporter.grounding.rivals import rival_of
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.grounding.senses import foreign_use
from exporter.grounding.spelling import coverage, fits_any, is_full_name
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "abbreviation-collision"
_Found = tuple[str, str, EntityId | None]


def _judge(context: Context) -> Grounding | None:
    is_gene = context.kind.category == "gene"
    found = _in_gene(context) if is_gene else _explained(context) or _contradicted(context)
    if found is None:
        return None
    short, means, proposed = found
    said = means in context.reading.abbreviations.said_of(short)
    verb = "means" if said else "may well mean"
    concept = context.called(context.concept) if context.concept else "the gene"
    reason = f"{short!r} {verb} {means!r} here, and the text names {concept} in no other way"
    return verdict(context, CODE, Status.UNRESOLVED, reason, proposed)


def _in_gene(context: Context) -> _Found | None:
    use = context.use
    if use is not None and use.sense is Sense.DOUBTFUL:
        return use.place.exact, use.means, None
    means = "" if use or context.occurrences else foreign_use(context.label, context)
    return (context.label, means, None) if means else None


def _explained(context: Context) -> _Found | None:
    """Return a label with what the text says that it means, if the id is not called so."""
    said = context.reading.abbreviations.said_of(context.label)
    names = context.known_names
    if not said or not names or any(fits_any(long, names) for long in said):
        return None
    share = max(coverage(long, names) for long in said)
    return (context.label, said[0], None) if share <= 0.5 else None


def _contradicted(context: Context) -> _Found | None:
    """Return a label that the text leaves unexplained, with another thing that it may mean."""
    if context.reading.abbreviations.said_of(context.label):
        return None
    rival = rival_of(context)
    return (context.label, rival.name, rival.concept) if rival else None


def _of_place(placement: Placement) -> Grounding | None:
    """Find a gene whose symbol the text explains by words that are none of its names."""
    if placement.kind.category != "gene" or placement.fit or not placement.is_contradicted:
        return None
    if not is_full_name(placement.signs.long):
        return None
    reason = (
        f"{placement.label!r} means {placement.signs.long!r} here, which is no name of "
        f"{placement.called(placement.concept or placement.stated)}"
    )
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="rests on a short form that usually means something else",
    level=Level.WARNING,
    priority=52,
    remedy=(
        "correct the id in the source, or decide with exporter review; where the text leaves it "
        "open, a row in the abbreviations.csv of a pack (--pack FOLDER) tells what the short form "
        "means"
    ),
    judge=_judge,
    of_place=_of_place,
)
