"""Files out, on the staff's site: asked for, decided by a second person, taken."""

import pytest

from cases.jobs.exports import build
from cases.models import ExportRun
from cases.vocabulary.organisations import Role
from tests.factories import ExportRunFactory, IndividualNameFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/exports/"
ASKED = {"collection": "individual-names", "format": "csv", "reason": "The hospital asks."}


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def asked(client_of):
    asker = client_of(Role.CASEWORKER)
    asker.get(PAGE)
    answer = asker.post(PAGE, ASKED)
    assert answer.status_code == 302, text_of(answer)
    return asker, answer.url


def test_a_file_goes_from_asking_to_taking(asked, client_of):
    IndividualNameFactory(text="Анна Проба")
    asker, url = asked
    assert "A second person decides." in text_of(asker.get(url))
    assert "You decide" not in text_of(asker.get(url))
    supervisor = client_of(Role.SUPERVISOR)
    page = text_of(supervisor.get(url))
    assert "The hospital asks." in page
    assert "Take the file" not in page

    assert supervisor.post(url, {"approve": "1"}).status_code == 302
    build(str(ExportRun.objects.get().pk))

    page = text_of(asker.get(url))
    assert "Take the file" in page
    assert "0 of 3 times" in page
    answer = asker.post(f"{url}content/")
    assert "Анна Проба" in b"".join(answer.streaming_content).decode()
    assert "1 of 3 times" in text_of(asker.get(url))
    refused = supervisor.post(f"{url}content/")
    assert refused.status_code == 403


def test_it_is_declined_with_a_reason(asked, client_of):
    asker, url = asked
    supervisor = client_of(Role.SUPERVISOR)

    assert "This field is required." in text_of(supervisor.post(url, {"decline": "1"}))
    supervisor.post(url, {"decline": "1", "reason": "Too much."})

    page = text_of(asker.get(url))
    assert "Declined" in page
    assert "Too much." in page


def test_nobody_decides_of_their_own(client_of):
    supervisor = client_of(Role.SUPERVISOR)
    url = supervisor.post(PAGE, ASKED).url

    answer = supervisor.post(url, {"approve": "1"})

    assert "A second person decides: this was asked for by you." in text_of(answer)
    assert ExportRun.objects.get().state == "waiting"


def test_a_file_that_is_over_is_said_to_be(asked):
    asker, url = asked
    answer = asker.post(f"{url}content/", follow=True)

    assert "The file is not made yet." in text_of(answer)
    assert asker.get(f"{url}content/").status_code == 403


def test_what_a_role_may_not_read_is_not_on_the_page(client_of):
    run = ExportRunFactory(reason="A secret reason", declined=True)

    for role, is_told in ((Role.MANAGER, False), (Role.AUDITOR, False), (Role.SUPERVISOR, True)):
        client = client_of(role)
        page = text_of(client.get(f"{PAGE}{run.pk}/"))
        assert ("A secret reason" in page) is is_told, role
        assert ("Some of it is withheld from you." in page) is not is_told
        assert text_of(client.get(PAGE)).count(str(run.pk)) == 1
    auditor = text_of(client_of(Role.AUDITOR).get(f"{PAGE}{run.pk}/"))
    assert "individuals" not in auditor.partition("<main")[2]


def test_others_do_not_see_it(client_of):
    run = ExportRunFactory(organisation=OrganisationFactory(other=True))
    staff = client_of(Role.SUPERVISOR)

    assert staff.get(f"{PAGE}{run.pk}/").status_code == 404
    assert staff.post(f"{PAGE}{run.pk}/content/").status_code == 404
    assert client_of(Role.ADMINISTRATOR).get(PAGE).status_code == 403
    assert client_of(Role.MANAGER).post(PAGE, ASKED).status_code == 403


def test_a_user_takes_so_many_rows_in_a_day(asked, client_of, settings):
    settings.EXPORT_ROWS_PER_DAY = 3
    IndividualNameFactory.create_batch(2)
    asker, url = asked
    supervisor = client_of(Role.SUPERVISOR)
    supervisor.post(url, {"approve": "1"})
    build(url.split("/")[-2])
    assert "Take the file" in text_of(asker.get(url))

    url = asker.post(PAGE, ASKED).url
    supervisor.post(url, {"approve": "1"})
    build(url.split("/")[-2])

    page = text_of(asker.get(url))
    assert "That would be 2 rows, and 1 of the 3 are left" in page
    assert "Failed" in page
