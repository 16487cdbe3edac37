"""What a file must not hold besides being UTF-8, and why it could not be read."""

import re
from collections.abc import Callable, Iterator

from exporter.errors import InputError, Where
from exporter.model.findings import Finding, Level

LOST = "\ufffd"
"""What a careless conversion puts in the place of a letter that it cannot read."""

# Control characters, and line ends that YAML would silently fold away.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


_PLAIN = bytes([*range(32, 127), *b"\t\n\r"])


def odd_characters(text: str, place: Callable[[int], Where]) -> Iterator[Finding]:
    """Yield a warning on the first letter that was lost and the first that cannot be printed.

    ``place`` tells where an offset of the text is.
    """
    # Most texts hold little besides plain ASCII, which is taken out faster than it is searched.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    rare = rest.decode("utf-8", "surrogatepass")
    if not (LOST in rare or UNPRINTABLE.search(rare)):
        return
    odd = {
        "lost-character": text.find(LOST),
        "unprintable": match.start() if (match := UNPRINTABLE.search(text)) else -1,
    }
    for code, start in odd.items():
        if start >= 0:
            yield Finding(
                level=Level.WARNING,
                code=code,
                message=f"the character U+{ord(text[start]):04X} stands in the text",
                where=place(start),
                hint="write what stood there before the file was converted",
            )


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
