"""What readers of the dashboards keep: views for themselves, figures as they stood for all.

Whoever may read figures may keep them: neither needs more than that.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act, Reach
from cases.actions import recording
from cases.models import FrozenPage, SavedView
from cases.queries.kept_pages import Frozen
from cases.rules.kept_pages import fingerprint

READ = Act.READ_EVIDENCE


@transaction.atomic
def save(*, by: AnyActor, name: str, page: str, query: str = "") -> SavedView:
    """Keep a page with what it is narrowed by, for oneself."""
    return recording.add(SavedView, by=by, act=READ, name=name, page=page, query=query)


@transaction.atomic
def rename(view: SavedView, *, by: AnyActor, version: int | None, name: str) -> SavedView:
    """Call a view otherwise."""
    require(by, READ)
    _require_mine(view, by)
    return recording.amend(view, by=by, act=READ, version=version, name=name)


@transaction.atomic
def remove(view: SavedView, *, by: AnyActor) -> None:
    """Take a view away."""
    require(by, READ)
    _require_mine(view, by)
    recording.erase(view, by=by)


@transaction.atomic
def freeze(*, by: AnyActor, name: str, page: str, query: str, frozen: Frozen) -> FrozenPage:
    """Keep the figures of a page as they stand, for the organisation.

    :raises PermissionDenied: for whoever sees nothing of what an organisation keeps.
    """
    require(by, READ)
    if by.reach is not Reach.ORGANISATION:
        message = _("You may not freeze figures: your role sees no figures of the organisation's.")
        raise PermissionDenied(message)
    content = frozen.as_text()
    return recording.add(
        FrozenPage, by=by, act=READ, name=name, page=page, query=query, content=content,
        valid_at=frozen.valid_at, known_at=frozen.known_at, sha256=fingerprint(content),
    )  # fmt: skip


@transaction.atomic
def discard(kept: FrozenPage, *, by: AnyActor) -> None:
    """Take frozen figures away for good: only whoever froze them does."""
    require(by, READ)
    _require_mine(kept, by)
    recording.erase(kept, by=by)


def _require_mine(row: FrozenPage | SavedView, by: AnyActor) -> None:
    mine = type(row)._base_manager.filter(pk=row.pk, recorded_by=by.user_id)
    if by.user_id is None or not mine.exists():
        message = _("You may not change this; only whoever kept it does.")
        raise PermissionDenied(message)
