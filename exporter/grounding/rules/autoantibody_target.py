"""The text speaks of antibodies against the gene's product, never of the gene.

Sense: "anti-MDA5 positive" is a finding in a patient's blood; the gene is only the antigen. Where
the antigen's name fits several findings, as Ro does, none is proposed.
Example: ``IFIH1`` where every place says anti-MDA5 or MDA5 antibodies.
Decoy: a text that also says that MDA5 senses viral RNA, or one of anti-TNF therapy.
"""

from dataclasses import replace

from exporter.grounding.context import Context, Sense
from exporter.grounding.placement import Placement
from exporter.grounding.resolution import names_of
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.grounding.spelling import key
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "autoantibody-target"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is None or use.sense is not Sense.ANTIGEN:
        return None
    antigen, concept = use.place.exact, context.concept
    findings = context.reading.field.antibodies.get(concept, ()) if concept else ()
    meant = _named(findings, antigen, context)
    reason = (
        f"the text speaks of antibodies against {antigen}; "
        f"{context.called(concept) if concept else 'the gene'} is only the antigen"
    )
    if findings and meant is None:
        kinds = " or ".join(context.called(each) for each in findings)
        reason += f"; the name does not tell whether {kinds} is meant"
    return verdict(context, CODE, Status.REJECTED, reason, meant)


def _named(findings: tuple[EntityId, ...], antigen: str, context: Context) -> EntityId | None:
    """Return the only finding, or of several the one that has the antigen in its names."""
    if len(findings) == 1:
        return findings[0]
    wanted = key(antigen)
    names = {each: names_of(each, context.ontologies) for each in findings}
    fitting = [each for each in findings if any(wanted in key(name) for name in names[each])]
    return fitting[0] if len(fitting) == 1 else None


def _of_place(placement: Placement) -> Grounding | None:
    if not placement.signs.antigen:
        return None
    concept = placement.concept
    findings = placement.stock.field.antibodies.get(concept, ()) if concept else ()
    reason = (
        f"the text speaks of antibodies against {placement.label}; "
        f"{placement.called(concept) if concept else 'the gene'} is only the antigen"
    )
    meant = findings[0] if len(findings) == 1 else None
    found = placed_verdict(placement, CODE, Status.REJECTED, reason, meant)
    # Where the gene itself is spoken of, too, the antibody is often a tool.
    return found if placement.signs.antigen_only else replace(found, level=Level.WARNING)


RULE = Rule(
    code=CODE,
    title="takes the antigen of an antibody for a gene of the text",
    level=Level.ERROR,
    priority=30,
    remedy=(
        "in the source, list the finding of the antibody instead of the gene, "
        "or decide with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
