"""What may stand before the first paper of a PubMed XML file, and what is refused there."""

import codecs
import re

from exporter.errors import InputError, Where

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_READ = ("utf-8", "utf8", "us-ascii", "ascii")
_QUOTED = rb"""(?:"[^"<>]*+"|'[^'<>]*+')"""
_DTD = rb"""["']https?://(?:dtd\.nlm|www\.ncbi\.nlm)\.nih\.gov/[\w./-]+\.dtd["']"""
_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+(?:PubmedArticleSet|PubmedArticle)"
    rb"(?:\s+(?:PUBLIC\s+" + _QUOTED + rb"|SYSTEM)\s+" + _DTD + rb")?\s*>"
)
_HEAD = re.compile(rb"\s*+(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_FIRST = re.compile(rb"\s*(?:<!DOCTYPE\s+|<)(?:PubmedArticleSet|PubmedArticle)[\s>\[/]")
_LOOKED_AT = 1024 * 1024


def recognises(content: bytes) -> bool:
    """Tell whether the first element, or the DOCTYPE, is one of PubMed."""
    content = content[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content[:10_000].decode("utf-16", "ignore").encode("utf-8", "ignore")
    at = 0
    while match := _HEAD.match(content, at):
        at = match.end()
    return _FIRST.match(content, at) is not None


def check_encoding(content: bytes, where: Where) -> None:
    """Refuse a file whose first bytes are those of another Unicode encoding."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            raise _other_encoding(encoding, where)


def check_declaration(declaration: bytes, where: Where) -> None:
    """Refuse an XML declaration that names an encoding other than UTF-8."""
    match = _ENCODING.search(declaration)
    if match and match[1].decode("ascii", "replace").lower() not in _READ:
        raise _other_encoding(match[1].decode("utf-8", "backslashreplace"), where)


def check_doctype(doctype: bytes, where: Where) -> None:
    """Refuse a DOCTYPE that declares something, or names another definition than the NLM's.

    The one that is named is never fetched.
    """
    if doctype.endswith(b"["):
        raise InputError(
            "the DOCTYPE holds declarations of its own, which are not read",
            code="E134",
            where=where,
            hint="take them out; files of PubMed have none",
        )
    if _DOCTYPE.fullmatch(doctype) is None:
        shown = doctype[:200].decode("utf-8", "backslashreplace")
        raise InputError(
            f"{shown!r} is not the DOCTYPE of a file of PubMed",
            code="E134",
            where=where,
            hint="take the DOCTYPE out; it is not needed",
        )


def _other_encoding(encoding: str, where: Where) -> InputError:
    return InputError(
        f"the file is said to be {encoding}, not UTF-8 (offset 0 of the file)",
        code="E137",
        where=where,
        hint="save it as UTF-8, or fetch it again: PubMed writes UTF-8",
    )
