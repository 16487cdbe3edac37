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


def errors() -> str:
    """Return every error code with the sentence that goes with it, as the code raises it."""
    found: dict[str, str] = {}
    for path in sorted((TOP / "exporter").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (code := _code(node)) and node.args:
                found.setdefault(code, _sentence(node.args[0]))
    return table(("code", "an example of what it says"), iter(sorted(found.items())))


def _code(call: ast.Call) -> str:
    values = (k.value for k in call.keywords if k.arg == "code")
    codes = (v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str))
    return next((code for code in codes if re.fullmatch(r"E\d{3}", code)), "")


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
