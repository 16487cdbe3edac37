"""Text from data, made safe for a terminal."""

_LONGEST = 2_000


def printable(text: str, *, keep: str = "") -> str:
    r"""Write what a terminal would act on (escapes, line ends, direction marks) as an escape.

    >>> printable("one\ntwo \x1b[31mred")
    'one\\ntwo \\x1b[31mred'
    """
    return "".join(
        letter
        if letter.isprintable() or letter in keep
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def message(text: str) -> str:
    """Return a printable message of one line; an end that nobody would read is only counted."""
    rest = len(text) - _LONGEST
    return printable(text[:_LONGEST]) + (f"… ({rest} more letters)" if rest > 0 else "")
