"""Ids."""

from cases import ids


def test_ids_are_random():
    assert ids.new_id() != ids.new_id()
    assert ids.new_id().version == 4


def test_ids_derived_from_a_name_repeat():
    with ids.derived_from("places"):
        first, second = ids.new_id(), ids.new_id()
    with ids.derived_from("places"):
        assert (ids.new_id(), ids.new_id()) == (first, second)
    with ids.derived_from("bodies"):
        assert ids.new_id() != first
    assert (first.version, first.variant) == (4, "specified in RFC 4122")
