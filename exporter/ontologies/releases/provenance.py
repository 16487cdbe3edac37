"""Where a release comes from, in words: its files, what completed it, licence and checksum."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from exporter.ontologies.installed import Release
from exporter.ontologies.releases.catalogue import catalogue, licence_name
from exporter.ontologies.releases.holding import Holding
from exporter.ontologies.releases.recognising import Recognised


def with_sources(
    release: Release, files: Sequence[Recognised], holding: Holding | None = None
) -> Release:
    """Return a release with the files that it is made of, and those that only complete it.

    Of a release that is all that is held, those are named that tell a hundredth of it or more.
    """
    held = list(holding.files) if holding else []
    own = list(files) or (holding.large(1) if holding else [])
    naming = holding.naming if holding else set()
    source = _listed(own)
    if completing := [file for file in held if file not in own and file not in naming]:
        source += f"; completed from {_listed(completing)}"
    if naming.difference(own):
        source += f"; names from {len(naming.difference(own))} more"
    sums = sorted({file.sha256 for file in (*own, *held)})
    whole = sums[0] if len(sums) == 1 else sha256("".join(sums).encode()).hexdigest()
    licences = dict.fromkeys(licence_name(file.licence) for file in own if file.licence)
    known = catalogue().get(release.name)
    licence = "; ".join(licences) or (known.licence if known else "")
    return replace(release, licence=licence, source=source, sha256=whole)


def _listed(files: Iterable[Recognised]) -> str:
    return ", ".join(dict.fromkeys(file.address or _dated(file) for file in files))


def _dated(file: Recognised) -> str:
    name = file.shown.rpartition("/")[2]
    return f"{name} ({file.version})" if file.version and file.version not in name else name
