"""Files kept on people: listed, saved, withdrawn; added on the person's page."""

from typing import Any, ClassVar

from csp.decorators import csp_update
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import attachments, reads, recording
from cases.admin import links, masking
from cases.admin.base import ActionAdmin
from cases.admin.columns import state
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.refusals import place
from cases.admin.widgets import DASH, meanings
from cases.exchange.downloads import response_of
from cases.models import Attachment, Individual
from cases.models.attachments import LONGEST_REASON
from cases.queries.attachments import read
from cases.rules.attachments import ENDINGS, LONGEST_TITLE, TAKEN
from cases.vocabulary.attachments import AttachmentKind


class AttachForm(DeedForm):
    """Stores the file first, outside the transaction; it stays only with its row."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS.values())}),
        help_text=format_lazy(
            gettext_lazy(
                "{formats}; 10 MB at most. What a camera wrote into a picture is left out."
            ),
            formats=TAKEN,
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=AttachmentKind.choices,
        help_text=meanings(AttachmentKind, gettext_lazy("What it shows.")),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("What it is; empty takes the file's name."),
    )

    def _post_clean(self) -> None:
        if self.errors:
            return
        file = self.cleaned_data.pop("file")
        self.cleaned_data["title"] = self.cleaned_data["title"] or file.name
        file.seek(0)  # a busy database has the form tried again
        try:
            with attachments.taken(file.read(), by=current_actor()) as upload:
                self.cleaned_data["upload"] = upload
                super()._post_clean()
        except ValidationError as refusal:
            place(self, ValidationError({"file": refusal}))


def attach(person: Individual, *, by: Any, version: int | None, **given: Any) -> Attachment:
    """Add a file to a person as whoever adds it has seen them."""
    recording.compare(person, version)
    return attachments.add(by=by, individual=person, **given)


ATTACH = Deed(
    name="attach",
    label=gettext_lazy("Add a file"),
    intro=gettext_lazy("The file is kept on this person."),
    act=Act.KEEP_CASES,
    do=attach,
    form=AttachForm,
)


class WithdrawForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why the file is taken away; kept on record."),
    )


def withdrawn(attachment: Any) -> str:
    """Say why a file cannot be withdrawn."""
    return _("It is withdrawn already.") if attachment.withdrawn_at else ""


_PICTURE = '<img class="preview" src="{}" alt="{}">'
_FRAME = '<iframe class="preview" src="{}" title="{}"></iframe>'


@admin.register(Attachment)
class AttachmentAdmin(ActionAdmin[Attachment]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_CASES
    list_display = (
        "__str__",
        "individual",
        "title",
        state("kind", gettext_lazy("kind")),
        "media_type",
        "size",
        "recorded_at",
        "withdrawn_at",
    )
    list_display_links = ("__str__", "title")
    list_filter = ("kind", "media_type")
    linked = ("individual",)
    search_fields = ("individual__case_number", "title")
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("individual", "title", "kind")}),
        (gettext_lazy("The file"), {"fields": ("preview", "media_type", "size", "sha256")}),
        (gettext_lazy("Withdrawal"), {"fields": ("withdrawn_at", "withdrawal_reason")}),
    )
    deeds = (
        Deed(
            name="withdraw",
            label=gettext_lazy("Withdraw"),
            intro=gettext_lazy(
                "The content is deleted for good. That it was there stays on record."
            ),
            act=Act.KEEP_CASES,
            do=attachments.withdraw,
            form=WithdrawForm,
            closed=withdrawn,
        ),
    )
    parent = "individual"
    readonly_fields = ("preview",)
    needs: ClassVar[masking.Needs] = {"preview": ("stored_name", "title", "media_type")}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.content_view)
        shown = {"is_framed": True}
        return [
            path("<uuid:pk>/content/", view, name="cases_attachment_content"),
            path("<uuid:pk>/shown/", view, shown, name="cases_attachment_shown"),
            *super().get_urls(),
        ]

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def changeform_view(self, *args: Any, **kwargs: Any) -> Any:
        return super().changeform_view(*args, **kwargs)

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, attachment: Attachment) -> SafeString | str:
        """Show a picture, a document or a text where it stands; each showing is on record."""
        if attachment.withdrawn_at is not None:
            return DASH
        url = reverse("admin:cases_attachment_shown", args=[attachment.pk])
        is_picture = attachment.media_type.startswith("image/")
        frame = _PICTURE if is_picture else _FRAME
        return format_html(frame, url, attachment.title)

    def content_view(
        self,
        request: HttpRequest,
        pk: Any,
        is_framed: bool = False,  # noqa: FBT001, FBT002 - from the address
    ) -> HttpResponse:
        """Hand out the file, to be saved or for a frame of this site."""
        attachment = self.reachable(request, pk)
        file = read(attachment)
        if file is None:
            raise Http404
        reads.note_download(attachment, by=current_actor())
        return response_of(file, is_framed=is_framed)

    def home_of(self, record: Any) -> str | None:
        return links.url_of(record.individual)
