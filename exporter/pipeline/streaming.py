"""Read inputs record by record; what cannot be read is an error, or left out and told of."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from exporter.errors import ExporterError, MissingPartError, ProblemsError, UsageError, Where
from exporter.model.findings import Finding
from exporter.model.linting import LeftOut
from exporter.pipeline.inputs import Reading
from exporter.sources import Record, inputs, records

Made = TypeVar("Made")


def streamed(
    reading: Reading, take: Callable[[Record], Iterable[Made]]
) -> Iterator[Made | LeftOut | Finding]:
    """Yield what is made of each record in the order of reading, and files that are passed over.

    A record that cannot be read is an error, or left out if the reading keeps going.
    """
    for source in inputs(reading.paths):
        found = records(source, wanted=reading.wanted, max_bytes=reading.max_bytes)
        while True:
            try:
                record = next(found, None)
                if record is None:
                    break
                if isinstance(record, Finding):
                    yield record
                else:
                    yield from take(record)
            except ExporterError as error:
                yield _left_out(error, Where(file=source.path), reading)


def _left_out(error: ExporterError, where: Where, reading: Reading) -> LeftOut:
    """Return why a record is left out; how the command was called concerns the whole run."""
    if not reading.keep_going or isinstance(error, UsageError | MissingPartError):
        raise error
    problems = error.problems if isinstance(error, ProblemsError) else (error,)
    reasons = tuple((str(each), each.hint) for each in problems or (error,))
    return LeftOut(where=error.where or where, reasons=reasons)
