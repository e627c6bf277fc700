"""The serial number that each organisation's next case gets."""

from typing import ClassVar

from django.db import models

from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.models.gate import Gated


class CaseSerial(Gated):
    """The last number an organisation gave. Counting its cases took longer with every one."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "last": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, editable=False, help_text="The organisation's.")
    last = models.PositiveIntegerField(default=0)

    class Meta(Gated.Meta):
        pass

    def __str__(self) -> str:
        return f"serial {self.last}"
