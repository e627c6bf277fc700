"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SizedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id sized for a small server.

    Django's 100 MiB on eight lanes, four sign-ins at once, would exhaust a box of 1 GB. This is
    46 MiB on one lane: 184 MiB for the four threads that serve by default.
    """

    time_cost = 2
    memory_cost = 46 * 1024
    parallelism = 1
