"""From a file to the pinned text: strict UTF-8, no byte order mark, LF as line end."""

import codecs
import re
from dataclasses import replace

from exporter.errors import InputError, Where

_OTHER_UNICODE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
LOST = "\ufffd"
"""What a careless conversion puts in the place of a letter that it cannot read."""

# Control characters, and line ends that YAML would silently fold away.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


def decoded(content: bytes, where: Where) -> str:
    r"""Return the pinned text of a file; nothing but a BOM and CR before LF is dropped.

    Bytes that are not UTF-8 and NUL are refused with their offset, line and column.

    >>> decoded(b"\xef\xbb\xbfa\r\nb", Where())
    'a\nb'
    """
    for mark, encoding in _OTHER_UNICODE:
        if content.startswith(mark):
            raise _refused(f"the file is {encoding}, not UTF-8", content, 0, where)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"byte 0x{content[error.start]:02X} is not UTF-8"
        raise _refused(problem, content, error.start, where) from None
    nul = content.find(b"\0")
    if nul >= 0:
        raise _refused("there is a NUL byte", content, nul, where)
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def unreadable(error: OSError, where: Where) -> InputError:
    """Return the error that tells why a file could not be read."""
    if isinstance(error, FileNotFoundError):
        hint = "see the spelling, and the folder that you are in"
        return InputError("there is no such file", code="E101", where=where, hint=hint)
    if isinstance(error, IsADirectoryError):
        hint = "give the path of a file"
        return InputError("this is a folder, not a file", code="E102", where=where, hint=hint)
    said = (error.strerror or str(error)).lower()
    hint = "give the path of a file that you may read"
    return InputError(f"cannot be read: {said}", code="E103", where=where, hint=hint)


def _refused(problem: str, content: bytes, offset: int, where: Where) -> InputError:
    before = content[:offset].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    before = before.replace("\r", "\n")
    place = replace(where, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
    return InputError(
        f"{problem} (offset {offset} of the file)",
        code="E110",
        where=place,
        hint="save the file as UTF-8 text",
    )
