"""What the outstanding page is asked, and the address that asks it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Asked:
    """The state of the page; None is left to the page.

    Population, *as of* and *as known on* say which figures there are. The period and the
    claimants left out say only what of them is drawn: words and tables keep them all.
    """

    population: str | None = None
    valid_at: date | None = None
    known_on: date | None = None
    begin: date | None = None
    end: date | None = None
    without: tuple[str, ...] = ()

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day *as known on*."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on, time.max, tzinfo=UTC)

    @property
    def is_narrowed(self) -> bool:
        """Whether less is drawn than there is."""
        return bool(self.begin or self.end or self.without)

    @property
    def query(self) -> str:
        """Write it as the query string that asks for it."""
        return urlencode(list(self._parameters()))

    def but(self, **changes: Any) -> str:
        """Give the query string of the same question with something changed."""
        return replace(self, **changes).query

    def toggled(self, claimant: str) -> str:
        """Give the query string that draws a claimant who is left out, or leaves them out."""
        left = tuple(key for key in self.without if key != claimant)
        return self.but(without=left if claimant in self.without else (*left, claimant))

    def _parameters(self) -> Iterator[tuple[str, str]]:
        days = {
            "valid_at": self.valid_at,
            "known_at": self.known_on,
            "from": self.begin,
            "to": self.end,
        }
        if self.population is not None:
            yield "population", self.population
        yield from ((name, day.isoformat()) for name, day in days.items() if day)
        yield from (("without", key) for key in self.without)
