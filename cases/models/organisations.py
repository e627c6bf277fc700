"""Organisations and their users."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from cases.access.gate import System, acting_as
from cases.access.scope import ACCOUNT, ORGANISATIONS, Scope
from cases.access.sensitivity import CRITICAL, OPEN, OPERATIONAL, Classes
from cases.models.base import SHORT, Versioned
from cases.models.gate import GateManager
from cases.vocabulary.organisations import Language, OrganisationKind, Role


class Organisation(Versioned):
    """An organisation that keeps cases on this server."""

    SCOPE: ClassVar[Scope] = ORGANISATIONS
    SENSITIVITY: ClassVar[Classes] = {
        **Versioned.SENSITIVITY,
        "key": OPEN,
        "name": OPEN,
        "kind": OPEN,
        "is_active": OPEN,
    }

    key = models.SlugField(unique=True, help_text="A short name for addresses and files.")
    name = models.CharField(max_length=SHORT, help_text="The name its users know.")
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.NGO)
    is_active = models.BooleanField(
        default=True, help_text="Users of an inactive organisation cannot sign in."
    )

    class Meta(Versioned.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values),
                name="organisation_kind_is_known",
                violation_error_message="Choose one of the listed kinds of organisation.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class UserManager(GateManager["User"], BaseUserManager["User"]):
    """The gate, with Django's look-up by e-mail, in whatever case it is typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Versioned):
    """Someone who signs in, or a partner system; has one organisation and one role."""

    SCOPE: ClassVar[Scope] = ACCOUNT
    SENSITIVITY: ClassVar[Classes] = {
        **Versioned.SENSITIVITY,
        "organisation": OPEN,
        "email": OPERATIONAL,
        "name": OPERATIONAL,
        "role": OPEN,
        "password": CRITICAL,
        "last_login": OPERATIONAL,
        "is_active": OPEN,
        "is_movement_cell": OPERATIONAL,
        "is_cleared_for_restricted": OPERATIONAL,
        "has_opted_out": OPERATIONAL,
        "has_weekly_email": OPERATIONAL,
        "figures_seen_at": OPERATIONAL,
        "language": OPERATIONAL,
    }
    UNCOMMITTED: ClassVar[frozenset[str]] = frozenset({"last_login"})
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    email = models.EmailField("e-mail", unique=True, help_text="Signs in with this address.")
    name = models.CharField(max_length=SHORT, blank=True, default="")
    role = models.CharField(max_length=20, choices=Role, help_text="What the user is for.")
    is_active = models.BooleanField(default=True, help_text="Off: can no longer sign in.")
    is_movement_cell = models.BooleanField(
        "in the movement cell",
        default=False,
        help_text="May read a movement that has not arrived yet.",
    )
    is_cleared_for_restricted = models.BooleanField(
        "cleared for restricted cases",
        default=False,
        help_text="May read cases marked restricted, such as children named in the press.",
    )
    has_opted_out = models.BooleanField(
        "no daily e-mail",
        default=False,
        editable=False,
        help_text="The user has chosen to get no daily e-mail; they alone change it.",
    )
    has_weekly_email = models.BooleanField(
        "weekly e-mail",
        default=False,
        editable=False,
        help_text="The user has asked for what changed among the figures; they alone change it.",
    )
    figures_seen_at = models.DateTimeField(
        "figures seen",
        null=True,
        blank=True,
        editable=False,
        help_text="Up to when the user has said that they have seen what changed.",
    )

    language = models.CharField(
        max_length=10,
        choices=Language,
        blank=True,
        default="",
        editable=False,
        help_text="Of the pages and the daily e-mail; empty: as the browser asks. Users choose it.",
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta(Versioned.Meta):
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_whatever_its_case",
                violation_error_message="A user with this e-mail exists already.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="user_role_is_known",
                violation_error_message="Choose one of the listed roles.",
            ),
            models.CheckConstraint(
                condition=models.Q(language="") | models.Q(language__in=Language.values),
                name="user_language_is_known",
                violation_error_message="Choose one of the listed languages.",
            ),
        )

    def __str__(self) -> str:
        name = "" if "name" in self.unread_fields() else self.name
        return name or _("user %(user)s") % {"user": str(self.pk)[:8]}

    def save(self, **options: Any) -> None:
        """Save. Signing in notes its moment before anybody acts, so the system does it."""
        if options.get("update_fields") == ["last_login"]:
            with acting_as(System("noting a sign-in")):
                return super().save(**options)
        return super().save(**options)

    def check_password(self, raw_password: str | None) -> bool:
        """Check, and leave the hash as it is.

        Django would hash the password anew where the hasher has changed: a write without an act,
        which the trail could not tell from somebody else's.
        """
        return check_password(raw_password, self.password)

    @property
    def is_staff(self) -> bool:
        """Whether the admin lets them in: everybody but partner systems."""
        return self.is_active and self.role != Role.PARTNER

    def has_module_perms(self, _label: str) -> bool:
        return self.is_staff
