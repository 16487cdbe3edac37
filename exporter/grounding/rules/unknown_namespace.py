"""The stated id is of a vocabulary that is not among the known ones.

Sense: a prefix that nobody knows has no IRI, so nothing can be said about what it means.
Example: ``LOCALVOC:123`` without a table of namespaces that has the prefix.
Decoy: ``MSH:D003882``, which is another way to write MeSH.
"""

from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "unknown-namespace"


def _of_place(placement: Placement) -> Grounding | None:
    written = placement.said.stated_as
    if placement.stated or not written or placement.has_known_namespace:
        return None
    reason = f"{written!r} is of no known vocabulary"
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="has an id of a vocabulary that is not known",
    level=Level.WARNING,
    priority=8,
    remedy=(
        "write a known id in the source, replace it with exporter review, "
        "or add the prefix with --namespaces FILE"
    ),
    of_place=_of_place,
)
