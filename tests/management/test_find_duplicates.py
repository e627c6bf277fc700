"""`manage.py find_duplicates`."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cases import clock
from cases.models import AuditEntry, LikelyPair
from tests.factories import IndividualFactory, IndividualNameFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def named(text, organisation):
    with clock.fixed(clock.now() - timedelta(days=5)):
        person = IndividualFactory(organisation=organisation)
        return IndividualNameFactory(individual=person, text=text)


def test_each_organisation_is_looked_at_by_itself(organisation, capsys):
    theirs = OrganisationFactory(other=True)
    for keeper in (organisation, organisation, theirs):
        named("Татьяна Хинштейн", keeper)

    call_command("find_duplicates", "--all")

    assert capsys.readouterr().out == "Looked at 3 cases: 2 likely pairs.\n"
    [pair] = LikelyPair.objects.all()
    assert pair.organisation == organisation
    assert AuditEntry.objects.filter(reason="finding duplicates").exists()


def test_only_what_was_changed_lately_is_looked_at(organisation, capsys):
    named("Татьяна Хинштейн", organisation)
    changed = named("Татьяна Хинштейн", organisation)
    call_command("find_duplicates")
    assert "Looked at 0 cases" in capsys.readouterr().out

    type(changed).objects.filter(pk=changed.pk).update(updated_at=clock.now())
    call_command("find_duplicates", "--days", "1")

    assert capsys.readouterr().out == "Looked at 1 cases: 1 likely pairs.\n"
