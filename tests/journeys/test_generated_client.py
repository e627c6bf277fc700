"""A client generated from the committed schema works against a running server."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from knox.models import AuthToken

from cases.access.gate import System, acting_as
from cases.vocabulary.organisations import Role
from tests.factories import UserFactory
from tests.serving import ROOT

SCHEMA = ROOT / "docs/api/openapi.yml"
CONFIG = "post_hooks: []\n"


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Give the name of the package that the generator writes."""
    folder: Path = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text(CONFIG)
    command = [
        str(Path(sys.executable).with_name("openapi-python-client")), "generate",
        "--path", str(SCHEMA), "--config", "config.yml", "--meta", "none",
        "--output-path", str(folder / "tracker_client"),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield "tracker_client"
    sys.path.remove(str(folder))


def test_it_adds_lists_and_reads_a_person(generated, transactional_db, live_server):
    with acting_as(System("tests")):
        _row, token = AuthToken.objects.create(UserFactory(role=Role.CASEWORKER))
    client = import_module(f"{generated}.client").AuthenticatedClient(live_server.url, token)
    models, people = (
        import_module(f"{generated}.{part}") for part in ("models", "api.individuals")
    )
    operations = {
        name: import_module(f"{people.__name__}.individuals_{name}").sync
        for name in ("create", "list", "retrieve")
    }
    name = models.NewNameRequest(text="Анна Петрова", language_tag="ru-Cyrl")

    with client:
        added = operations["create"](client=client, body=models.NewIndividualRequest(names=[name]))
        listed = operations["list"](client=client, q="Petrova")
        read = operations["retrieve"](added.id, client=client)

    assert isinstance(added, models.Individual)
    assert [row.id for row in listed.results] == [added.id]
    assert read.case_number == added.case_number
    assert [one.text for one in read.names] == ["Анна Петрова"]


def test_it_hears_refusals_as_problems(generated, transactional_db, live_server):
    client = import_module(f"{generated}.client").AuthenticatedClient(live_server.url, "rct_none")
    listing = import_module(f"{generated}.api.individuals.individuals_list").sync

    with client:
        refused = listing(client=client)

    assert refused.status == 401
    assert refused.detail
