"""The generated lists of the documents: read from the code and the data, never typed by hand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in lines
    )


def commands() -> str:
    """Return every command with the first line of its help."""
    import click

    from exporter.cli import main

    def rows() -> Iterator[tuple[str, ...]]:
        context = click.Context(main)
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            assert command is not None
            yield f"`exporter {name}`", command.get_short_help_str(limit=200)
            below = command.commands if isinstance(command, click.Group) else {}
            for inner, step in sorted(below.items()):
                yield f"`exporter {name} {inner}`", step.get_short_help_str(limit=200)

    return table(("command", "what it does"), rows())


def readers() -> str:
    """Return every input format."""
    from exporter.sources import readers as known

    rows = (
        (f"`{name}`", ", ".join(f"`{suffix}`" for suffix in reader.suffixes))
        for name, reader in sorted(known().items())
    )
    return table(("`--from`", "usual file names"), rows)


def namespaces() -> str:
    """Return every namespace with its canonical form and an example."""
    from exporter.model.identifiers import bundled_namespaces

    rows = (
        (row.prefix, f"`{row.iri}`", f"`{row.prefix}:{row.example}`", row.category)
        for row in bundled_namespaces()
    )
    return table(("prefix", "IRIs start with", "example", "category"), rows)


def shapes() -> str:
    """Return every shape with what it asks for."""
    from exporter.validation.shapes import shapes as known

    rows = ((f"`{s.name}`", s.severity.value, s.description) for s in known())
    return table(("shape", "severity", "what it asks for"), rows)


def rules() -> str:
    """Return every grounding rule in the order in which they are tried."""
    from exporter.grounding.rules import rules as known

    rows = (
        (f"`{r.code}`", r.level.value, f"This annotation {r.title}.", r.remedy) for r in known()
    )
    return table(("rule", "level", "what it says", "what to do"), rows)


def releases() -> str:
    """Return every release that is fetched by name, with its addresses."""
    from exporter.ontologies.releases.catalogue import catalogue

    def addresses(files: Iterator[str]) -> str:
        folders: dict[str, list[str]] = {}
        for address in files:
            folder, _, name = address.rpartition("/")
            folders.setdefault(folder, []).append(f"`{name}`")
        return "<br>".join(f"{folder}/ {', '.join(names)}" for folder, names in folders.items())

    rows = (
        (f"`{r.name}`", r.title, r.licence, addresses(file.address for file in r.files))
        for r in catalogue().values()
    )
    return table(("name", "what it is", "licence", "from"), rows)


def licences() -> str:
    """Return every licence that a text may be said to be under."""
    from exporter.model.licences import licences as known

    return table(("licence", "IRI"), ((f"`{name}`", f"`{iri}`") for name, iri in known().items()))


def errors() -> str:
    """Return every error code with the most telling sentence that the code raises it with."""
    found: dict[str, str] = {}
    advice: dict[str, str] = {}
    for path in sorted((TOP / "exporter").rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for code, sentence in _raised(module):
            found[code] = max(found.get(code, ""), sentence, key=_letters)
        advice |= _advised(module)
    found = advice | found
    assert all(_letters(sentence) for sentence in found.values()), found
    return table(("code", "an example of what it says"), iter(sorted(found.items())))


def _letters(sentence: str) -> int:
    return sum(map(str.isalpha, sentence))


def _raised(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield code and sentences of each error; a name stands for what it may be there."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and (code := _code(call)) and call.args:
                yield from ((code, s) for s in _sentences(call.args[0], function, calls))


def _advised(module: ast.Module) -> dict[str, str]:
    """Return codes that stand in a pair with their hint: their sentence is the system's."""
    pairs = (node.elts for node in ast.walk(module) if isinstance(node, ast.Tuple))
    texts = ([e.value for e in pair if isinstance(e, ast.Constant)] for pair in pairs)
    return {
        code: f"hint: {hint}"
        for code, hint in (text for text in texts if len(text) == 2)
        if re.fullmatch(r"E\d{3}", str(code))
    }


def _code(call: ast.Call) -> str:
    values = (k.value for k in call.keywords if k.arg == "code")
    codes = (v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str))
    return next((code for code in codes if re.fullmatch(r"E\d{3}", code)), "")


def _sentences(
    message: ast.expr, function: ast.FunctionDef, calls: list[ast.Call]
) -> Iterator[str]:
    """Yield what a message may be, its values as an ellipsis."""
    yield _sentence(message)
    if isinstance(message, ast.IfExp):
        yield from (_sentence(part) for part in (message.body, message.orelse))
    if isinstance(message, ast.JoinedStr) and isinstance(message.values[0], ast.FormattedValue):
        rest = _sentence(ast.JoinedStr(values=message.values[1:]))
        yield from (s + rest for s in _sentences(message.values[0].value, function, calls))
    if not isinstance(message, ast.Name):
        return
    yield from (_sentence(value) for value in _assigned(message.id, function))
    names = [argument.arg for argument in function.args.args]
    if message.id in names:
        place = names.index(message.id)
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id == function.name:
                yield from (_sentence(value) for value in call.args[place : place + 1])


def _assigned(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _values_of(name, target, node.value)


def _values_of(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for part, its_value in zip(target.elts, value.elts, strict=False):
            yield from _values_of(name, part, its_value)


def _sentence(message: ast.expr) -> str:
    """Return the message with its values as an ellipsis."""
    if isinstance(message, ast.Constant):
        return str(message.value)
    if isinstance(message, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "…" for v in message.values)
    return "…"


def demo() -> str:
    """Return what ``exporter demo`` prints, its Turtle cut to the case node."""
    from click.testing import CliRunner

    from exporter.cli import main

    sections = CliRunner().invoke(main, ["demo"]).output.split("== ")[1:]
    return "```text\n" + "".join(f"== {_shortened(section)}" for section in sections) + "```"


def _shortened(section: str) -> str:
    if not section.startswith("The case"):
        return section
    title, _, turtle = section.partition("\n")
    nodes = [node for node in turtle.split("\n\n") if node.startswith("<case/")]
    return f"{title}\n{nodes[0]}\n… {len(nodes) - 1} more nodes\n\n"
