"""The feed: which row changed, in which order, and who could see it then."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from cases import clock
from cases.access.scope import FEED, Scope
from cases.access.sensitivity import OPEN, Classes
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.changes import ChangeKind


class PresentTransaction(models.Func):
    """The number of the transaction that writes; PostgreSQL only, where several write at once.

    Given by the database itself, as the default of its column.
    """

    output_field = models.BigIntegerField()
    arity = 0

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # noqa: ARG002
        return "0", ()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # noqa: ARG002
        return "(pg_current_xact_id()::text::bigint)", ()


class Change(Gated):
    """One row changed, came into sight or went out of it. Holds no values but who could see it.

    The facts are those of the scope of its row: after the act where it changed, before the act
    where it is gone. They are columns of its own and no keys, for they outlive the row.
    """

    SCOPE: ClassVar[Scope] = FEED
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "written_in": OPEN,
        "recorded_at": OPEN,
        "kind": OPEN,
        "model": OPEN,
        "row_id": OPEN,
        "organisation_id": OPEN,
        "recorded_by_id": OPEN,
        "taken_in_by_id": OPEN,
        "recipient_id": OPEN,
        "person_id": OPEN,
        "is_published": OPEN,
        "is_restricted": OPEN,
        "is_moving": OPEN,
    }

    id = models.BigAutoField(primary_key=True)
    written_in = models.BigIntegerField(
        db_default=PresentTransaction(),
        help_text="The transaction that wrote it: a later one may be the first to end.",
    )
    recorded_at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=10, choices=ChangeKind, default=ChangeKind.CHANGED)
    model = models.CharField(max_length=40)
    row_id = models.UUIDField(null=True, blank=True)
    organisation_id = models.UUIDField(null=True, blank=True, help_text="Whose row it was.")
    recorded_by_id = models.UUIDField(null=True, blank=True, help_text="Whose intake it was.")
    taken_in_by_id = models.UUIDField(null=True, blank=True, help_text="Who took its person in.")
    recipient_id = models.UUIDField(null=True, blank=True, help_text="To whom it was opened.")
    person_id = models.UUIDField(null=True, blank=True, help_text="Whose grants open it.")
    is_published = models.BooleanField(default=False)
    is_restricted = models.BooleanField(default=False)
    is_moving = models.BooleanField(default=False)

    class Meta(Gated.Meta):
        constraints = (known_term("change", "kind", ChangeKind),)
        indexes = (
            models.Index(fields=["organisation_id", "written_in", "id"], name="change_of_keeper"),
            models.Index(
                fields=["recipient_id", "written_in", "id"],
                condition=Q(recipient_id__isnull=False),
                name="change_for_recipient",
            ),
            models.Index(
                fields=["person_id", "written_in", "id"],
                condition=Q(person_id__isnull=False),
                name="change_of_person",
            ),
            models.Index(
                fields=["written_in", "id"],
                condition=Q(is_published=True),
                name="change_of_shared_ground",
            ),
            models.Index(
                fields=["id"], condition=Q(kind=ChangeKind.ANEW), name="change_begins_anew"
            ),
        )

    def __str__(self) -> str:
        return f"change {self.pk}"
