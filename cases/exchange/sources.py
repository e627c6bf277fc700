"""Where a table of a collection comes from: the face that shows the list says so at start.

A job stands below the faces and imports none. It asks here, and the application names who answers.
"""

from collections.abc import Callable, Mapping

from django.utils.module_loading import import_string

from cases.exchange.tables import Table

Opener = Callable[[str, Mapping[str, str]], Table]
_named: list[str] = []


def come_from(opener: str) -> None:
    """Name the function that gives a table, by its dotted path; it is loaded when first asked."""
    _named[:] = [opener]


def table_of(collection: str, filters: Mapping[str, str]) -> Table:
    """Give a list, as whoever acts reads it.

    :raises ValidationError: for a collection or a filter that is not there.
    :raises PermissionDenied: for a list that whoever acts may not read.
    """
    opener: Opener = import_string(_named[0])
    return opener(collection, filters)
