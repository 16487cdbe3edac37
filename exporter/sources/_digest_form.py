"""Tell a digest from other texts with headings: a README is none, however it is written."""

import re

from exporter.sources._digest_header import is_header
from exporter.sources._digest_outline import ENTITIES, Outline, outline
from exporter.sources._digest_services import url_in

_HEAD = 1024 * 1024
_MARKED = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)


def looks_like_digest(content: bytes) -> bool:
    """Tell whether a file is a digest by its sections, its header line and its footer."""
    text = content[:_HEAD].decode("utf-8", errors="replace").removeprefix("\ufeff")
    parts = outline(_FENCED.sub("", text.replace("\r\n", "\n")))
    known = {section.name for section in parts.sections if section.telling}
    unknown = {section.name for section in parts.sections if not section.known}
    if not known:
        return False
    plain = 0 if _MARKED.search(text) else 2  # a plain line "Abstract" alone tells nothing
    return len(known) + 2 * _marks(parts, known) > len(unknown) + plain


def is_digest(parts: Outline) -> bool:
    """Tell whether a file that its user calls a digest is one: it has a digest's section."""
    return any(section.telling for section in parts.sections)


def _marks(parts: Outline, known: set[str]) -> int:
    """Count what only digests have: lists of entities, a header line, the address at the end."""
    header = any(is_header(line.text) for line in parts.front)
    source = parts.source is not None and url_in(parts.source.text) is not None
    return len(known & ENTITIES) + header + source
