"""What a reader should know of a figure and no rule refuses: sources contradict themselves."""

from django.utils.translation import gettext as _

from cases.models import Individual, ReportedCount
from cases.queries import duplicates
from cases.rules.counts import exceeds


def of(count: ReportedCount) -> tuple[str, ...]:
    """List sentences about one figure (counting rule 7 among them); empty where all is plain."""
    found = []
    whole = count.part_of
    if whole is not None and exceeds(count.interval, whole.interval):
        found.append(
            _("This subgroup (%(part)s) is larger than its whole (%(whole)s).")
            % {"part": count.stated_text, "whole": whole.stated_text}
        )
    if not count.statement.citations.exists():
        found.append(_("No report is recorded that relays the statement it stands in."))
    if not count.as_of_edtf:
        found.append(
            _("It is undated: it counts as of any day, and contradicts nothing by itself.")
        )
    return tuple(found)


def of_intake(person: Individual) -> tuple[str, ...]:
    """List sentences about the cases that one just taken in is perhaps a duplicate of."""
    return tuple(
        _("It may be the same person as %(person)s: %(reasons)s.")
        % {"person": one.person, "reasons": "; ".join(one.reasons)}
        for one in duplicates.of(person, is_new=True)
    )
