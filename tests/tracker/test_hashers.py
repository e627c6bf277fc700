"""Passwords are hashed by Argon2id, at a size that a small server can bear."""

from tracker.hashers import SizedArgon2PasswordHasher


def test_a_hash_verifies_and_says_its_size():
    hasher = SizedArgon2PasswordHasher()
    encoded = hasher.encode("a long and winding sentence", hasher.salt())

    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert hasher.verify("a long and winding sentence", encoded)
    assert not hasher.verify("another sentence", encoded)


def test_four_sign_ins_at_once_fit_into_a_box_of_one_gigabyte():
    assert 4 * SizedArgon2PasswordHasher.memory_cost < 256 * 1024
