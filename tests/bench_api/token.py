"""Makes tokens for staff of the largest organisation, and names a person: for the benchmark."""

import json

import django

django.setup()

from django.db.models import Count
from knox.models import AuthToken

from cases.access.gate import System, acting_as
from cases.actions import organisations
from cases.models import Individual, Organisation
from cases.vocabulary.organisations import Role

with acting_as(System("measuring")) as system:
    kept = Individual.objects.values("organisation").annotate(number=Count("pk"))
    largest = kept.order_by("-number")[0]["organisation"]
    staff = {
        role: organisations.add_user(
            by=system, organisation=Organisation.objects.get(pk=largest), role=role,
            email=f"{role.value}@measured.example", name=role.label,
            password="never used to sign in 9",
        )
        for role in (Role.CASEWORKER, Role.MANAGER)
    }  # fmt: skip
    person = Individual.objects.filter(organisation=largest, sensitivity="standard")
    told = {
        **{role.value: AuthToken.objects.create(user)[1] for role, user in staff.items()},
        "organisation": str(largest),
        "person": str(person.order_by("-updated_at", "pk")[0].pk),
    }
print(json.dumps(told))
