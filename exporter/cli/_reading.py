"""What the options that say how inputs are read come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter.errors import InputError, UsageError
from exporter.model.document import TextKind
from exporter.model.licences import checked_licence
from exporter.pipeline.inputs import Reading
from exporter.pipeline.knowledge import Knowledge
from exporter.sources import MAX_BYTES, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRun:
    """What every call that reads papers and cases is given: inputs, and what to know and decide."""

    inputs: tuple[str, ...] = ()
    wanted: str | None = None
    document_id: str | None = None
    text_kind: str | None = None
    licence: str | None = None
    max_bytes: int | None = None
    keep_going: bool = False
    reviews: tuple[Path, ...] = ()
    no_review: bool = False
    pins: Mapping[str, str] = field(default_factory=dict)
    packs: tuple[Path, ...] = ()
    namespaces: tuple[Path, ...] = ()


def reading_of(call: ReadingRun, knowledge: Knowledge) -> Reading:
    """Return what to read and how; a licence that is not known is refused."""
    settings = Settings(
        namespaces=knowledge.namespaces,
        text_kind=TextKind(call.text_kind) if call.text_kind else None,
        licence=_licence(call.licence),
        document_id=call.document_id,
    )
    return Reading(
        paths=call.inputs,
        settings=settings,
        wanted=call.wanted,
        max_bytes=call.max_bytes or MAX_BYTES,
        keep_going=call.keep_going,
    )


def _licence(text: str | None) -> str | None:
    """Return the licence that is claimed for the texts; one that is not known is refused."""
    if text is None:
        return None
    try:
        return checked_licence(text)
    except InputError as problem:
        raise UsageError(
            f"--licence {text!r} is not known", code="E205", hint=problem.hint
        ) from None
