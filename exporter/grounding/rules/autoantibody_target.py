"""The text speaks of antibodies against the gene's product, never of the gene.

Sense: "anti-MDA5 positive" is a finding in a patient's blood; the gene is only the antigen.
Example: ``IFIH1`` where every place says anti-MDA5 or MDA5 antibodies.
Decoy: a text that also says that MDA5 senses viral RNA, or one of anti-TNF therapy.
"""

from exporter.grounding.context import Context, Sense
from exporter.grounding.rule import Rule, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "autoantibody-target"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is None or use.sense is not Sense.ANTIGEN:
        return None
    finding = context.reading.field.antibodies.get(context.concept) if context.concept else None
    reason = (
        f"the text speaks of antibodies against {use.place.exact}; "
        f"{context.called(context.concept) if context.concept else 'the gene'} is only the antigen"
    )
    return verdict(context, CODE, Status.REJECTED, reason, finding)


RULE = Rule(
    code=CODE,
    title="takes the antigen of an antibody for a gene of the text",
    level=Level.ERROR,
    priority=30,
    remedy="replace the gene by the finding of the antibody",
    judge=_judge,
)
