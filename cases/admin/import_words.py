"""What the fields of imported files are called."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy

from cases.models import (
    BatchSlot,
    Individual,
    Place,
    RepatriationBatch,
    ReportedCount,
    Statement,
)
from cases.rules.imports import BARRED
from cases.vocabulary.imports import ImportKind

_MODELS: dict[str, tuple[type[Any], ...]] = {
    ImportKind.INDIVIDUALS: (Individual,),
    ImportKind.BATCHES: (RepatriationBatch,),
    ImportKind.SLOTS: (BatchSlot,),
    ImportKind.COUNTS: (ReportedCount, Statement),
    ImportKind.PLACES: (Place,),
}
_WORDS = {
    "external_id": gettext_lazy("id in the file"),
    "name": gettext_lazy("full name"),
    "name_ru": gettext_lazy("name in Russian"),
    "name_uk": gettext_lazy("name in Ukrainian"),
    "name_en": gettext_lazy("name in Latin letters"),
    "family_name": gettext_lazy("family name"),
    "given_name": gettext_lazy("given name"),
    "patronymic": gettext_lazy("patronymic"),
    "language_tag": gettext_lazy("language of the name"),
    "slots": gettext_lazy("number of slots"),
    "report": gettext_lazy("report"),
    "speaker": gettext_lazy("body that said it"),
    BARRED: gettext_lazy("where it stands, or whose it is: refused"),
}


def label_of(kind: str, name: str) -> str:
    """Name a field of a file in the reader's language."""
    for model in _MODELS.get(kind, ()):
        try:
            if name not in {"name", *_WORDS}:
                return str(model._meta.get_field(name).verbose_name)
        except FieldDoesNotExist:
            continue
    return str(_WORDS.get(name, name))
