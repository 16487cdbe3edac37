"""The lines of one paper in a PubTator file: its passages, what is annotated, what is related."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from exporter.errors import InputError, LimitError, Where

MAX_LINES = 100_000
"""Lines of the longest paper that is read."""
Row = tuple[int, list[str]]
"""The line of an annotation or relation in the file, and its columns."""


@dataclass(slots=True)
class Block:
    """A title with its abstract and the annotations whose offsets count from its start."""

    title: str
    abstract: str | None = None
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One paper as written: its id, its passages with their annotations, and its relations."""

    key: str
    blocks: Sequence[Block]
    relations: Sequence[Row]


def sheet_of(content: str, where: Where) -> Sheet:
    """Return the parts of a paper; the first line that is none of them is refused by its place.

    ``where`` is the place of the first line.
    """
    lines = content.split("\n")
    if len(lines) > MAX_LINES:
        raise _too_long(where)
    first = next((line for line in lines if line and not line.isspace()), "")
    key = first.partition("\t")[0].partition("|")[0]
    inner = f"{key}\t"
    blocks: list[Block] = []
    rows: list[Row] | None = None
    relations: list[Row] = []
    for number, line in enumerate(lines, start=where.line or 1):
        if line.startswith(inner) and rows is not None:
            fields = line.split("\t")
            if 5 <= len(fields) <= 7 and fields[1].isdecimal():
                rows.append((number, fields))
            else:
                relations.append((number, _relation(fields, where, number)))
        elif line and not line.isspace():
            rows = _with_text(blocks, key, line, where, number).rows
    return Sheet(key=key, blocks=blocks, relations=relations)


def _with_text(blocks: list[Block], key: str, line: str, where: Where, number: int) -> Block:
    """Add a title or an abstract, and return the block that it belongs to."""
    begin = len(key) + 3
    kind, words = line[len(key) : begin], line[begin:]
    if not line.startswith(key) or kind not in {"|t|", "|a|"}:
        raise _stray(key, replace(where, line=number))
    if kind == "|t|":
        blocks.append(Block(words))
    elif not blocks:
        blocks.append(Block("", words))
    elif blocks[-1].abstract is None:
        blocks[-1].abstract = words
    else:
        raise InputError(
            "the paper has two abstracts under one title",
            code="E185",
            where=replace(where, line=number),
            hint="delete one, or put it under a title line of its own",
        )
    return blocks[-1]


def _relation(fields: list[str], where: Where, line: int) -> list[str]:
    """Return the columns of a relation: id, kind, two arguments, and whether it is new."""
    is_number = fields[1][:1].isdigit() or fields[1][:1] == "-"
    if len(fields) not in {4, 5} or is_number or not all(fields[:4]):
        raise broken(fields, where, line)
    return fields


def broken(fields: Sequence[str], where: Where, line: int) -> InputError:
    """Return the error of a line that can be read as nothing; ``where`` tells the file."""
    return InputError(
        f"a line of {len(fields)} columns is neither an annotation nor a relation",
        code="E183",
        where=replace(where, line=line),
        hint="an annotation has id, start, end, mention, kind and concept, with tabs between",
    )


def _too_long(where: Where) -> LimitError:
    return LimitError(
        f"the paper has more than {MAX_LINES} lines",
        code="E504",
        where=where,
        hint="split its annotations over several files",
    )


def _stray(key: str, where: Where) -> InputError:
    return InputError(
        f"this line belongs to no text of the paper {key[:40]!r}",
        code="E184",
        where=where,
        hint="a paper begins with ID|t|title and ID|a|abstract; a blank line ends it",
    )
