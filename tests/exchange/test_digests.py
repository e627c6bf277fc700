"""A wrong digest gives a sentence that says where and what to do."""

import pytest

from cases.exchange import seeds
from cases.exchange.digests import DigestError
from cases.exchange.fixtures import SEEDS

NEWSWEEK = "reports/001-newsweek-return-of-46.yaml"
HELD = "reports/002-held-in-ukraine.yaml"

SPOILT = [
    pytest.param(
        NEWSWEEK,
        "releasing_body: ukraine",
        "releasing_body: xyz",
        "seeds/reports/001-newsweek-return-of-46.yaml, repatriation batch kursk-2024-11-22: "
        "unknown body “xyz”. Add it to seeds/bodies.yaml or mend the slug.",
        id="unknown body",
    ),
    pytest.param(
        "populations.yaml",
        "origin_place: kursk-border-communities",
        "origin_place: xyz",
        "seeds/populations.yaml, population kursk-ordered-to-evacuate: "
        "unknown place “xyz”. Add it to seeds/places.yaml or mend the slug.",
        id="unknown place",
    ),
    pytest.param(
        HELD,
        "speakers: [{body: russian-officials}]",
        "speakers: [{body: xyz}]",
        "statement officials-hostages: unknown body “xyz”.",
        id="unknown speaker",
    ),
    pytest.param(
        NEWSWEEK,
        "sr001-almost-50: {locator: paragraph 1}",
        "xyz: {locator: paragraph 1}",
        "unknown statement “xyz”. Add it to a file in seeds/reports/ or mend the slug.",
        id="citation of nothing",
    ),
    pytest.param(
        NEWSWEEK,
        "  sr001-almost-50: {locator: paragraph 1}\n",
        "",
        "statement sr001-almost-50: no report cites it. Add it to the citations of its report.",
        id="statement nobody cites",
    ),
    pytest.param(
        "places.yaml",
        "  belarus:\n    kind: country",
        "  belarus:\n    kind: realm",
        "place belarus: unknown term “realm” for kind. It is one of: country, oblast,",
        id="unknown term",
    ),
    pytest.param(
        "routes.yaml",
        "title: Ukraine",
        "tittle: Ukraine",
        "route ua-by-ru: unknown field “tittle”. It may have: code, title.",
        id="unknown field",
    ),
    pytest.param(
        "routes.yaml",
        "title: Ukraine → Belarus → Russia",
        "title: [Ukraine, Belarus]",
        "route ua-by-ru: “title” is one value, not a list.",
        id="list for a value",
    ),
    pytest.param(
        NEWSWEEK,
        "    stated_text: almost a thousand\n",
        "",
        "reported count shelters-1000: needs “stated_text”.",
        id="missing field",
    ),
    pytest.param(
        "places.yaml",
        "parent: kursk-oblast\n    kind: district",
        "parent: sudzha\n    kind: district",
        "place “sudzha” is recorded only after it. Move it up, or mend recorded_on.",
        id="reference forward",
    ),
    pytest.param(
        "links.yaml",
        "recorded_on: 2025-07-04\n    from_count",
        "recorded_on: 2024-12-01\n    from_count",
        "reported count “ordered-150000” is recorded only after it.",
        id="recorded before what it joins",
    ),
    pytest.param(
        "bodies.yaml",
        "  historical-society:",
        "  icrc:",
        "“icrc” stands twice in one place",
        id="slug twice in a file",
    ),
    pytest.param(
        HELD,
        "  medinsky-20:\n    attribution",
        "  moskalkova-46:\n    attribution",
        "statement moskalkova-46: stands twice in the digests. Give one another slug.",
        id="slug twice in the digests",
    ),
    pytest.param(
        HELD,
        "recorded_on: 2025-09-01",
        "recorded_on: 2025-09",
        "seeds/reports/002-held-in-ukraine.yaml: recorded_on is a day such as 2024-11-22, "
        "not “2025-09”.",
        id="no day",
    ),
    pytest.param(
        HELD,
        "negotiations:",
        "x: {}\nnegotiations:",
        "unknown section “x”.",
        id="unknown section",
    ),
    pytest.param(
        "organisation.yaml",
        "organisations:",
        "recorded_on_basis: known\nplaces:",
        "seeds/organisation.yaml: unknown section “places”. It may hold: organisations.",
        id="section of another file",
    ),
    pytest.param(
        "routes.yaml",
        "routes:",
        "routes: [",
        "seeds/routes.yaml is not YAML we can read",
        id="yaml",
    ),
    pytest.param(
        "routes.yaml",
        "  ua-by-ru:\n",
        "  ua-by-ru: 1\n  other:\n",
        "seeds/routes.yaml, route ua-by-ru: write names and values, such as “kind: country”.",
        id="no mapping",
    ),
    pytest.param(
        HELD, "{count: 8, ", "{count: none, ", "“count: none” is not how often", id="count"
    ),
    pytest.param(
        HELD,
        "slots:\n      - {count: 8, presence: arrived}",
        "slots: 8",
        "repatriation batch kursk-2025-eight, slots: write a list.",
        id="slots that are no list",
    ),
    pytest.param(
        HELD,
        "speakers: [{body: russian-officials}]",
        "speakers: russian-officials",
        "statement officials-hostages: speakers is a list of names and values.",
        id="speakers that are no list",
    ),
    pytest.param(
        "reports/003-afp-return-of-46.yaml",
        "{slot: kursk-2024-11-22/13,",
        "{slot: kursk-2024-11-22/47,",
        "unknown batch slot “kursk-2024-11-22/47”.",
        id="slot that is not there",
    ),
]


def spoil(digests, file, old, new):
    path = digests / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(("file", "old", "new", "sentence"), SPOILT)
def test_a_wrong_digest_says_where_and_what_to_do(digests, file, old, new, sentence):
    spoil(digests, file, old, new)

    with pytest.raises(DigestError) as refused:
        seeds.load(digests)

    assert sentence in str(refused.value)


def test_all_mistakes_are_named_at_once(digests):
    spoil(digests, "routes.yaml", "to_place: belarus", "to_place: nowhere")
    spoil(digests, HELD, "kind: release", "kind: barter")

    with pytest.raises(DigestError) as refused:
        seeds.load(digests)

    assert len(str(refused.value).splitlines()) == 2


def test_a_missing_file_is_named(digests):
    (digests / "routes.yaml").unlink()

    with pytest.raises(DigestError, match=r"seeds/routes.yaml is missing"):
        seeds.load(digests)


def test_a_report_says_how_its_day_is_known(digests):
    path = digests / HELD
    lines = path.read_text("utf-8").split("\n\nreports:", 1)
    path.write_text(f"recorded_on: 2025-09-01\n\nreports:{lines[1]}", "utf-8")

    with pytest.raises(DigestError, match="say in recorded_on_basis"):
        seeds.load(digests)


def test_a_digest_is_of_one_report(digests):
    spoil(
        digests,
        HELD,
        "reports:\n",
        "reports:\n  SR-009: {title: Another, published_basis: unknown}\n",
    )

    with pytest.raises(DigestError, match="a digest is of one report, and has 2"):
        seeds.load(digests)


def test_rows_come_in_the_order_in_which_a_desk_would_enter_them():
    days = [row.recorded_on for row in seeds.load(SEEDS)]

    assert days == sorted(days)
