"""Contacts that are kept for one person alone."""

from cases.models import Contact, FamilyLink, Individual, Speaker


def contacts_of_nobody_else(person: Individual) -> list[Contact]:
    """Give the contacts tied to a person alone, who speak in no statement and look for nobody."""
    linked = Contact.objects.filter(
        family_links__individual=person,
        organisation=person.organisation_id,
        tracing_requests__isnull=True,
    )
    others = FamilyLink.objects.exclude(individual=person).filter(contact__isnull=False)
    told = Speaker.objects.filter(contact__isnull=False)
    alone = linked.exclude(pk__in=others.values("contact")).exclude(pk__in=told.values("contact"))
    return list(alone.distinct().order_by("pk"))
