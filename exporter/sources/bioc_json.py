"""BioC JSON: collections, PubTator3 exports, bare documents and documents line by line."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Never

from exporter.errors import InputError, Where
from exporter.model.document import Document
from exporter.sources._bioc_bytes import at_line, decoded_record
from exporter.sources._bioc_json_cuts import NAME, reason_of, split_stream, too_deep
from exporter.sources._bioc_paper import paper_of
from exporter.sources._bioc_values import unfit
from exporter.sources._reader import Reader, Record, Settings

_LOOKED_AT = 1024 * 1024
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_EMPTY = re.compile(rb'"(?:documents|PubTator3)"\s*:\s*\[\s*\]')
_PASSAGES = re.compile(rb'"passages"\s*:\s*\[')
_OF_BIOC = re.compile(rb'"(?:offset|infons|annotations)"\s*:')
_ESCAPED = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


_NO_LETTER = re.compile(r"[\0\ud800-\udfff]")


class _TwiceError(ValueError):
    """A key that comes twice in one object."""


class _NumberError(ValueError):
    """What Python takes for a number and JSON does not: NaN, Infinity."""


def _parse(record: Record, settings: Settings) -> Document:
    """Return the paper of one document; what is no JSON, or no BioC, refuses the whole of it."""
    content = decoded_record(record)
    value = _loaded(content, record.where)
    if not isinstance(value, dict):
        raise unfit(value, "an object", "document", record.where)
    if _ESCAPED.search(content):
        _refuse_half_letters(value, record.where)
    return paper_of(value, record, settings)


def _loaded(content: str, where: Where) -> Any:
    try:
        return _DECODER.decode(content)
    except json.JSONDecodeError as error:
        raise _broken(reason_of(error), at_line(where, error.lineno, error.colno)) from None
    except RecursionError:
        raise too_deep(where) from None
    except _TwiceError as error:
        raise InputError(
            f"the key {error.args[0]!r} comes twice in one object",
            code="E179",
            where=where,
            hint="keep one of the two",
        ) from None
    except _NumberError as error:
        raise _broken(f"{error.args[0]} is no number", where) from None
    except ValueError:  # more digits than Python is willing to read
        raise _broken("a number has too many digits", where) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(written: str) -> Never:
    raise _NumberError(written)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)


def _refuse_half_letters(value: Any, where: Where) -> None:
    """Refuse what can stand in no text: half of a pair of surrogates, and NUL."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += (*each, *each.values())
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and (match := _NO_LETTER.search(each)):
            raise InputError(
                f"\\u{ord(match[0]):04x} stands in a text, and is no letter by itself",
                code="E188",
                where=where,
                hint="write what stood there before the file was converted",
            )


def _broken(reason: str, where: Where) -> InputError:
    return InputError(
        f"this is no JSON: {reason}",
        code="E174",
        where=where,
        hint="see whether the file is whole, and fetch it again",
    )


def _split(content: bytes, where: Where) -> Iterator[Record]:
    """Yield one record for each document of a file."""
    yield from split_stream(BytesIO(content), where)


def _recognises(content: bytes) -> bool:
    """Tell whether there are passages as BioC has them, or a collection that holds none."""
    head = content[:_LOOKED_AT]
    if not _BEGINS.match(head):
        return False
    return bool(_EMPTY.search(head) or (_PASSAGES.search(head) and _OF_BIOC.search(head)))


READER = Reader(
    name=NAME,
    suffixes=(".json", ".jsonl", ".ndjson"),
    recognises=_recognises,
    split=_split,
    parse=_parse,
    split_stream=split_stream,
)
