"""The life of a tracing request, what may be told to whom, and how it may end."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.rules import tracing, tracing_outcomes, tracing_words
from cases.vocabulary.tracing import ContactWish, TracingOutcome, TracingState
from cases.vocabulary.tracing_work import CandidateState, TracingActionKind

S, E, W, K = TracingState, TracingOutcome, ContactWish, TracingActionKind


def test_a_number_is_told_from_a_case_number_by_its_letter():
    assert tracing.number(42) == "T-000042-69"


@pytest.mark.parametrize("state", S)
def test_every_request_may_end_and_none_is_final(state):
    onward = tracing.REQUEST.steps[state]

    assert onward
    assert S.CLOSED in onward or state == S.CLOSED


def test_nobody_alone_says_who_it_is():
    assert {after for _, after in tracing.REQUEST.second} == {S.FOUND}
    assert tracing.CANDIDATE.second == {(CandidateState.PROPOSED, CandidateState.CONFIRMED)}


@pytest.mark.parametrize(("contact", "body"), [(None, None), (1, 1)])
def test_one_asks(contact, body):
    tracing_words.check_enquirer(contact=1, body=None)
    tracing_words.check_enquirer(contact=None, body=1)
    with pytest.raises(ValidationError, match="a contact or a body"):
        tracing_words.check_enquirer(contact=contact, body=body)


@pytest.mark.parametrize(
    "given", [{"individual": 1}, {"names": "Анна\nAnna"}, {"circumstances": "A scar."}]
)
def test_somebody_is_sought(given):
    nobody: dict[str, Any] = {"individual": None, "names": " \n", "circumstances": " "}

    tracing_words.check_sought(**{**nobody, **given})
    with pytest.raises(ValidationError, match="Say who is sought"):
        tracing_words.check_sought(**nobody)


def test_names_stand_one_a_line_and_are_few():
    assert tracing_words.lines(" Анна \n\nAnna\nАнна") == ["Анна", "Anna"]
    with pytest.raises(ValidationError, match="at most 10 names"):
        tracing_words.check_sought(
            individual=None, names="\n".join(map(str, range(11))), circumstances=""
        )


def test_nobody_wishes_anything_before_somebody_is_found():
    tracing_words.check_wish(W.UNKNOWN, None)
    tracing_words.check_wish(W.NOTHING, 1)
    tracing_words.check_wish_now(S.FOUND)
    with pytest.raises(ValidationError, match="Nobody is found yet"):
        tracing_words.check_wish(W.CONTACT, None)
    with pytest.raises(ValidationError, match="once a second person"):
        tracing_words.check_wish_now(S.IN_PROGRESS)


AGREED: dict[str, Any] = {"state": S.FOUND, "body": 1, "may_be_named": True, "may_be_shared": True,
          "wish": W.CONTACT}  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in K if kind != K.STEP])
def test_where_all_agree_all_may_be_told(kind):
    tracing_words.check_told(kind, **AGREED)


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        (K.STEP, {}, "by_itself"),
        (K.ASKED_BODY, {"body": None}, "no_body"),
        (K.ANSWER_CAME, {"body": None}, "no_body"),
        (K.ASKED_BODY, {"may_be_shared": False}, "not_agreed"),
        (K.TOLD_PERSON, {"may_be_named": False}, "not_agreed"),
        (K.TOLD_ENQUIRER, {"wish": W.UNKNOWN}, "not_agreed"),
        (K.TOLD_ENQUIRER, {"wish": W.ALIVE_ONLY}, "not_agreed"),
        (K.TOLD_ENQUIRER, {"wish": W.NOTHING}, "not_agreed"),
        (K.TOLD_ENQUIRER, {"state": S.IN_PROGRESS}, "nobody_found"),
        (K.TOLD_PERSON, {"state": S.PROPOSED}, "nobody_found"),
        (K.ASKED_PERSON, {"state": S.RECEIVED}, "nobody_found"),
    ],
)
def test_nothing_is_told_that_somebody_has_not_agreed_to(kind, changes, code):
    with pytest.raises(ValidationError) as refusal:
        tracing_words.check_told(kind, **{**AGREED, **changes})

    assert [error.code for errors in refusal.value.error_dict.values() for error in errors] == [
        code
    ]


SO = [
    (E.INFORMED, S.FOUND, W.CONTACT, False),
    (E.NO_CONTACT, S.FOUND, W.ALIVE_ONLY, False),
    (E.NO_CONTACT, S.FOUND, W.NOTHING, False),
    (E.DECEASED, S.FOUND, W.UNKNOWN, True),
    (E.NOT_FOUND, S.IN_PROGRESS, W.UNKNOWN, False),
    (E.WITHDRAWN, S.PROPOSED, W.UNKNOWN, False),
    (E.DUPLICATE, S.RECEIVED, W.UNKNOWN, False),
]
NOT_SO = [
    ("lost", S.FOUND, W.CONTACT, False),
    (E.INFORMED, S.IN_PROGRESS, W.CONTACT, False),
    (E.INFORMED, S.FOUND, W.NOTHING, False),
    (E.INFORMED, S.FOUND, W.CONTACT, True),
    (E.NO_CONTACT, S.FOUND, W.UNKNOWN, False),
    (E.NO_CONTACT, S.FOUND, W.CONTACT, False),
    (E.DECEASED, S.FOUND, W.UNKNOWN, False),
    (E.NOT_FOUND, S.FOUND, W.UNKNOWN, False),
    (E.NOT_FOUND, S.PROPOSED, W.UNKNOWN, False),
]


@pytest.mark.parametrize(("outcome", "state", "wish", "is_deceased"), SO)
def test_an_outcome_that_is_true(outcome, state, wish, is_deceased):
    tracing_outcomes.check_outcome(outcome, state=state, wish=wish, is_deceased=is_deceased)


@pytest.mark.parametrize(("outcome", "state", "wish", "is_deceased"), NOT_SO)
def test_an_outcome_that_is_not(outcome, state, wish, is_deceased):
    with pytest.raises(ValidationError) as refusal:
        tracing_outcomes.check_outcome(outcome, state=state, wish=wish, is_deceased=is_deceased)

    assert refusal.value.error_dict.keys() == {"outcome"}


@pytest.mark.parametrize(
    ("outcome", "of"), [(E.DUPLICATE, None), (E.DUPLICATE, "this"), (E.NOT_FOUND, "that")]
)
def test_a_duplicate_is_of_another_request(outcome, of):
    tracing_outcomes.check_duplicate(E.DUPLICATE, of="that", request="this")
    tracing_outcomes.check_duplicate(E.NOT_FOUND, of=None, request="this")
    with pytest.raises(ValidationError):
        tracing_outcomes.check_duplicate(outcome, of=of, request="this")


def test_a_closed_request_rests_and_what_ends_says_why():
    tracing.check_open(S.FOUND)
    tracing.check_reason("They met.")
    with pytest.raises(ValidationError, match="Open it again first"):
        tracing.check_open(S.CLOSED)
    with pytest.raises(ValidationError, match="Say why"):
        tracing.check_reason(" ")
