"""Contacts that are kept for one person, or one request, alone."""

from cases.models import Contact, FamilyLink, Individual, Speaker, TracingRequest


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


def enquirers_of_nobody_else(request: TracingRequest) -> list[Contact]:
    """Give whoever asks in a request, if they are kept for nothing else."""
    asking = Contact.objects.filter(tracing_requests=request.pk)
    elsewhere = TracingRequest.objects.exclude(pk=request.pk).filter(enquirer__isnull=False)
    ties = FamilyLink.objects.filter(contact__isnull=False)
    told = Speaker.objects.filter(contact__isnull=False)
    alone = (
        asking.exclude(pk__in=elsewhere.values("enquirer"))
        .exclude(pk__in=ties.values("contact"))
        .exclude(pk__in=told.values("contact"))
    )
    return list(alone.order_by("pk"))
