"""Figures as the pages print them: what was said, its bounds, by whom, how old, how sure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

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

    @property
    def dated(self) -> str:
        """Say what day it is about, as a sentence begins."""
        if not self.has_date:
            return "No date given"
        is_point = not self.as_of.startswith(("from ", "until "))
        return f"As of {self.as_of}" if is_point else self.as_of[0].upper() + self.as_of[1:]

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
        unit="" if claim.basis.unit == Unit.PERSON else Unit(claim.basis.unit).label,
        bounds=str(claim.interval),
        population=claim.population_title,
        claimant=claim.claimant.label,
        as_of=claim.as_of_in_words,
        age=age_in_words(age),
        modality="" if claim.modality == Modality.ASSERTS else claim.modality.label,
        subgroup=f"{Dimension(claim.dimension).label}: {claim.label}" if claim.dimension else "",
        corroboration=f"{number} {'report' if number == 1 else 'reports'}, 1 origin",
        reports=claim.reports,
        marks=_marks(claim, age),
        recorded_at=claim.recorded_at,
        has_date=bool(claim.as_of),
    )


def age_in_words(days: int | None) -> str:
    """Say an age as people do; small ones in days."""
    if days is None:
        return "age unknown"
    if days < _DAYS_TOLD:
        return "today" if days == 0 else f"{days} {'day' if days == 1 else 'days'} old"
    months = round(days / _DAYS_A_MONTH)
    return f"{months} months old" if months < _MONTHS_TOLD else f"{months // 12} years old"


def _marks(claim: Claim, age: int | None) -> tuple[Mark, ...]:
    found = []
    if claim.basis.measure == Measure.STOCK and (age is None or age > STALE_AFTER_DAYS):
        meaning = f"Nothing newer than {STALE_AFTER_DAYS} days from this claimant."
        found.append(Mark("stale", "Undated" if age is None else "Stale", meaning))
    if claim.claimant.attribution == Attribution.UNATTRIBUTED:
        found.append(Mark("nobody", "Nobody named", "The report says it and names nobody."))
    if claim.claimant.is_joint:
        found.append(Mark("joint", "Joint claim", "Several speakers give this figure together."))
    if claim.is_estimate:
        found.append(Mark("estimate", "Estimate", "The source calls it an estimate."))
    if claim.state in {CountState.DRAFT, CountState.DISPUTED}:
        found.append(Mark(str(claim.state), claim.state.label, claim.state.definition))
    if claim.state in {CountState.SUPERSEDED, CountState.RETRACTED}:
        found.append(Mark("ended", claim.state.label, claim.state.definition))
    return tuple(found)
