"""All that a reader makes of some bytes: its documents, and the errors on the way."""

from exporter.errors import ExporterError, Where
from exporter.model.document import Document
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Reader, Settings, parse

SETTINGS = Settings(namespaces=bundled_namespaces())


def everything(reader: Reader, content: bytes) -> tuple[list[Document], list[ExporterError]]:
    """Read whatever can be read; an error in cutting ends it, one in a record does not."""
    documents: list[Document] = []
    errors: list[ExporterError] = []
    records = reader.split(content, Where(file="a"))
    while True:
        try:
            record = next(records, None)
            if record is None:
                return documents, errors
            parsed = parse(record, SETTINGS)
        except ExporterError as error:
            errors.append(error)
        else:
            assert isinstance(parsed, Document)
            documents.append(parsed)
