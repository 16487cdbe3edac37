"""What the YAML parser complains of, in a curator's words."""

import yaml

_PLAIN_WORDS = (
    ("tab character", "a tab stands where only spaces may stand", "indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon stands where no key can be",
        "put text that holds ': ' into double quotes, and indent keys of one record alike",
    ),
    (
        "did not find expected ',' or",
        "a bracket is not closed, or a comma is missing",
        "close every [ with ] and every { with }, and put text with commas into double quotes",
    ),
    (
        "did not find expected key",
        "the indentation does not fit, or a quoted text does not end where it should",
        "indent keys of one record alike, and put text with quotes into double quotes",
    ),
    (
        "unexpected end of stream",
        "a quoted text does not end",
        "end it with the quote that it begins with",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes is followed by a letter that means nothing",
        "write the backslash twice",
    ),
    (
        "invalid Unicode character escape",
        "an escape in double quotes stands for no character",
        "write the character itself",
    ),
    (
        "incompatible YAML document",
        "the file says that it is in another version of YAML",
        "delete the line that begins with %YAML",
    ),
)


def in_plain_words(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """Return what is wrong in a text that is not YAML, and what to do about it."""
    problem = error.problem or ""
    mark = error.problem_mark
    lines = text.splitlines()
    if mark and mark.line < len(lines) and lines[mark.line][mark.column :].startswith("\t"):
        problem = "tab character"
    for words, plain, hint in _PLAIN_WORDS:
        if words in problem:
            return plain, hint
    return f"this is not YAML: {problem}", "put text with special characters into double quotes"
