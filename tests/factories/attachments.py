"""Files kept on people, with their content."""

from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait

from cases import clock
from cases.models import Attachment
from cases.vocabulary.attachments import AttachmentKind, MediaType
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory

CONTENT = b"She was seen at the shelter."


class AttachmentFactory(RecordFactory):
    """A short text, kept."""

    class Meta:
        model = Attachment

    class Params:
        withdrawn = Trait(
            withdrawn_at=LazyAttribute(lambda _file: clock.now()), withdrawal_reason="Wrong case."
        )

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    title = Sequence(lambda n: f"Letter of the shelter, {n}")
    kind = AttachmentKind.LETTER
    media_type = MediaType.TEXT
    size = len(CONTENT)
    sha256 = sha256(CONTENT).hexdigest()
    stored_name = Sequence(lambda n: f"{n:040x}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("withdrawn_at") is None and not default_storage.exists(kwargs["stored_name"]):
            default_storage.save(kwargs["stored_name"], ContentFile(CONTENT))
        return super()._create(model_class, *args, **kwargs)
