"""Ways home, leg by leg."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.access.scope import SHARED, Scope
from cases.access.sensitivity import OPEN, Classes
from cases.models.base import SHORT, Record
from cases.models.terms import known_term
from cases.vocabulary.routes import FarEndRole, LegMode


class Route(Record):
    """A way home, such as Ukraine → Belarus → Russia; which batch took it stands on the batch."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {**Record.SENSITIVITY, "code": OPEN, "title": OPEN}

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=SHORT)

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class RouteLeg(Record):
    """One leg of a route; begins where the leg before it ends."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "route": OPEN,
        "number": OPEN,
        "from_place": OPEN,
        "to_place": OPEN,
        "mode": OPEN,
        "far_end_role": OPEN,
        "border_point": OPEN,
    }

    route = models.ForeignKey(Route, models.PROTECT, related_name="legs")
    number = models.PositiveSmallIntegerField(help_text="1 for the first leg.")
    from_place = models.ForeignKey("cases.Place", models.PROTECT, related_name="+")
    to_place = models.ForeignKey("cases.Place", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=LegMode, default=LegMode.UNKNOWN)
    far_end_role = models.CharField(
        "role of the far end", max_length=20, choices=FarEndRole, default=FarEndRole.TRANSIT
    )
    border_point = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("route_leg", "mode", LegMode),
            known_term("route_leg", "far_end_role", FarEndRole),
            models.UniqueConstraint(
                fields=["route", "number"],
                name="route_leg_number_stands_once",
                violation_error_message="The route has a leg of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="route_leg_numbers_begin_at_one",
                violation_error_message="Legs are numbered from 1.",
            ),
            models.CheckConstraint(
                condition=~Q(from_place=F("to_place")),
                name="route_leg_goes_somewhere",
                violation_error_message="A leg goes from one place to another.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_place} → {self.to_place}"
