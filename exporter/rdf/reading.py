"""RDF files, read strictly: a mistake is an error with its place, and nothing is fetched."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from exporter.errors import InputError, LimitError, Where
from exporter.rdf._oxigraph import Statement, from_oxigraph, with_stable_blank_nodes
from exporter.rdf.syntax import Format, decoded, format_of_content, format_of_path

_DEEPEST = 1_000
_DEEPEST_XML = 200
"""RDF/XML takes time that grows with the square of its depth, and needs hardly any."""

_NOWHERE = Where()
_PARSER_PREFIX = re.compile(r"^Parser error at line \d+ (?:between columns \d+ and|column) \d+: ")
_XML_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|(?P<type><!(?:DOCTYPE|ENTITY))",
    re.DOTALL | re.IGNORECASE,
)
_XML_ENCODING = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!utf-?8[\"'])([^\"']*)", re.I)
_XML_NESTING = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|(?P<close></)|<(?:[^<>\"'/]|\"[^\"]*\"|'[^']*'|/(?!>))*+(?:/>|(?P<open>>)|\Z)",
    re.DOTALL,
)
_BRACKETS = dict.fromkeys((Format.TURTLE, Format.TRIG), ("<<", "[", "("))
_JSON_NESTING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_TERM_NESTING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*(?:"""|\Z)' + r"|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>|#[^\n]*|\\.|(?P<open><<|[\[(])|(?P<close>>>|[\])])",
    re.DOTALL,
)


def parse(
    source: Path | bytes, form: Format | None = None, *, base: str | None = None
) -> Iterator[Statement]:
    """Yield the statements of a file or of its bytes, in rdflib's terms and in their order.

    Without ``form`` the ending of the file decides, else how the content begins. Relative IRIs
    need a ``base``. Blank nodes are numbered as they come.
    """
    if isinstance(source, Path):
        where = Where(file=str(source))
        return from_oxigraph(read(content_of(source), form or format_of_path(source), base, where))
    return from_oxigraph(read(source, form, base))


def read(
    content: bytes, form: Format | None = None, base: str | None = None, where: Where = _NOWHERE
) -> Iterator[ox.Quad]:
    """Yield the statements of a file's bytes in pyoxigraph's terms; ``where`` names the file."""
    form = form or format_of_content(content, where)
    text = decoded(content, where)
    _refuse_traps(text, form, where)
    try:
        found = ox.parse(text, format=form.oxigraph, base_iri=base)
        yield from with_stable_blank_nodes(found)
    except MemoryError:
        raise LimitError(
            "a single value or statement is larger than 16 MB",
            code="E147",
            where=where,
            hint="leave it out, or refer to it by its address",
        ) from None
    except SyntaxError as problem:
        raise _malformed(problem, form, where) from None
    except ValueError as problem:
        raise InputError(str(problem), code="E140", where=where) from None


def content_of(path: Path) -> bytes:
    """Return the bytes of a file, or say why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as refusal:
        raise InputError(
            f"cannot be read: {(refusal.strerror or str(refusal)).lower()}",
            code="E143",
            where=Where(file=str(path)),
            hint="give the path of a file that you may read",
        ) from refusal


def _refuse_traps(text: str, form: Format, where: Where) -> None:
    """Refuse what is well formed but made to exhaust or to mislead a parser."""
    if form is Format.RDFXML:
        _refuse_entities(text, where)
        _refuse_depth(text, _XML_NESTING, where, _DEEPEST_XML)
    elif form is Format.JSONLD:
        _refuse_depth(text, _JSON_NESTING, where)
    elif any(text.count(bracket) > _DEEPEST for bracket in _BRACKETS.get(form, ("<<",))):
        _refuse_depth(text, _TERM_NESTING, where)


def _refuse_entities(text: str, where: Where) -> None:
    for markup in _XML_MARKUP.finditer(text):
        if markup["type"]:
            raise InputError(
                "RDF/XML with a document type or entities is not read",
                code="E145",
                where=_place(text, markup.start(), where),
                hint="replace the entities by what they stand for and leave the DOCTYPE out",
            )
    if (named := _XML_ENCODING.match(text)) is not None:
        raise InputError(
            f"the file says that its encoding is {named[1]}, but it is UTF-8",
            code="E144",
            where=where,
            hint="correct or leave out the encoding in its first line",
        )


def _refuse_depth(
    text: str, nesting: re.Pattern[str], where: Where, deepest: int = _DEEPEST
) -> None:
    depth = 0
    for token in nesting.finditer(text):
        depth += bool(token["open"]) - bool(token["close"])
        if depth > deepest:
            raise InputError(
                f"the file is nested more than {deepest} levels deep",
                code="E146",
                where=_place(text, token.start(), where),
                hint="write it flat: every node by itself, with an id",
            )


def _place(text: str, start: int, where: Where) -> Where:
    return Where(file=where.file, line=text.count("\n", 0, start) + 1)


def _malformed(problem: SyntaxError, form: Format, where: Where) -> InputError:
    message = _PARSER_PREFIX.sub("", problem.msg)
    hint = "the mistake is there, or just before it"
    if "LoadDocumentCallback" in message:
        message = "its context lies elsewhere, and nothing is fetched"
        hint = "put the content of the context into the file"
    elif "No scheme found" in message:
        message = "a relative IRI, and no base is known"
        hint = "give the base with --base IRI"
    place = Where(file=where.file, line=problem.lineno, column=problem.offset)
    return InputError(f"not {form}: {message}", code="E140", where=place, hint=hint)
