"""The entity sections of a digest: every item becomes one annotation, whatever its id."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.errors import InputError, Where
from exporter.model.document import Annotation
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import Namespaces
from exporter.sources._digest_items import Item, UnbalancedError, read_item, split_items
from exporter.sources._digest_outline import Line, Section
from exporter.sources._placing import Prose, checked_count, mentions_of

_BULLET = r"[ \t]*(?:[-*+•][ \t]+)"
_BOLD_KIND = re.compile(
    rf"(?:{_BULLET})?[ \t]*(?:\*\*|__)([^*_:]+)(?::[ \t]*(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*"
)
_PLAIN_KIND = re.compile(
    rf"(?:{_BULLET})?[ \t]*([^\W\d_][\w/-]*(?: [\w/-]+){{0,2}}):(?=[ \t]|$)[ \t]*(?!https?://)"
)
_NO_KIND = re.compile(_BULLET)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EntityLine:
    """The list of one kind: where its items stand in the text."""

    kind: str
    begin: int
    end: int
    line: int


def annotations_in(
    sections: Sequence[Section], prose: Prose, namespaces: Namespaces, where: Where
) -> tuple[tuple[Annotation, ...], tuple[Finding, ...]]:
    """Return one annotation per entity item in order, and what is wrong with their ids.

    Brackets that do not pair are refused with their line and column.
    """
    annotations: list[Annotation] = []
    findings: list[Finding] = []
    ordinals: Counter[tuple[str, str]] = Counter()
    count = 0
    for section in sections:
        lines, unread = _entity_lines(section)
        findings += [_unread(line, replace(where, field=section.name)) for line in unread]
        for line in lines:
            place = replace(where, field=f"{section.name}, {line.kind}".rstrip(", "))
            findings += _no_kind(line, place)
            for offset, text in _item_texts(prose.content, line, place):
                item = read_item(text, namespaces)
                spot = replace(place, line=_line_at(prose.content, line, offset))
                mentions = mentions_of(prose, item.label, filter(None, (item.gloss, *item.aliases)))
                count = checked_count(count + len(mentions))
                findings += _id_findings(item, spot)
                annotations.append(
                    Annotation(
                        annotator=section.name,
                        kind=line.kind,
                        ordinal=ordinals[section.name, line.kind],
                        label=item.label,
                        gloss=item.gloss,
                        stated_as=item.stated_as,
                        stated=item.stated,
                        aliases=item.aliases,
                        mentions=mentions,
                        line=spot.line,
                    )
                )
                ordinals[section.name, line.kind] += 1
    return tuple(annotations), tuple(findings)
