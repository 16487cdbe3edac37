"""The measures that results of cases are checked against."""

from collections.abc import Mapping
from functools import cache

from exporter.ontologies.measures import Measure
from exporter.ontologies.packs import bundled_packs, installed_packs, measures
from exporter.sources._reader import Settings


def measures_of(settings: Settings) -> Mapping[str, Measure]:
    """Return the measures that the caller names, else those of all packs that are installed."""
    return _installed() if settings.measures is None else settings.measures


@cache
def _installed() -> Mapping[str, Measure]:
    return measures((*bundled_packs(), *installed_packs()))
