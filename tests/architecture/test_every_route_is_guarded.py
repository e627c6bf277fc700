"""Whoever is not signed in gets to sign in, and no further."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from cases.vocabulary.organisations import Role

OPEN = ("health/", "static/", "admin/jsi18n/", "i18n/")
SIGN_IN = "/admin/login/"
KEEPING = {307, 308}
REFUSALS = {401, 403, 404, 405}
REDIRECTS = KEEPING | {301, 302, 303}
HOPS = 5
SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "slug": "a",
    "str": "a",
    "path": "a",
}


def routes(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Give one address for each pattern of the site."""
    found: list[str] = []
    for entry in resolver.url_patterns:
        here = prefix + sample(entry.pattern)
        if isinstance(entry, URLResolver):
            found += routes(entry, here)
        else:
            assert isinstance(entry, URLPattern)
            found.append(here)
    return found


def sample(pattern: object) -> str:
    """Write an address that fits a pattern."""
    if isinstance(pattern, RoutePattern):
        route = str(pattern)
        for name, converter in pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            value = SAMPLES.get(kind, SAMPLES["str"])
            route = route.replace(f"<{name}>", value).replace(f"<{kind}:{name}>", value)
            route = route.replace(f"<str:{name}>", value)
        return route
    return REGULAR.get(str(pattern), "a")


REGULAR = {"": "", "^": "", "(?P<url>.*)$": "a"}
ADDRESSES = sorted(set(routes(get_resolver())))
GUARDED = [address for address in ADDRESSES if not address.startswith(OPEN)]


def test_the_walk_finds_the_faces():
    faces = {address.split("/")[0] for address in ADDRESSES}

    assert {"admin", "api", "dashboard", "health"} <= faces


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", GUARDED)
def test_nobody_gets_in_without_signing_in(address, method):
    assert is_refused(Client(), method, f"/{address}")


def is_refused(client, method, path):
    """Only the page that asks for the password is open; its later steps are not."""
    for _hop in range(HOPS):
        if path.partition("?")[0] == SIGN_IN:
            return True
        answer = getattr(client, method)(path)
        if answer.status_code not in REDIRECTS:
            return answer.status_code in REFUSALS
        method = method if answer.status_code in KEEPING else "get"
        path = answer["Location"]
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_the_second_factor_where_it_is_required(client_of, settings, method):
    client = client_of(Role.SUPERVISOR)  # in by a password alone, from before it was required
    settings.MFA_REQUIRED = True

    assert [a for a in GUARDED if not is_refused(client, method, f"/{a}")] == []
