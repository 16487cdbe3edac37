"""From names, files, folders and addresses to an index: found, downloaded, recognised, built."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from exporter.errors import ExporterError, InputError, RemoteError, Where
from exporter.model.identifiers import Namespaces
from exporter.ontologies.installed import IndexWriter
from exporter.ontologies.releases.building import Report, build
from exporter.ontologies.releases.catalogue import Published, PublishedFile, files_of
from exporter.ontologies.releases.downloading import Patience, Tell, download, forget, noted
from exporter.ontologies.releases.gathering import Plan
from exporter.ontologies.releases.recognising import (
    Found,
    Recognised,
    UnknownFormError,
    listed,
    recognised,
)
from exporter.ontologies.releases.requests import is_address
from exporter.ontologies.releases.versions import date_of_a_server

DOWNLOADS = "downloads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where releases are taken from: files on this machine, and addresses to download."""

    files: tuple[Found, ...] = ()
    folders: tuple[Path, ...] = ()
    addresses: tuple[PublishedFile, ...] = ()


@dataclass(slots=True)
class Fetched:
    """What was found in some places: files that can be read, files in no known form, problems.

    ``unknown`` are those in folders, where other files may lie, too; any other is a problem.
    """

    files: list[Recognised] = field(default_factory=list)
    unknown: list[UnknownFormError] = field(default_factory=list)
    problems: list[ExporterError] = field(default_factory=list)


def places(sources: Iterable[str]) -> Places:
    """Tell files, folders and addresses apart; a path at which nothing is is refused."""
    files, folders, addresses = [], [], []
    for source in sources:
        if is_address(source):
            addresses.append(PublishedFile(address=source))
        elif Path(source).is_dir():
            folders.append(Path(source))
        elif Path(source).is_file():
            files.append(Found(path=Path(source), shown=source))
        else:
            raise InputError(
                "there is no such file or folder",
                code="E101",
                where=Where(file=source),
                hint="give a file, a folder, or an address that begins with https://",
            )
    return Places(files=tuple(files), folders=tuple(folders), addresses=tuple(addresses))


def published_places(releases: Iterable[Published], taxa: Iterable[str]) -> Places:
    """Return the addresses of some releases of the list."""
    taxa = tuple(taxa)
    files = (file for release in releases for file in files_of(release, taxa))
    return Places(addresses=tuple(dict.fromkeys(files)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How it is done: with which namespaces, into which folder, how patiently, and who is told.

    With ``keep_going`` a file that cannot be had or read is left out, else it ends everything.
    """

    namespaces: Namespaces
    folder: Path
    patience: Patience
    tell: Tell
    keep_going: bool = False

    def gather(self, taken: Places) -> Fetched:
        """Download what is to be downloaded, and tell what each file is."""
        fetched = Fetched()
        for folder in taken.folders:
            for found in listed(folder):
                self._recognise(found, fetched, alone=False)
        for found in taken.files:
            self._recognise(found, fetched, alone=True)
        for file in taken.addresses:
            self._attempt(fetched, partial(self._downloaded, file, fetched))
        return fetched

    def install(self, fetched: Fetched, index: Path, plan: Plan) -> Report:
        """Put everything into the index, at once or not at all.

        When a file turns out to be broken, all is done again without it, if that was asked for.
        """
        while True:
            try:
                with IndexWriter(index) as writer:
                    return build(fetched.files, writer, plan)
            except ExporterError as problem:
                broken = _at_fault(problem, fetched.files)
                self._forget(broken)
                if broken is None or not self.keep_going:
                    raise
                fetched.files.remove(broken)
                fetched.problems.append(problem)

    def _downloaded(self, file: PublishedFile, fetched: Fetched) -> None:
        path = download(
            file.address,
            self.folder / DOWNLOADS,
            self.tell,
            checksum=file.checksum,
            patience=self.patience,
        )
        note = noted(file.address, self.folder / DOWNLOADS)
        found = Found(
            path=path,
            shown=file.name or path.name,
            address=file.address,
            dated=date_of_a_server(note.modified if note else ""),
            table=file.table,
            name=file.name,
        )
        self._recognise(found, fetched, alone=True)

    def _recognise(self, found: Found, fetched: Fetched, *, alone: bool) -> None:
        def attempt() -> None:
            try:
                fetched.files.append(recognised(found, self.namespaces))
            except UnknownFormError as unknown:
                self._forget(found)
                if alone:
                    raise
                fetched.unknown.append(unknown)
            except ExporterError:
                self._forget(found)
                raise

        self._attempt(fetched, attempt)

    def _forget(self, file: Found | Recognised | None) -> None:
        """Let a broken file be downloaded again, even if the server says that it is the same."""
        if file and file.address:
            forget(file.address, self.folder / DOWNLOADS)

    def _attempt(self, fetched: Fetched, attempt: Callable[[], None]) -> None:
        try:
            attempt()
        except ExporterError as problem:
            if not self.keep_going:
                raise
            fetched.problems.append(problem)


def _at_fault(problem: ExporterError, files: Sequence[Recognised]) -> Recognised | None:
    at = problem.where.file if problem.where else None
    return next((file for file in files if str(file.path) == at), None)


def status(problems: Iterable[ExporterError]) -> type[ExporterError]:
    """Return the kind of error that files which were left out make of a whole run."""
    kinds = {isinstance(problem, RemoteError) for problem in problems}
    return RemoteError if kinds == {True} else InputError


def unused(fetched: Fetched, report: Report) -> Iterator[tuple[str, str]]:
    """Yield the files that nothing was taken from, with the reason."""
    for unknown in fetched.unknown:
        yield (unknown.where.file if unknown.where else "") or "", unknown.problem
    for file in fetched.files:
        if file.shown not in report.used:
            yield file.shown, "it holds nothing of a namespace that is known here"
