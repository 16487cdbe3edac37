"""Bytes of a file as text: strict UTF-8, no byte order mark, LF as line end."""

import codecs
from dataclasses import replace

from exporter.errors import InputError, Where

_OTHER_UNICODE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decoded(content: bytes, where: Where, *, part: str = "file") -> str:
    r"""Return the pinned text of a file; nothing but a BOM and CR before LF is dropped.

    Bytes that are not UTF-8 and NUL are refused with their offset, line and column; ``part`` names
    what the offset counts from the start of.

    >>> decoded(b"\xef\xbb\xbfa\r\nb", Where())
    'a\nb'
    """
    for mark, encoding in _OTHER_UNICODE:
        if content.startswith(mark):
            problem = f"the file is {encoding}, not UTF-8"
            raise _refused(_at(problem, 0, part), content, 0, where)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"byte 0x{content[error.start]:02X} is not UTF-8"
        raise _refused(_at(problem, error.start, part), content, error.start, where) from None
    nul = content.find(b"\0")
    if nul >= 0:
        raise _refused(_at("there is a NUL byte", nul, part), content, nul, where)
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _at(problem: str, offset: int, part: str) -> str:
    return f"{problem} (offset {offset} of the {part})"


def _refused(problem: str, content: bytes, offset: int, where: Where) -> InputError:
    before = content[:offset].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    before = before.replace("\r", "\n")
    place = replace(where, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
    return InputError(
        problem,
        code="E110",
        where=place,
        hint="save the file as UTF-8 text",
    )
