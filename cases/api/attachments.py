"""Files kept on people."""

from functools import partial

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import attachments, attempts, reads
from cases.api.base import Resource
from cases.api.fields import TermField, TextField
from cases.api.records import RecordSerializer, Strict
from cases.api.uploads import AsStored
from cases.exchange.downloads import response_of
from cases.filters.attachments import AttachmentFilters
from cases.models import Attachment
from cases.models.attachments import LONGEST_REASON
from cases.queries.attachments import read
from cases.rules.attachments import LONGEST_TITLE
from cases.vocabulary.attachments import AttachmentKind


class AttachmentSerializer(RecordSerializer):
    class Meta:
        model = Attachment


class NewAttachmentSerializer(Strict):
    """What is sent as a form, `multipart/form-data`."""

    file = serializers.FileField(help_text="JPEG, PNG or WebP, PDF, or plain text in UTF-8.")
    kind = TermField(terms=AttachmentKind, help_text="What it shows.")
    title = TextField(
        max_length=LONGEST_TITLE, required=False, help_text="What it is; else the file's name."
    )


class WithdrawalSerializer(Strict):
    reason = TextField(max_length=LONGEST_REASON, help_text="Why the file is taken away.")


class AttachmentResource(Resource):
    """Files kept on people; added at `individuals/{id}/attachments/`."""

    model = Attachment
    reads, writes = Act.READ_CASES, Act.KEEP_CASES
    serializer_class = AttachmentSerializer
    filterset_class = AttachmentFilters

    @action(detail=True, content_negotiation_class=AsStored, shows=OpenApiTypes.BINARY)
    def content(self, _request: Request, pk: str) -> HttpResponse:
        """Save the file. A withdrawn one is gone."""
        attachment = self.found(self.get_queryset(), pk)
        file = read(attachment)
        if file is None:
            raise Http404
        attempts.repeated(partial(reads.note_download, attachment, by=current_actor()))
        return response_of(file)

    @action(detail=True, methods=["post"], act=Act.KEEP_CASES, takes=WithdrawalSerializer)
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take the file away for good; the row stays."""
        return self.acted(request, pk, attachments.withdraw)
