"""A great many invented names: stems and endings combined, drawn unevenly as names are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from anyascii import anyascii

from cases.vocabulary.individuals import NamePart, Sex
from cases.vocabulary.places import NameKind

_STEMS = """
бел волк гром ерш жук зайц корол лебед мороз орл сокол тихон фрол широк щук барсук берез бобр
борис брод вишн воробь ворон гаврил гончар горш гриб григор гус давыд дан дем дроб дуб дят егор
ежик елис емел ефим заболот захар зем зимн зуб иван игнат ильин калин камен карас карп кирил
клим ключ ковал козл колес кондрат корж корн косар костыл кот крав крас кузн кулик куприян лавр
лазар лапт лещ лис лопат лук макар максим малин мартын матв мед мельн мирон михайл молот мосц
мур назар наум невер незнам никит носк облом овеч огород озер ольх осен остап павл панас пантел
паст перв петр пил плот подоль полозь поляк помор поп прох пшен рад редьк рог родион рожк роман
руд рыб рябин савел садов сазон самойл свир сем серг сид сил син скор смирн снег соболь солов
сом сорок степан стрельц суд сухар сыч тарас тит ткач токар топор трофим туз туман уваров устин
фадей федот филат фом харит хвост хлеб хмел цветк чайк черкас чиж шаповал шевел шил шмел шуб
щегл юд ягод яким яров ястреб
"""
_FIRSTS = """
бело черно красно сине желто старо ново криво добро худо долго коротко остро тупо мало велико
сухо мокро гладко рыже сиво толсто тонко
"""
_SECONDS = """
глаз ус нос бород рук вод гор лес пол мост бров губ зуб лоб ног плеч спин ух хат шап щек камень
"""
_ENDINGS = (
    ("ов", "ова"),
    ("ев", "ева"),
    ("ин", "ина"),
    ("овский", "овская"),
    ("инский", "инская"),
    ("ников", "никова"),
    ("ушкин", "ушкина"),
    ("овых", "овых"),
    ("енко", "енко"),
    ("ченко", "ченко"),
    ("ук", "ук"),
    ("чук", "чук"),
    ("ак", "ак"),
    ("ський", "ська"),
    ("ишин", "ишина"),
    ("евич", "евич"),
    ("ович", "ович"),
    ("онок", "онок"),
    ("ейко", "ейко"),
    ("чик", "чик"),
)
_MEN = """
Александр/Олександр Алексей/Олексій Анатолий/Анатолій Андрей/Андрій Антон/Антон Аркадий/Аркадій
Артём/Артем Богдан/Богдан Борис/Борис Вадим/Вадим Валентин/Валентин Валерий/Валерій
Василий/Василь Виктор/Віктор Виталий/Віталій Владимир/Володимир Владислав/Владислав
Вячеслав/Вʼячеслав Геннадий/Геннадій Георгий/Георгій Григорий/Григорій Даниил/Данило Денис/Денис
Дмитрий/Дмитро Евгений/Євген Егор/Єгор Иван/Іван Игорь/Ігор Кирилл/Кирило Константин/Костянтин
Леонид/Леонід Макар/Макар Максим/Максим Марк/Марк Матвей/Матвій Михаил/Михайло Николай/Микола
Олег/Олег Павел/Павло Пётр/Петро Роман/Роман Руслан/Руслан Семён/Семен Сергей/Сергій
Станислав/Станіслав Степан/Степан Тарас/Тарас Тимофей/Тимофій Тимур/Тимур Фёдор/Федір Юрий/Юрій
Яков/Яків Ярослав/Ярослав
"""
_WOMEN = """
Александра/Олександра Алина/Аліна Алла/Алла Анастасия/Анастасія Ангелина/Ангеліна Анна/Ганна
Валентина/Валентина Валерия/Валерія Варвара/Варвара Вера/Віра Вероника/Вероніка
Виктория/Вікторія Галина/Галина Дарья/Дарина Диана/Діана Евгения/Євгенія Екатерина/Катерина
Елена/Олена Елизавета/Єлизавета Жанна/Жанна Зинаида/Зінаїда Зоя/Зоя Инна/Інна Ирина/Ірина
Карина/Каріна Кира/Кіра Клавдия/Клавдія Кристина/Христина Ксения/Оксана Лариса/Лариса
Лидия/Лідія Любовь/Любов Людмила/Людмила Маргарита/Маргарита Марина/Марина Мария/Марія
Милана/Мілана Надежда/Надія Наталья/Наталія Нина/Ніна Оксана/Оксана Ольга/Ольга Полина/Поліна
Раиса/Раїса Светлана/Світлана София/Софія Тамара/Тамара Татьяна/Тетяна Ульяна/Уляна
Эльвира/Ельвіра Юлия/Юлія Яна/Яна
"""
_PRESS = (("ya", "ia"), ("yu", "iu"), ("kh", "h"), ("yy", "y"), ("yo", "e"))
_RARE = 3
"""How uneven the draw is: of three numbers multiplied, most are small."""


@dataclass(frozen=True)
class FamilyName:
    """A family name as a man bears it, and as a woman does."""

    of_man: str
    of_woman: str

    def borne(self, sex: str) -> str:
        return self.of_woman if sex == Sex.FEMALE else self.of_man


@cache
def family_names() -> tuple[FamilyName, ...]:
    """Give all of them, in an order of chance that is the same each time."""
    compounds = (first + second for first in _FIRSTS.split() for second in _SECONDS.split())
    stems = [*_STEMS.split(), *compounds]
    named = {
        FamilyName((stem + man).capitalize(), (stem + woman).capitalize())
        for stem in stems
        for man, woman in _ENDINGS
    }
    ordered = sorted(named, key=lambda name: name.of_man)
    Random("family names").shuffle(ordered)  # noqa: S311 - the same on every machine
    return tuple(ordered)


def family_name(chance: Random) -> FamilyName:
    """Draw a family name: a few are common, most are rare."""
    names = family_names()
    return names[int(len(names) * chance.random() ** _RARE)]


@cache
def _given_names(sex: str) -> tuple[tuple[str, str], ...]:
    pairs = (pair.split("/") for pair in (_WOMEN if sex == Sex.FEMALE else _MEN).split())
    return tuple((russian, ukrainian) for russian, ukrainian in pairs)


@cache
def _patronymics(sex: str) -> tuple[str, ...]:
    endings = ("ьевна", "евна", "овна") if sex == Sex.FEMALE else ("ьевич", "евич", "ович")
    return tuple(_patronymic(father, *endings) for father, _ in _given_names(Sex.MALE))


def _patronymic(father: str, soft: str, after_vowel: str, plain: str) -> str:
    if father.endswith("ий"):
        return father[:-2] + soft
    if father.endswith(("й", "ь")):
        return father[:-1] + after_vowel
    return father + plain


@cache
def romanised(text: str) -> str:
    """Write one word in Latin letters."""
    return anyascii(text.replace("ʼ", "")).replace("'", "")


@cache
def _as_the_press(text: str) -> str:
    for written, spelt in _PRESS:
        text = text.replace(written, spelt)
    return text


Name = tuple[str, str, str, str]
"""Text, part, language and script, kind."""


def names_of(chance: Random, sex: str, family: FamilyName, *, is_whole: bool) -> Iterator[Name]:
    """Draw one person's names, from one to three: original spelling and romanisations."""
    given, in_ukrainian = chance.choice(_given_names(sex))
    if not is_whole:
        yield given, NamePart.GIVEN, "ru-Cyrl", NameKind.OFFICIAL
        return
    borne = family.borne(sex)
    patronymic = chance.choice(_patronymics(sex))
    drawn = chance.random()
    whole = f"{given} {patronymic} {borne}" if drawn < 0.7 else f"{borne} {given}"  # noqa: PLR2004
    yield whole, NamePart.FULL, "ru-Cyrl", NameKind.OFFICIAL
    latin = f"{romanised(given)} {romanised(borne)}"
    if chance.random() < 0.6:  # noqa: PLR2004
        yield latin, NamePart.FULL, "ru-Latn", NameKind.VARIANT
    if drawn < 0.2:  # noqa: PLR2004
        yield f"{in_ukrainian} {borne}", NamePart.FULL, "uk-Cyrl", NameKind.VARIANT
    elif drawn > 0.8:  # noqa: PLR2004
        yield _as_the_press(latin), NamePart.FULL, "en-Latn", NameKind.SOURCE_SPELLING
