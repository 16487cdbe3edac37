"""What ``convert`` does with its options: read, tell what the new format cannot hold, write."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from exporter.cli._overwriting import refuse_folder
from exporter.cli._standard_input import NAME, standard_input
from exporter.cli._verbosity import detail, note
from exporter.errors import UsageError, Where
from exporter.rdf.formats import (
    WRITTEN,
    Format,
    content_of,
    format_named,
    format_of_content,
    format_of_path,
    read,
    rewrite,
)
from exporter.writers.files import STDOUT, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The options of one call of ``convert``, as the command line gives them."""

    source: Path
    output: Path = STDOUT
    wanted: str | None = None
    form: str | None = None
    base: str | None = None


def run(call: Run) -> None:
    """Convert; nothing is written when the input holds a mistake."""
    target = _target(call)
    content, where = _content(call.source)
    source = _source(call, content, where)
    detail(f"reading {source}, writing {target}")
    quads = list(read(content, source, call.base, where))
    _tell_lost_graphs(quads, target)
    write_whole(call.output, rewrite(quads, target))


def _target(call: Run) -> Format:
    refuse_folder(call.output)
    if call.form is not None:
        form = format_named(call.form)
    else:
        found = format_of_path(call.output)
        if found is None:
            raise UsageError(
                "the format to write is not known",
                code="E230",
                hint=f"name it with --to: one of {', '.join(WRITTEN)}",
            )
        form = found
    if form not in WRITTEN:
        raise UsageError(
            f"{form} can be read but not written",
            code="E204",
            hint=f"choose one of {', '.join(WRITTEN)}",
        )
    return form


def _content(source: Path) -> tuple[bytes, Where]:
    if source == STDOUT:
        return standard_input(), Where(file=NAME)
    return content_of(source), Where(file=str(source))


def _source(call: Run, content: bytes, where: Where) -> Format:
    if call.wanted is not None:
        return format_named(call.wanted)
    return format_of_path(call.source) or format_of_content(content, where)


def _tell_lost_graphs(quads: Sequence[ox.Quad], target: Format) -> None:
    names = {quad.graph_name for quad in quads} - {ox.DefaultGraph()}
    if names and not target.holds_graphs:
        lost = "name of 1 graph is" if len(names) == 1 else f"names of {len(names)} graphs are"
        note(f"{target} holds one graph: the {lost} left out")
