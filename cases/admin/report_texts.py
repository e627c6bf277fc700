"""Texts of reports: the queue of those to digest, and the acts on one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import reads, recording, report_texts
from cases.admin import links
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column, state
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.reading import GatedList
from cases.admin.refusals import place
from cases.exchange.downloads import response_of
from cases.models import ReportText, SourceReport
from cases.queries.report_texts import file_of
from cases.rules.digesting import STEPS
from cases.rules.report_texts import LONGEST, TAKEN
from cases.vocabulary.reports import DigestState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

S = DigestState
LONGEST_REASON = 500


class TextForm(DeedForm):
    """Takes a text that was pasted, or a file that is checked outside the transaction."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "Paste the words of the report, a line left empty between paragraphs."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm,.pdf"}),
        help_text=format_lazy(
            gettext_lazy(
                "Or choose a file: {formats}. Of a web page only the words are kept. A PDF is "
                "archived as it is; paste its text above."
            ),
            formats=TAKEN,
        ),
    )

    def _post_clean(self) -> None:
        file = self.cleaned_data.pop("file", None)
        if file is None or self.errors:
            super()._post_clean()
            return
        file.seek(0)  # a busy database has the form tried again
        text = self.cleaned_data.get("text", "")
        try:
            with report_texts.taken(file.read(), by=current_actor(), text=text) as upload:
                self.cleaned_data["upload"] = upload
                super()._post_clean()
        except ValidationError as refusal:
            is_placed = hasattr(refusal, "error_dict")
            place(self, refusal if is_placed else ValidationError({"file": refusal}))


class KeepForm(TextForm):
    names_archive = forms.BooleanField(
        label=gettext_lazy("fingerprint on the report"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Put the fingerprint of what is kept on the report, where everybody may compare "
            "it with their copy. The text itself stays with your organisation."
        ),
    )


class ReplaceForm(TextForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "Why the text that is kept is the wrong one; it goes into the trail."
        ),
    )


class AsideForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Why nobody is to digest it: a copy, about something else, …."),
    )


def keep_text(report: SourceReport, *, by: Any, version: int | None, **given: Any) -> ReportText:
    """Keep the text of a report as whoever keeps it has seen the report."""
    recording.compare(report, version)
    return report_texts.keep(by=by, report=report, **given)


def kept_already(report: Any) -> str:
    """Say why no text can be kept."""
    kept = ReportText.objects.filter(report=report.pk).exists()
    return _("The text of this report is kept already.") if kept else ""


KEEP = Deed(
    name="keep_text",
    label=gettext_lazy("Keep the text"),
    intro=gettext_lazy(
        "It stays with your organisation as evidence, and waits in the queue to be digested."
    ),
    act=Act.RECORD_REPORTS,
    do=keep_text,
    form=KeepForm,
    closed=kept_already,
)


def closed_to(to_state: DigestState) -> Callable[[Any], str]:
    """Say why a text cannot go to a state."""

    def closed(text: Any) -> str:
        if to_state in STEPS[text.digest_state]:
            return ""
        given = {"state": text.get_digest_state_display(), "next": to_state.label}
        return _("“%(state)s” does not lead to “%(next)s”.") % given

    return closed


def _step(
    name: str, label: "StrOrPromise", intro: "StrOrPromise", to: DigestState, **options: Any
) -> Deed:
    return Deed(
        name=name,
        label=label,
        intro=intro,
        act=Act.RECORD_REPORTS,
        do=partial(report_texts.move, to_state=to.value),
        closed=closed_to(to),
        **options,
    )


def holder_of(text: Any) -> str:
    """Name who has a text in hand."""
    return str(text.taken_by or "")


class Queue(GatedList):
    """Each line leads to the report's desk."""

    def url_for_result(self, result: Any) -> str:
        return links.page_of(SourceReport, result.report_id)


@admin.register(ReportText)
class ReportTextAdmin(ActionAdmin[ReportText]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_REPORTS
    list_display = (
        "report",
        state("digest_state", gettext_lazy("state")),
        Column(
            "in_hand_of", gettext_lazy("in hand of"), holder_of, order=None, needs=("taken_by",)
        ),
        "recorded_at",
    )
    list_prefetch = ("taken_by",)
    list_filter = ("digest_state",)
    linked = ("report",)
    search_fields = ("report__code", "report__title")
    search_help_text = gettext_lazy("A reference or a title.")
    ordering = ("recorded_at", "pk")
    fieldsets = (
        (None, {"fields": ("report", "digest_state", "taken_by", "set_aside_reason")}),
        (gettext_lazy("What is kept"), {"fields": ("text", "media_type", "size", "sha256")}),
    )
    parent = "report"
    deeds = (
        _step(
            "take",
            gettext_lazy("Take in hand"),
            gettext_lazy("Your colleagues see that you are at it."),
            S.IN_HAND,
        ),
        _step(
            "hand_back",
            gettext_lazy("Hand back"),
            gettext_lazy("It waits again for anybody."),
            S.NEW,
        ),
        _step(
            "digested",
            gettext_lazy("Mark as digested"),
            gettext_lazy("All that matters to us is recorded. It can be taken in hand again."),
            S.DIGESTED,
        ),
        _step(
            "set_aside",
            gettext_lazy("Set aside"),
            gettext_lazy("It leaves the queue, and your reason is kept with it."),
            S.SET_ASIDE,
            form=AsideForm,
        ),
        Deed(
            name="replace",
            label=gettext_lazy("Replace the text"),
            intro=gettext_lazy("What is kept now is deleted. Places that citations name may move."),
            act=Act.RECORD_REPORTS,
            do=report_texts.replace,
            form=ReplaceForm,
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Queue]:  # noqa: ARG002
        return Queue

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.content_view)
        return [path("<uuid:pk>/content/", view, name="cases_reporttext_content"),
                *super().get_urls()]  # fmt: skip

    def content_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Save what was archived."""
        text = self.reachable(request, pk)
        file = file_of(text)
        reads.note_download(text, by=current_actor())
        return response_of(file)

    def describe(self, record: Any) -> str:
        return _("Text of %(report)s") % {"report": record.report}

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("report")
