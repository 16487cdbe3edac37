"""What the options that say how inputs are read come to."""

from typing import Protocol

from exporter.errors import InputError, UsageError
from exporter.model.document import TextKind
from exporter.model.licences import checked_licence
from exporter.pipeline.inputs import Reading
from exporter.pipeline.knowledge import Knowledge
from exporter.sources import MAX_BYTES, Settings


class ReadingOptions(Protocol):
    """The values of the options that ``_options.reading`` adds, and the inputs."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the files and folders."""

    @property
    def wanted(self) -> str | None:
        """Return the format, if it is named."""

    @property
    def document_id(self) -> str | None:
        """Return the id of a paper that does not name itself."""

    @property
    def text_kind(self) -> str | None:
        """Return whose words the texts hold, if that is said."""

    @property
    def licence(self) -> str | None:
        """Return the licence that is claimed for the texts."""

    @property
    def max_bytes(self) -> int | None:
        """Return up to which size inputs are allowed."""


def reading_of(call: ReadingOptions, knowledge: Knowledge) -> Reading:
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
