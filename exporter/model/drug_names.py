"""Which treatment of a case the name of a drug means."""

from exporter.model.case import Case
from exporter.model.treatment import Treatment


def treatments_called(case: Case, name: str) -> tuple[int, ...]:
    """Return the places of the treatments that a row names by label or id, index drugs first.

    Times of a case count from the index drug, so where a drug was also given before or after, its
    rows as index drug are meant and no others are returned. Nothing is guessed: a name that no
    treatment has gives nothing.
    """
    rows = case.treatments or ()
    called = [place for place, row in enumerate(rows) if _is_called(row, name)]
    as_index = tuple(place for place in called if rows[place].role == "index")
    return as_index or tuple(called)


def _is_called(treatment: Treatment, name: str) -> bool:
    names = {_key(treatment.drug.label)} | {_key(id_) for id_ in (treatment.drug.id,) if id_}
    return _key(name) in names


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
