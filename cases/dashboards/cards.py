"""Figures as the pages print them: what was said, its bounds, by whom, how old, how sure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _, ngettext

from cases.queries.claims import Claim, ReportRef
from cases.queries.outstanding import STALE_AFTER_DAYS
from cases.vocabulary.counts import CountState, Dimension, Measure, Unit
from cases.vocabulary.reports import Attribution, Modality

_DAYS_TOLD, _MONTHS_TOLD, _DAYS_A_MONTH = 60, 24, 30.44
_LONG_TEXT = 24


@dataclass(frozen=True)
class Mark:
    """Something a reader should know of a figure before using it."""

    kind: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Card:
    """One figure in print. ``text`` is what was said; the tracker puts no number in its place."""

    id: UUID
    text: str
    unit: str
    bounds: str
    population: str
    claimant: str
    as_of: str
    age: str
    modality: str
    subgroup: str
    corroboration: str
    reports: tuple[ReportRef, ...]
    marks: tuple[Mark, ...]
    recorded_at: datetime
    has_date: bool
    is_open: bool
    """Whether the days it is about have no beginning or no end."""

    @property
    def dated(self) -> str:
        """Say what day it is about, as a sentence begins."""
        if not self.has_date:
            return _("No date given")
        if self.is_open:
            return self.as_of[0].upper() + self.as_of[1:]
        return _("As of %(day)s") % {"day": self.as_of}

    @property
    def dated_in_line(self) -> str:
        """Say what day it is about, within a sentence."""
        if self.is_open or not self.has_date:
            return self.as_of
        return _("as of %(day)s") % {"day": self.as_of}

    @property
    def is_long(self) -> bool:
        return len(self.text) > _LONG_TEXT


def card(claim: Claim, on: date) -> Card:
    """Give the print of a claim as it stands on a day."""
    age = claim.age_in_days(on)
    number = len(claim.reports)
    return Card(
        id=claim.id,
        text=claim.stated_text,
        unit="" if claim.basis.unit == Unit.PERSON else str(Unit(claim.basis.unit).label),
        bounds=str(claim.interval),
        population=claim.population_title,
        claimant=claim.claimant.label,
        as_of=claim.as_of_in_words,
        age=age_in_words(age),
        modality="" if claim.modality == Modality.ASSERTS else str(claim.modality.label),
        subgroup=f"{Dimension(claim.dimension).label}: {claim.label}" if claim.dimension else "",
        corroboration=ngettext(
            "%(number)s report, 1 origin", "%(number)s reports, 1 origin", number
        )
        % {"number": number},
        reports=claim.reports,
        marks=_marks(claim, age),
        recorded_at=claim.recorded_at,
        has_date=bool(claim.as_of),
        is_open=".." in claim.as_of,
    )


def age_in_words(days: int | None) -> str:
    """Say an age as people do; small ones in days."""
    if days is None:
        return _("age unknown")
    if days == 0:
        return _("today")
    if days < _DAYS_TOLD:
        return ngettext("%(days)s day old", "%(days)s days old", days) % {"days": days}
    months = round(days / _DAYS_A_MONTH)
    if months < _MONTHS_TOLD:
        return ngettext("%(months)s month old", "%(months)s months old", months) % {
            "months": months
        }
    years = months // 12
    return ngettext("%(years)s year old", "%(years)s years old", years) % {"years": years}


def _marks(claim: Claim, age: int | None) -> tuple[Mark, ...]:
    found = []
    if claim.basis.measure == Measure.STOCK and (age is None or age > STALE_AFTER_DAYS):
        meaning = _("Nothing newer than %(days)s days from this claimant.") % {
            "days": STALE_AFTER_DAYS
        }
        found.append(Mark("stale", _("Undated") if age is None else _("Stale"), meaning))
    if claim.claimant.attribution == Attribution.UNATTRIBUTED:
        found.append(Mark("nobody", _("Nobody named"), _("The report says it and names nobody.")))
    if claim.claimant.is_joint:
        found.append(
            Mark("joint", _("Joint claim"), _("Several speakers give this figure together."))
        )
    if claim.is_estimate:
        found.append(Mark("estimate", _("Estimate"), _("The source calls it an estimate.")))
    if claim.state in {CountState.DRAFT, CountState.DISPUTED}:
        found.append(Mark(str(claim.state), str(claim.state.label), str(claim.state.definition)))
    if claim.state in {CountState.SUPERSEDED, CountState.RETRACTED}:
        found.append(Mark("ended", str(claim.state.label), str(claim.state.definition)))
    return tuple(found)
