"""`fixtures/` is what `seeds/` gives, and the READMEs say what is in them."""

import json
import re

import pytest

from cases.exchange import fixtures, seeds
from cases.vocabulary.counts import LinkKind
from cases.vocabulary.places import NameKind

README = (fixtures.SEEDS / "README.md").read_text("utf-8")
PRIVATE = ("35_contacts.json", "65_individuals.json")


@pytest.fixture(scope="module")
def rows():
    return seeds.load(fixtures.SEEDS)


def test_nobody_has_edited_a_fixture_by_hand(django_db_blocker):
    with django_db_blocker.unblock():
        built = fixtures.build(fixtures.SEEDS)

    fixtures.compare(built, fixtures.FIXTURES)


def test_the_documented_load_order_is_the_real_one():
    readme = (fixtures.FIXTURES / "README.md").read_text("utf-8")
    [command] = re.findall(r"loaddata ([^`]*)", readme)

    assert tuple(command.replace("\\", "").split()) == fixtures.LOAD_ORDER
    assert tuple(re.findall(r"^\| `(\w+)`", readme, re.MULTILINE)) == fixtures.LOAD_ORDER


@pytest.mark.parametrize(
    "number",
    [f"n{n}" for n in range(1, 23)]
    + [f"c{n}" for n in range(1, 22)]
    + [str(n) for n in range(1, 44)],
)
def test_every_fact_of_the_reports_is_accounted_for(number):
    assert re.search(rf"^\| {number} \| [^|]+ \| [^|]+ \|$", README, re.MULTILINE)


def test_the_readme_names_only_rows_that_are_in_the_digests(rows):
    known = {row.slug.split("/")[-1] for row in rows}
    known |= {field for row in rows for field in row.fields}
    accounted = README.split("## What is in, and where")[1].split("## Judgements")[0]
    named = set(re.findall(r"`([\w-]+)`", accounted))

    assert named <= known | set(LinkKind.values) | set(NameKind.values)


def test_private_names_stand_nowhere_but_with_the_individuals_and_contacts(rows):
    texts = [part["text"] for row in rows for part in row.fields.get("names", ())]
    texts += [row.fields["name"] for row in rows if row.section.name == "contacts"]
    officials = {row.fields["name"] for row in rows if row.section.name == "officials"}
    private = {word for text in texts for word in text.split()}
    private -= {word for name in officials for word in name.split()}

    assert len(private) >= 4
    for path in fixtures.FIXTURES.glob("*.json"):
        if path.name not in PRIVATE:
            words = set(re.findall(r"\w+", path.read_text("utf-8")))
            assert not private & words, path.name


def test_everything_that_can_be_published_is():
    for path in fixtures.FIXTURES.glob("*.json"):
        for row in json.loads(path.read_text("utf-8")):
            assert row["fields"].get("is_published", True), (path.name, row["pk"])
