"""What an annotated text says of a paper, in any format, and how annotations are made fast."""

from dataclasses import dataclass

from exporter.model.document import Annotation, Mention, Relation
from exporter.model.findings import Finding
from exporter.model.making import maker

made_annotation = maker(
    Annotation,
    *("annotator", "kind", "ordinal", "label", "gloss", "stated_as", "stated"),
    *("aliases", "mentions", "line", "together"),
)
"""Makes an annotation of its values in this order."""
made_mention = maker(Mention, "start", "end", "exact", "source")
"""Makes a mention of its values in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Everything that is stated of one paper, in the order of the source."""

    annotations: tuple[Annotation, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
