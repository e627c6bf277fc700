"""A partner that keeps a mirror by reading the feed, and each row that changed."""

from dataclasses import dataclass, field
from typing import Any

from rest_framework.test import APIClient

from cases.access.gate import Actor, acting_as
from cases.api.urls import RESOURCES
from cases.models import User

Rows = dict[tuple[str, str], Any]
FEED = "/api/v1/changes/"
UNTOLD = {"audit-entries", "webhook-deliveries"}
"""Lists in an order of their own."""


def visible(user: User) -> Rows:
    """Give what a user may see, asked of the gate and not of the feed: each row's version."""
    found: Rows = {}
    with acting_as(Actor.of(user)) as actor:
        for name, resource in RESOURCES.items():
            model: Any = resource.model
            if name in UNTOLD or model._meta.proxy or not actor.may(resource.reads):
                continue
            rows = model.objects.values_list("pk", "version")
            found |= {(name, str(key)): version for key, version in rows}
    return found


@dataclass
class Mirror:
    """What one reader keeps: rows, and the position that it wrote down last."""

    client: APIClient
    rows: Rows = field(default_factory=dict)
    after: str | None = None
    told: list[tuple[str, str, str]] = field(default_factory=list)
    bodies: Rows | None = None
    """What the rows' own columns held when they were last read; None to keep versions alone."""
    size: int = 200

    def read_page(self, *, is_killed: bool = False) -> bool:
        """Read one page; one that is killed has done its work and not written down how far."""
        if self.after is None:  # begins anew: with nothing
            self.rows, self.bodies = {}, None if self.bodies is None else {}
        asked = {"page_size": self.size} | ({"after": self.after} if self.after else {})
        answer = self.client.get(FEED, asked)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        for entry in page["results"]:
            self._take(entry)
        if not is_killed:
            self.after = page["next"]
        return bool(page["has_more"])

    def read(self) -> None:
        while self.read_page():
            pass

    def _take(self, entry: dict[str, Any]) -> None:
        key = (entry["collection"], entry["id"])
        self.told.append((*key, entry["change"]))
        if entry["change"] == "gone":
            self.rows.pop(key, None)
            if self.bodies is not None:
                self.bodies.pop(key, None)
        else:
            self.rows[key] = entry["version"]
            if self.bodies is not None:
                self.bodies[key] = self.fetched(*key)

    def fetched(self, collection: str, key: str) -> Any:
        """Read a row's own columns; rows that come along have entries of their own."""
        answer = self.client.get(f"/api/v1/{collection}/{key}/")
        if answer.status_code == 404:  # out of sight meanwhile: the feed is about to say so
            return None
        row = answer.json()
        columns = {column.name for column in RESOURCES[collection].model._meta.fields}
        kept = {name: value for name, value in row.items() if not isinstance(value, list | dict)}
        return {name: kept[name] for name in columns & kept.keys()} | {"masked": row["masked"]}
