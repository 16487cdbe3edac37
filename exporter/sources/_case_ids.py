"""Where a case states an id of anything, and where it names something without one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.model.case import Case
from exporter.sources._case_remarks import Path, line_in, path_text, records

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_. -]*:[^\s:]\S*|https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedId:
    """An id as the case writes it, with the label beside it; either may be empty."""

    text: str
    label: str
    field: str
    line: int | None


def stated_ids(case: Case) -> Iterator[StatedId]:
    """Yield everything in a case that has the form of an id, and every label without one.

    Whether a text is an id is for whoever knows the namespaces.
    """
    labels: dict[Path, str] = {}
    for path, value in records(case, object):
        label = getattr(value, "label", None)
        if isinstance(label, str):
            labels[path] = label
            if hasattr(value, "id") and value.id is None:
                yield _stated(case, "", (*path, "id"), label)
        elif isinstance(value, str) and _ID.fullmatch(value):
            yield _stated(case, value, path, _nearest(labels, path))


def _nearest(labels: dict[Path, str], path: Path) -> str:
    """Return the label of the record that a field is of, be it a single value or a list."""
    return labels.get(path[:-2] if isinstance(path[-1], int) else path[:-1], "")


def _stated(case: Case, text: str, path: Path, label: str) -> StatedId:
    field = path_text(path) or ""
    return StatedId(text=text, label=label, field=field, line=line_in(case, path))
