"""Supervisors keep webhooks in the admin; the secret is shown once, in the answer."""

import re

from cases.actions.webhooks import secret_of
from cases.models import Webhook
from cases.vocabulary.organisations import Role

ADD = "/admin/cases/webhook/add/"


def test_the_secret_is_in_the_answer_alone(client_of):
    client = client_of(Role.SUPERVISOR)
    page = client.get(ADD).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    told = client.post(ADD, hidden | {"url": "https://partner.example.org/hook"})

    webhook = Webhook.objects.get()
    assert told.status_code == 200
    assert secret_of(webhook) in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    listed = client.get("/admin/cases/webhook/").content.decode()
    shown = client.get(f"/admin/cases/webhook/{webhook.pk}/change/").content.decode()
    assert "partner.example.org" in listed
    assert secret_of(webhook) not in listed + shown


def test_a_bad_address_is_refused_in_the_form(client_of):
    client = client_of(Role.SUPERVISOR)
    page = client.get(ADD).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    answer = client.post(ADD, hidden | {"url": "http://127.0.0.1/"})

    assert answer.status_code == 200
    assert not Webhook.objects.exists()


def test_caseworkers_keep_none(client_of):
    assert client_of(Role.CASEWORKER).get(ADD).status_code == 403
