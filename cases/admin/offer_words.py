"""What the fields of PFIF are called."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: Mapping[str, "StrOrPromise"] = {
    "person_record_id": gettext_lazy("Record of the person"),
    "note_record_id": gettext_lazy("Record of the note"),
    "linked_person_record_id": gettext_lazy("Said to be the same as"),
    "expiry_date": gettext_lazy("To be deleted by"),
    "author_name": gettext_lazy("Written by"),
    "author_email": gettext_lazy("E-mail of the author"),
    "author_phone": gettext_lazy("Telephone of the author"),
    "source_name": gettext_lazy("Source"),
    "source_date": gettext_lazy("Changed at the source"),
    "source_url": gettext_lazy("Address at the source"),
    "full_name": gettext_lazy("Full name"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "alternate_names": gettext_lazy("Other names"),
    "description": gettext_lazy("Description"),
    "sex": gettext_lazy("Sex"),
    "date_of_birth": gettext_lazy("Born"),
    "age": gettext_lazy("Age"),
    "home_street": gettext_lazy("Street"),
    "home_neighborhood": gettext_lazy("Neighbourhood"),
    "home_city": gettext_lazy("Town"),
    "home_state": gettext_lazy("Region"),
    "home_postal_code": gettext_lazy("Postal code"),
    "home_country": gettext_lazy("Country"),
    "photo_url": gettext_lazy("Address of a photograph"),
    "profile_urls": gettext_lazy("Addresses of profiles"),
    "author_made_contact": gettext_lazy("The author was in contact with them"),
    "status": gettext_lazy("State as told"),
    "email_of_found_person": gettext_lazy("E-mail of the person"),
    "phone_of_found_person": gettext_lazy("Telephone of the person"),
    "last_known_location": gettext_lazy("Last known place"),
    "text": gettext_lazy("Text"),
}
