"""Which concept each annotation of a text means, with rule and reason; nothing is guessed."""

from dataclasses import replace

from exporter.grounding.context import Context, contexts
from exporter.grounding.placed import Memo, are_placed, ground_placed
from exporter.grounding.remarks import findings, placed_findings
from exporter.grounding.rules import rules
from exporter.grounding.senses import use_of
from exporter.grounding.tables import Field, bundled_field, field_of
from exporter.grounding.weighing import weighed
from exporter.model.document import Document, Text
from exporter.model.grounding import Grounding
from exporter.ontologies.index import Ontologies

__all__ = ["Field", "Memo", "bundled_field", "field_of", "findings", "ground", "placed_findings"]


def ground(
    document: Document,
    text: Text,
    ontologies: Ontologies,
    field: Field | None = None,
    memo: Memo | None = None,
) -> tuple[Grounding, ...]:
    """Return one grounding for each annotation of a text of a document, in the same order.

    ``field`` is what is known of a field of medicine beyond its ontologies; by default what the
    bundled packs know. ``memo`` is what was decided so far in this run, with the same ontologies.
    """
    if not text.annotations:
        return ()
    memo = memo or Memo(ontologies, field or bundled_field())
    if are_placed(text.annotations):
        return ground_placed(text, memo)
    # Equal annotations are judged once: where they are listed makes no difference.
    asked = [replace(each, annotator="", ordinal=0, line=None) for each in text.annotations]
    distinct = tuple(dict.fromkeys(asked))
    found = contexts(replace(text, annotations=distinct), ontologies, field or bundled_field())
    asked_of = (replace(each, use=use_of(each)) for each in found)
    judged = (weighed(each, _judged(each), memo.stock) for each in asked_of)
    verdicts = dict(zip(distinct, judged, strict=True))
    return tuple(verdicts[each] for each in asked)


def _judged(context: Context) -> Grounding:
    """Return what the first rule with a verdict says; the last rule always has one."""
    verdicts = (rule.judge(context) for rule in rules() if rule.judge)
    return next(verdict for verdict in verdicts if verdict)
