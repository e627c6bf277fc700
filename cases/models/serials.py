"""The serial number that each organisation's next case gets."""

from typing import ClassVar

from django.db import models

from cases import ids
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.models.gate import Gated


class CaseSerial(Gated):
    """The last number an organisation gave. Counting its cases took longer with every one."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "organisation_id": OPERATIONAL,
        "last": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation_id = models.UUIDField()
    last = models.PositiveIntegerField(default=0)

    class Meta(Gated.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["organisation_id"],
                name="case_serial_stands_once",
                violation_error_message="The organisation has a serial number already.",
            ),
        )

    def __str__(self) -> str:
        return f"serial {self.last}"
