"""What a file must not hold besides being UTF-8, and why it could not be read."""

import re

from exporter.errors import InputError, Where

LOST = "\ufffd"
"""What a careless conversion puts in the place of a letter that it cannot read."""

# Control characters, and line ends that YAML would silently fold away.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
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
