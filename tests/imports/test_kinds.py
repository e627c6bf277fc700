"""Batches, slots, figures and places; and one bad row says the same sentence at every door."""

import pytest
from django.core.exceptions import ValidationError

from cases.access.gate import acting_as
from cases.actions import places
from cases.models import (
    BatchSlot,
    Citation,
    Place,
    PlaceName,
    RepatriationBatch,
    ReportedCount,
    Statement,
)
from cases.vocabulary.organisations import Role
from tests.factories import (
    BodyFactory,
    IndividualFactory,
    PlaceFactory,
    PopulationFactory,
    SourceReportFactory,
)
from tests.imports.running import begun, imported, to_the_end, told, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(actor_of):
    return actor_of(Role.CASEWORKER, is_movement_cell=True)


def outcomes(run):
    rows = told(run)
    return [rows[number][0] for number in sorted(rows)]


def test_batches_come_with_their_slots_and_slots_with_their_people(keeper):
    place = PlaceFactory(name="Sudzha")
    content = (
        "code;title;kind;status;departed;arrived;destination;slots\n"
        "B-1;Наприкінці серпня;corridor;arrived;2024-08-29;30.08.2024;Sudzha;3\n"
        "B-2;Wrong;corridor;departed;;;Sudzha;1\n"
        "B-3;Wrong;corridor;proposed;2024-09;2024-08;;1\n"
    ).encode()
    run = imported(keeper, content, kind="batches")

    assert outcomes(run) == ["added", "refused", "refused"]
    batch = RepatriationBatch.objects.get()
    assert (batch.arrived_edtf, batch.destination_id, batch.slots.count()) == (
        "2024-08-30",
        place.pk,
        3,
    )
    assert "The batch cannot arrive before it departs." in told(run)[4][1]

    person = IndividualFactory()
    slots = f"batch;number;case;age_class\nB-1;4;{person.case_number};дитина\nB-1;2;;\n".encode()
    assert outcomes(imported(keeper, slots, kind="slots")) == ["added", "refused"]
    slot = BatchSlot.objects.get(number=4)
    assert (slot.individual_id, slot.age_class) == (person.pk, "child")


def test_a_figure_brings_its_statement_and_the_report_it_cites(keeper):
    population, report, body = PopulationFactory(), SourceReportFactory(), BodyFactory()
    head = "statement,summary,speaker,report,population,measure,stated_text,value,qualifier,as_of\n"
    said = f"NEW-1,Says how many are held.,{body.name},{report.code},{population.code},stock"
    rows = (
        f"{said},more than 20,20,more than,2024-08\n"
        f"{said},30,30,exactly,2023-08\n"
        f"NONE,,,,{population.code},stock,30,30,exact,2024-08\n"
        "NEW-1,,,,nowhere,stock,30,30,exact,2024-08\n"
    )
    for is_dry in (True, False):
        run = uploaded(keeper, (head + rows).encode(), kind="counts")
        run = to_the_end(begun(keeper, run, is_dry=is_dry))
        assert outcomes(run)[-2:] == ["refused", "refused"]
        assert run.rows_added == 2
        assert Statement.objects.filter(code="NEW-1").count() == (not is_dry)

    assert [(c.low, c.high) for c in ReportedCount.objects.order_by("low")] == [
        (21, None),
        (30, 30),
    ]
    assert Citation.objects.get().report_id == report.pk


def test_a_figure_may_bring_a_statement_that_no_report_relays_yet(keeper):
    population = PopulationFactory()
    head = "statement,summary,population,measure,stated_text,value,qualifier,as_of\n"
    row = f"NEW-2,Says how many wait.,{population.code},stock,30,30,exactly,2024-08\n"

    run = imported(keeper, (head + row).encode(), kind="counts")

    assert (run.rows_added, Citation.objects.count()) == (1, 0)


def test_places_lie_in_places_of_the_same_file_and_have_names(keeper):
    content = (
        "name,name_ru,name_uk,kind,in,lat,lon\n"
        "Sumy oblast,Сумская область,Сумська область,oblast,,,\n"
        "Sumy,Сумы,Суми,settlement,Сумская область,50.9077,34.7981\n"
        "Nowhere,,,settlement,,50.9,\n"
    ).encode()
    run = uploaded(keeper, content, kind="places")
    run = to_the_end(begun(keeper, run, is_dry=True))
    assert (run.rows_added, run.rows_refused, Place.objects.count()) == (2, 1, 0)

    run = to_the_end(begun(keeper, run))

    assert outcomes(run) == ["added", "added", "refused"]
    assert str(Place.objects.get(name="Sumy").parent) == "Sumy oblast"
    assert PlaceName.objects.filter(text="Суми", language_tag="uk-Cyrl").count() == 1


BAD_PEOPLE = [
    ({"age_as_stated": "9"}, {"age_as_stated": 9}),
    ({"birth": "1980-99"}, {"birth_edtf": "1980-99"}),
    (
        {"age_as_stated": "126", "age as of": "2024"},
        {"age_as_stated": 126, "age_as_of_edtf": "2024"},
    ),
    ({"circumstances": "a\u200bb"}, {"circumstances": "a\u200bb"}),
    ({"sex": "robot"}, {"sex": "robot"}),
    ({"birth": "08/06/2024"}, {"birth_edtf": "08/06/2024"}),
]


@pytest.mark.parametrize(("cells", "fields"), BAD_PEOPLE)
def test_a_bad_row_says_what_the_api_says(cells, fields, keeper, api_of):
    sent = {"names": [{"text": "Anna", "language_tag": "en-Latn"}], **fields}
    answer = api_of().post("/api/v1/individuals/", sent)
    content = ",".join(["name", *cells]) + "\n" + ",".join(["Anna", *cells.values()]) + "\n"

    rows = told(imported(keeper, content.encode()))

    assert answer.status_code == 400
    assert rows[2][0] == "refused"
    for fault in answer.json()["errors"]:
        assert fault["message"] in rows[2][1]


def test_a_bad_place_says_what_the_action_says(keeper):
    with acting_as(keeper), pytest.raises(ValidationError, match="Give both a latitude") as refusal:
        places.add(by=keeper, name="X", kind="settlement", latitude="50.9")

    rows = told(imported(keeper, b"name,kind,lat\nX,settlement,50.9\n", kind="places"))

    assert refusal.value.messages[0] in rows[2][1]
