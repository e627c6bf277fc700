"""Invented people for the demonstration: names from lists, everything drawn from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from factory.base import Factory
from factory.declarations import LazyAttribute

from cases.vocabulary.individuals import NamePart, Sex
from cases.vocabulary.places import NameKind

INVENTED = "Invented for the demonstration."

_MEN = (
    ("Александр", "Aleksandr"),
    ("Алексей", "Aleksei"),
    ("Андрей", "Andrei"),
    ("Виктор", "Viktor"),
    ("Дмитрий", "Dmitrii"),
    ("Иван", "Ivan"),
    ("Михаил", "Mikhail"),
    ("Николай", "Nikolai"),
    ("Пётр", "Piotr"),
    ("Юрий", "Yurii"),
)
_WOMEN = (
    ("Анна", "Anna"),
    ("Валентина", "Valentina"),
    ("Галина", "Galina"),
    ("Екатерина", "Ekaterina"),
    ("Елена", "Elena"),
    ("Людмила", "Liudmila"),
    ("Мария", "Maria"),
    ("Надежда", "Nadezhda"),
    ("Ольга", "Olga"),
    ("Юлия", "Yulia"),
)
_FAMILIES = (
    ("Белов", "Belov"),
    ("Волков", "Volkov"),
    ("Громов", "Gromov"),
    ("Ершов", "Ershov"),
    ("Жуков", "Zhukov"),
    ("Зайцев", "Zaitsev"),
    ("Королёв", "Korolyov"),
    ("Лебедев", "Lebedev"),
    ("Морозов", "Morozov"),
    ("Орлов", "Orlov"),
    ("Соколов", "Sokolov"),
    ("Тихонов", "Tikhonov"),
    ("Фролов", "Frolov"),
    ("Широков", "Shirokov"),
    ("Щукин", "Shchukin"),
)
OLDEST = 90
MINORS_AMONG_TEN = 2
BEGINNING = date(2024, 8, 6)


@dataclass(frozen=True)
class InventedPerson:
    """Somebody who never lived, as the fields of an intake."""

    names: tuple[dict[str, Any], ...]
    age: int
    sex: str
    birth_edtf: str
    separation_edtf: str
    circumstances: str

    @property
    def is_minor(self) -> bool:
        return self.age < 18  # noqa: PLR2004 - the word means this

    @property
    def intake(self) -> dict[str, Any]:
        return {
            "names": self.names,
            "sex": self.sex,
            "birth_edtf": self.birth_edtf,
            "separation_edtf": self.separation_edtf,
            "circumstances": self.circumstances,
        }


class InventedPersonFactory(Factory[InventedPerson]):  # type: ignore[misc]
    """Draws a person from ``chance``; those of one ``family`` share its name."""

    class Meta:
        model = InventedPerson

    class Params:
        chance = None  # a Random, which the caller gives
        family = LazyAttribute(lambda person: person.chance.choice(_FAMILIES))
        given = LazyAttribute(
            lambda person: person.chance.choice(_WOMEN if person.sex == Sex.FEMALE else _MEN)
        )

    sex = LazyAttribute(lambda person: person.chance.choice((Sex.FEMALE, Sex.MALE)))
    age = LazyAttribute(lambda person: _age(person.chance))
    birth_edtf = LazyAttribute(lambda person: _birth(person.chance, person.age))
    separation_edtf = LazyAttribute(lambda person: roughly(person.chance, BEGINNING))
    names = LazyAttribute(lambda person: tuple(_names(person)))
    circumstances = INVENTED


def family_name(chance: Random) -> tuple[str, str]:
    """Draw a family name, in Cyrillic and Latin letters."""
    return chance.choice(_FAMILIES)


def roughly(chance: Random, day: date) -> str:
    """Write a day as somebody might know it: exactly, about, or the month alone."""
    drawn = day + timedelta(days=chance.randrange(20))
    return chance.choice((f"{drawn}", f"{drawn}", f"{drawn:%Y-%m}", f"{drawn:%Y-%m}~"))


def _age(chance: Random) -> int:
    if chance.randrange(10) < MINORS_AMONG_TEN:
        return chance.randrange(1, 18)
    return chance.randrange(18, OLDEST)


def _birth(chance: Random, age: int) -> str:
    born = BEGINNING.replace(year=BEGINNING.year - age) - timedelta(days=chance.randrange(1, 360))
    return chance.choice((f"{born}", f"{born:%Y}~", f"{born:%Y-%m}"))


def _names(person: Any) -> Iterator[dict[str, Any]]:
    """Write the name in Cyrillic, and for some in Latin letters as well."""
    is_woman = person.sex == Sex.FEMALE
    scripts = (("ru-Cyrl", "а", NameKind.OFFICIAL), ("ru-Latn", "a", NameKind.VARIANT))
    for script, (tag, ending, kind) in enumerate(scripts[: person.chance.choice((1, 1, 2))]):
        family = person.family[script] + (ending if is_woman else "")
        text = f"{person.given[script]} {family}"
        yield {"text": text, "part": NamePart.FULL, "language_tag": tag, "kind": kind}
