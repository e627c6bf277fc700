"""What a machine is: a status that changes by the steps of its table, and by no others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.vocabulary.base import Terms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


_FINAL = gettext_lazy("nothing: it is final")


@dataclass(frozen=True)
class Guard:
    """What steps to some statuses ask for besides their place in the table."""

    after: frozenset[str]
    needs: "StrOrPromise"
    """The sentence of the refusal; “{status}” stands for the status asked for."""
    code: str

    def refusal(self, field: str, label: str = "") -> ValidationError:
        message = self.needs.format(status=label)
        return ValidationError({field: ValidationError(message, code=self.code)})


@dataclass(frozen=True)
class Machine:
    """A status of ``subject``, kept in ``column`` and asked for in ``asked``."""

    title: str
    subject: "StrOrPromise"
    noun: "StrOrPromise"
    terms: type[Terms]
    column: str
    asked: str
    starts: frozenset[str]
    steps: Mapping[str, frozenset[str]]
    end: "StrOrPromise" = _FINAL
    guards: tuple[Guard, ...] = ()
    second: frozenset[tuple[str, str]] = frozenset()
    """Steps that one person proposes and another approves."""
    stages: tuple[frozenset[str], ...] = ()
    """Statuses that stand side by side, in order, where there are too many to draw one by one."""

    def check_known(self, status: str) -> None:
        """Refuse a status that there is none of.

        :raises ValidationError: naming those there are.
        """
        known = [term.value for term in self.terms]
        if status not in known:
            message = _("“%(status)s” is not %(noun)s. It is one of: %(known)s.") % {
                "status": status,
                "noun": self.noun,
                "known": ", ".join(known),
            }
            raise ValidationError({self.asked: ValidationError(message, code="unknown_status")})

    def check(self, before: str, after: str) -> None:
        """Refuse a step that the table does not have.

        :raises ValidationError: naming the steps that are open.
        """
        self.check_known(after)
        if sentence := self.why_not(before, after):
            may = ", ".join(self.labels(self.steps[before])) or self.end
            message = _("%(refusal)s Next may be: %(next)s.") % {"refusal": sentence, "next": may}
            raise ValidationError({self.asked: ValidationError(message, code="closed_step")})

    def why_not(self, before: str, after: str) -> str:
        """Say that the table does not have a step; nothing where it does."""
        if after in self.steps[before]:
            return ""
        if after == before:
            return _("%(subject)s is “%(status)s” already.") % {
                "subject": self.subject,
                "status": self.label(after),
            }
        return _("%(subject)s cannot go from “%(before)s” to “%(after)s”.") % {
            "subject": self.subject,
            "before": self.label(before),
            "after": self.label(after),
        }

    def needs(self, after: str) -> tuple[str, ...]:
        """Give the sentences of what a step to a status asks for."""
        label = self.label(after)
        return tuple(
            guard.needs.format(status=label) for guard in self.guards if after in guard.after
        )

    def label(self, status: str) -> str:
        return str(self.terms(status).label)

    def labels(self, statuses: frozenset[str]) -> list[str]:
        return sorted(map(self.label, statuses))


def any_of(terms: type[Terms]) -> frozenset[str]:
    """Give all statuses: for what is reported late, and may begin anywhere."""
    return frozenset(term.value for term in terms)
