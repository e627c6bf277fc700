"""Places and their names."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.access.scope import SHARED, Scope
from cases.access.sensitivity import OPEN, Classes, dated
from cases.models.base import SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.names import LanguageName
from cases.rules import places
from cases.vocabulary.places import PlaceKind


class Place(Record):
    """A country, oblast, district, settlement, facility, border point or informal area."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "parent": OPEN,
        "kind": OPEN,
        "name": OPEN,
        "iso_3166_1": OPEN,
        "iso_3166_2": OPEN,
        "p_code": OPEN,
        "national_code": OPEN,
        "national_scheme": OPEN,
        "latitude": OPEN,
        "longitude": OPEN,
        "accuracy_m": OPEN,
        **dated("valid", OPEN),
    }

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The larger place it lies in.",
    )
    kind = models.CharField(max_length=20, choices=PlaceKind)
    name = models.CharField(max_length=SHORT, help_text="The name we show, in English.")
    iso_3166_1 = models.CharField(
        "ISO 3166-1 code", max_length=2, blank=True, default="", help_text="For example UA."
    )
    iso_3166_2 = models.CharField(
        "ISO 3166-2 code", max_length=6, blank=True, default="", help_text="For example RU-KRS."
    )
    p_code = models.CharField(
        "P-code",
        max_length=20,
        blank=True,
        default="",
        help_text="Only one that is published; never invented. Russia has none.",
    )
    national_code = models.CharField(max_length=20, blank=True, default="")
    national_scheme = models.CharField(
        max_length=20, blank=True, default="", help_text="What the national code is, e.g. OKTMO."
    )
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(
        "accuracy in metres", null=True, blank=True, help_text="How far off the point may be."
    )
    valid_edtf = PartialDateField("valid")

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=PlaceKind.values),
                name="place_kind_is_known",
                violation_error_message="Choose one of the listed kinds of place.",
            ),
            models.UniqueConstraint(
                fields=["iso_3166_1"],
                condition=~Q(iso_3166_1=""),
                name="place_iso_3166_1_is_unique",
                violation_error_message="Another place has this ISO 3166-1 code.",
            ),
            models.UniqueConstraint(
                fields=["iso_3166_2"],
                condition=~Q(iso_3166_2=""),
                name="place_iso_3166_2_is_unique",
                violation_error_message="Another place has this ISO 3166-2 code.",
            ),
            models.UniqueConstraint(
                fields=["p_code"],
                condition=~Q(p_code=""),
                name="place_p_code_is_unique",
                violation_error_message="Another place has this P-code.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # Said, for a check whose outcome is NULL lets the row pass.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_coordinates_come_in_pairs",
                violation_error_message=(
                    "Give both a latitude (−90 to 90) and a longitude (−180 to 180), or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(national_code="") | ~Q(national_scheme=""),
                name="place_national_code_names_its_scheme",
                violation_error_message="Say which scheme the national code is of.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        parent = self.parent
        places.check_parent(
            self.kind, parent.kind if parent else None, [p.pk for p in ancestors(parent)], self.pk
        )


def ancestors(place: Place | None) -> list[Place]:
    """List a place and the places it lies in, the nearest first."""
    found: list[Place] = []
    while place is not None:
        if any(place.pk == above.pk for above in found):
            message = _("The places above this one run in a circle. Mend their parents first.")
            raise ValidationError({"parent": ValidationError(message, code="place_loop")})
        found.append(place)
        place = place.parent
    return found


class PlaceName(LanguageName):
    """One name of a place in one language and script."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {**LanguageName.SENSITIVITY, "place": OPEN}

    place = models.ForeignKey(Place, models.PROTECT, related_name="names")

    class Meta(LanguageName.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["place", "text", "language_tag"],
                name="place_name_stands_once",
                violation_error_message="The place has this name in this language already.",
            ),
        )
