"""An invented population: family name, given name and patronymic in Cyrillic.

A third of the people are written in Ukrainian, the rest in Russian. Given names follow a Zipf-like
law with the commonest near one in twenty. Family names are composed of stems (given names, trades,
animals, ordinary words, joined words such as "white-nose") and endings, and follow a Zipf-like law
too: a steep head and a long flat tail. Nobody real is meant.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate

SHARE_UKRAINIAN = 1 / 3
SHARE_WOMEN = 0.53
GIVEN_OFFSET = 9.0  # one name in twenty is the commonest
GIVEN_SLOPE = 1.0
FAMILY_OFFSET = 8.0
FAMILY_SLOPE = 0.95  # a little flatter than Zipf, for the tail
STEM_OFFSET = 4  # how slowly the endings after the first enter the head
JOINED_PENALTY = 40  # joined words come after the simple ones

# Russian|Ukrainian, the commonest first
MALE = """
Александр|Олександр Сергей|Сергій Владимир|Володимир Андрей|Андрій Алексей|Олексій
Дмитрий|Дмитро Николай|Микола Иван|Іван Евгений|Євген Михаил|Михайло Юрий|Юрій Виктор|Віктор
Максим Игорь|Ігор Анатолий|Анатолій Василий|Василь Виталий|Віталій Олег
Роман Денис Павел|Павло Антон Артём|Артем Вячеслав|В'ячеслав
Валерий|Валерій Константин|Костянтин Пётр|Петро Илья|Ілля Вадим Руслан
Станислав|Станіслав Кирилл|Кирило Никита|Микита Геннадий|Геннадій Григорий|Григорій
Борис Валентин Леонид|Леонід Владислав Даниил|Данило Егор|Єгор
Фёдор|Федір Эдуард|Едуард Тимофей|Тимофій Степан Ярослав Богдан
Тарас Георгий|Георгій Глеб|Гліб Матвей|Матвій Семён|Семен Лев Яков|Яків
Аркадий|Аркадій Марк Захар Святослав Арсений|Арсеній
Ростислав
"""
FEMALE = """
Елена|Олена Татьяна|Тетяна Наталья|Наталія Ольга Светлана|Світлана Ирина|Ірина
Анна|Ганна Екатерина|Катерина Мария|Марія Людмила Юлия|Юлія Анастасия|Анастасія
Марина Галина Надежда|Надія Оксана Любовь|Любов Нина|Ніна
Валентина Виктория|Вікторія Дарья|Дарина Александра|Олександра Вера|Віра
Лариса Алина|Аліна Ксения|Ксенія Евгения|Євгенія Полина|Поліна Тамара
Раиса|Раїса Лидия|Лідія Инна|Інна Елизавета|Єлизавета Зинаида|Зінаїда Яна
Вероника|Вероніка Алла Кристина|Христина Маргарита Диана|Діана Софья|Софія
Антонина|Антоніна Жанна Алёна|Альона Снежана|Сніжана Варвара
Клавдия|Клавдія Зоя Ульяна|Уляна Злата Василиса Карина|Каріна
Эльвира|Ельвіра Милана|Мілана Олеся|Леся Богдана Ярослава Лилия|Лілія
Майя Евдокия|Євдокія
"""

# Fathers' names whose patronymics follow no rule: masculine and feminine
PATRONYMICS = {
    "Дмитрий": ("Дмитриевич", "Дмитриевна"),
    "Илья": ("Ильич", "Ильинична"),
    "Георгий": ("Георгиевич", "Георгиевна"),
    "Лев": ("Львович", "Львовна"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Никита": ("Никитич", "Никитична"),
    "Павел": ("Павлович", "Павловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Яков": ("Яковлевич", "Яковлевна"),
    "Григорій": ("Григорович", "Григорівна"),
    "Ілля": ("Ілліч", "Іллівна"),
    "Микита": ("Микитович", "Микитівна"),
    "Микола": ("Миколайович", "Миколаївна"),
    "Михайло": ("Михайлович", "Михайлівна"),
    "Федір": ("Федорович", "Федорівна"),
    "Яків": ("Якович", "Яківна"),
}

# Stems of family names, Russian|Ukrainian (one form when both write it alike). A stem on -а or -я
# makes its possessive with -ин; one on -ь is soft.
STEMS = """
иван|іван кузнец|коваль петр волк|вовк поп смирн|тих сокол мороз павл козл
новик|новак зайц лебедь орл федор андре|андрі михайл никита|микита
захар григорьй|григор мельник бондарь|бондар ткач кравц шевц гончар
роман тарас степан яковл|яків борис максим данил антон сидор кирил
гаврил матве|матві филип|пилип назар остап корне|корні прокоп лук лукьян|лук'ян
макар игнат|гнат карп ефим|юхим демид лаврентьй|лаврін клим мирон богдан горде|горді
савельй|савел трофим|трохим устин ульян|улян фома|хома харитон тимофе|тимош емельян|омелян
ермол|ярмол мартын|мартин влас осип|йосип кондратьй|кіндрат родион|радіон терентьй|терент
аким|яким афанас|панас васильй|василь семен денис демьян|дем'ян леон|левон наум
зиновьй|зінов евсе|овсі ереме|яреми лазар марк давид кузьма
медведь|ведмедь голубь|голуб ворона сорока синица|синиця лиса|лисиця галка
кот белка|білка гусь утка|качка журавль|журавель воробьй|горобц дрозд
соловьй|солов снегирь|снігур сова филин|пугач ястреб|яструб коршун|шуліка чайка
щука карась окунь ерш|йорж сом рак жук комар муха
оса пчела|бджола шмель|джміль паук|павук баран бык|бик корова коза
овца|вівця конь жеребц хомяк|хом'як крот еж|їжак бобр барсук|борсук
хорь|тхорь куница|куниця соболь олень лось кабан кролик|кріль
петух|півн курица|курка индик|індик дятел зозуля грач|грак стриж чиж
щегл|щигл кулик цапля|чапля бусел перепел
дуб берез сосна ель|ялина ольха|вільха клен липа осина|осика верба
калина малина ягода гриб орех|горіх желудь|жолудь корень
листва|листа трава цвет|цвіт мак василек|волошк репа|ріпа капуста
морковь|моркв горох боб|біб редька лук|цибуля чеснок|часник тыква|гарбуз огурц|огірк
перц хрен|хрін солод жит пшеница ячмень овс|вівс прос
хлеб|хліб пирог калач каша борщ кисель сухарь|сухар блин|млин
масл сал молок сыр|сир мед соль вода
рыбак|рибалк пастух чабан пахарь|орач косарь|косар жнец|женц сеятель|сівач
пекарь|пекар хлебник|хлібник мясник|різник рыбник|рибник солевар винник
пивовар бортник садовник|садівник огородник|городник конюх
колесник|колісник бочкарь|бочкар дегтярь|дігтяр смоляр угляр|вугляр рудник
плотник|тесляр столяр токарь|токар пильщик|пиляр каменщик|муляр печник|пічник
стекольник|скляр мыльник|миловар свечник|свічкар шорник|лимар седельник|сідляр кожемяк
скорняк|кушнір сапожник|чоботар портн|кравчин шапошник|шаповал красильник
прядильник|прядк суконник|сукновал золотарь|золотар слесарь|слюсар пушкарь|пушкар
стрельц|стрільц сотник есаул|осавул атаман|отаман гетман|гетьман казак|козак
солдат барабан трубач|сурмач скрипач|скрипник музыка|музика дудка
бандура певц|співак писарь|писар дьяк|дяк дьячк|паламар ключник староста|старост
пономарь|пономар звонарь|дзвонар монах|ченц игумен|ігумен
купц торгаш|крамар чумак шинкарь|шинкар корчма мытник|митник перевозчик|перевізник
лодочник|човняр паромщик|поромник кормч|керманич бурлак батрак|наймит
сосед|сусід сват зять кум дед|дід баба сирота вдова
москаль литвин лях татар турк волох серб грек
циган немц|німц швед черкас полян полещук|поліщук горян
степняк дол гор бор лес|ліс пол луг болот озер реч|річк став
ручей|струмок берег остров яр балка курган камень песк|піск
глина снег|сніг град гром туман ветр|вітр метель|завірюх вьюга|хуртовина
буран зима весна вечер|вечор полноч|північ суббота|субота неделя|неділя пятница|п'ятница
середа четверг|четвер праздник|святк молод стар мал велик длин|довг
толст|товст худ сух мокр глух нем|нім слеп|сліп крив горб лыс|лис
кудр|кучер рыж|руд бел|біл черн|чорн красн син сер|сір зелен желт|жовт рябь|ряб
добр зл весел смел|сміл быстр|швидк тих мудр дур
шапка шуба кафтан|каптан сапог|чобот лапт|постол пояс рукав карман|кишен
топор|сокир молот пила|пилка гвозд|цвях игола|голка нож сабля|шабля копь|спис лук|лучн
колес телег|воз сан хомут подкова|підкова ведр|відр горшк|горщик кувшин|глечик
ложка миска котл|казан чугун|чавун мешк|мішк сума|торба коробка|короба корыт|корит
забор|паркан ворот порог окн|вікн труба печ|піч лавка|лава
"""

# First and second halves of joined words
FIRST_HALVES = """
бело|біло черно|чорно красно|червоно сине|синьо желто|жовто рябо сухо мокро
криво прямо косо долго|довго коротко толсто|товсто тонко
голо босо густо редко|рідко остро|гостро тупо крепко|міцно мало
велико много|багато одно дву|двох тре|три семи сто добро зло
худо свое|своє пусто полно|повно ново старо сладко|солодко горько|гірко
солоно кисло тепло холодно верхо низко|низько широко
узко|вузько кругло лихо легко тяжело|важко
"""
SECOND_HALVES = """
нос ус|вус глаз|очк рук ног ух|вух бород губ зуб голов лоб
шапк крыл|крил хвост пол гор лес|ліс вод бок ше|ши хлеб|хліб
каш ключ рог пал пят|п'ят кож|шкір штан сапог|чобот лапт шуб
пояс конь бык|бик волк|вовк ворон птах рыб|риб мед пив бор
степ берег камен мост двор хат печ дом весл
колес топор|сокир сабл|шабл копыт|копит грив брюх|черев лиц щек|щік
"""

# Endings, the commonest first; "+" is the possessive (-ов, -ев, -ин) of the stem
RUSSIAN_ENDINGS = (
    "+ енко +ский ук ко ич ак иков енков ушкин ашов анов ец ишин уков аев очкин ихин ищев ейко "
    "унов енок утин еня уля айло ыгин ахин урин атов"
)
UKRAINIAN_ENDINGS = (
    "енко ук +ський ко + ець ак ич ів ишин ик овець ушко енюк айло ило уля еня аш ійчук ович "
    "ута ина унь ейко анчук"
)
JOINED_ENDINGS = {
    "russian": "+ енко +ский ук ко ич ец ый",
    "ukrainian": "енко ук +ський ко ець ий ик",
}

VOWELS = "аеёиоуыэюяіїє"
HISSING = "жчшщ"
STRESSED = frozenset({"кузнец", "купц", "кравц", "шевц", "певц", "стрельц", "грач", "ткач"})
SOFTENED = {"к": "ч", "г": "ж", "х": "ш", "ц": "ч"}
SOFTENING = ("ен", "ук", "ич", "ак", "ик", "ец", "ей", "их", "иш", "ищ", "ій", "ил", "ин")
AFTER_SOFT = {"у": "ю", "а": "я", "о": "е", "ы": "и"}
AFTER_VOWEL = {
    "russian": AFTER_SOFT,
    "ukrainian": {"у": "ю", "а": "я", "о": "є", "е": "є", "і": "ї"},
}
FEMININE = {
    "russian": (
        ("ский", "ская"),
        ("ый", "ая"),
        ("ий", "ая"),
        ("ов", "ова"),
        ("ев", "ева"),
        ("ин", "ина"),
        ("ын", "ына"),
    ),
    "ukrainian": (
        ("ський", "ська"),
        ("ий", "а"),
        ("ов", "ова"),
        ("ев", "ева"),
        ("єв", "єва"),
        ("ін", "іна"),
        ("їн", "їна"),
    ),
}


def person(chance: random.Random) -> tuple[str, str, str]:
    """Invent a person: family name, given name and patronymic, agreeing in language and gender."""
    language = "ukrainian" if chance.random() < SHARE_UKRAINIAN else "russian"
    woman = chance.random() < SHARE_WOMEN
    family = _drawn(family_names(language), FAMILY_OFFSET, FAMILY_SLOPE, chance)
    given = _drawn(given_names(language, woman=woman), GIVEN_OFFSET, GIVEN_SLOPE, chance)
    father = _drawn(given_names(language, woman=False), GIVEN_OFFSET, GIVEN_SLOPE, chance)
    return (
        feminine(family, language) if woman else family,
        given,
        patronymic(father, language, woman=woman),
    )


def patronymic(father: str, language: str, *, woman: bool) -> str:
    """Derive a patronymic from a father's given name."""
    if father in PATRONYMICS:
        return PATRONYMICS[father][woman]
    if language == "ukrainian":
        return _ukrainian_patronymic(father, woman=woman)
    ending = "на" if woman else "ич"
    if father.endswith("ий"):
        return f"{father.removesuffix('ий')}ьев{ending}"
    if father[-1] in "йь":
        return f"{father[:-1]}ев{ending}"
    return f"{father}ов{ending}"


def feminine(family: str, language: str) -> str:
    """Return the feminine form of a family name, where it has one."""
    for ending, form in FEMININE[language]:
        if family.endswith(ending):
            return family.removesuffix(ending) + form
    return family


@cache
def given_names(language: str, *, woman: bool) -> tuple[str, ...]:
    """List the given names of a language, the commonest first."""
    return tuple(_words(FEMALE if woman else MALE, language))


@cache
def family_names(language: str) -> tuple[str, ...]:
    """List every family name a language has here, in the masculine, the commonest first."""
    ranked: dict[str, float] = {}
    for rank, stem, ending in _simple(language) + _joined(language):
        name = _composed(stem, ending, language)
        if name:
            ranked[name] = min(rank, ranked.get(name, rank))
    return tuple(sorted(ranked, key=lambda name: (ranked[name], name)))


def _ukrainian_patronymic(father: str, *, woman: bool) -> str:
    if father.endswith("й"):
        return father[:-1] + ("ївна" if woman else "йович")
    if father.endswith("ь"):
        return father[:-1] + ("івна" if woman else "ьович")
    return father.removesuffix("о") + ("івна" if woman else "ович")


def _drawn(names: tuple[str, ...], offset: float, slope: float, chance: random.Random) -> str:
    return chance.choices(names, cum_weights=_weights(len(names), offset, slope))[0]


@cache
def _weights(count: int, offset: float, slope: float) -> tuple[float, ...]:
    return tuple(accumulate((rank + offset) ** -slope for rank in range(1, count + 1)))


def _words(table: str, language: str) -> list[str]:
    column = -1 if language == "ukrainian" else 0
    return [entry.split("|")[column] for entry in table.split()]


def _simple(language: str) -> list[tuple[float, str, str]]:
    endings = UKRAINIAN_ENDINGS if language == "ukrainian" else RUSSIAN_ENDINGS
    return [
        ((i + STEM_OFFSET) * (j + 1), stem, ending)
        for i, stem in enumerate(_words(STEMS, language))
        for j, ending in enumerate(endings.split())
    ]


def _joined(language: str) -> list[tuple[float, str, str]]:
    return [
        ((i + JOINED_PENALTY) * (j + JOINED_PENALTY) * (k + 1), f"{first}{second}", ending)
        for i, first in enumerate(_words(FIRST_HALVES, language))
        for j, second in enumerate(_words(SECOND_HALVES, language))
        for k, ending in enumerate(JOINED_ENDINGS[language].split())
    ]


def _composed(stem: str, ending: str, language: str) -> str:
    """Join a stem and an ending as the language does; empty where it would not."""
    if ending.startswith("+"):
        name = _possessive(stem, language, long=len(ending) > 1) + ending[1:]
    else:
        name = _suffixed(stem, ending, language)
    return name[:1].upper() + name[1:]


def _possessive(stem: str, language: str, *, long: bool) -> str:
    base = stem.rstrip("ай" if stem[-1] == "й" else "аяь")
    ukrainian = language == "ukrainian"
    if stem[-1] in "ая":
        if ukrainian:
            return base + ("ин" if long or base[-1] in HISSING else "ін")
        return base + ("ын" if base[-1] == "ц" else "ин")
    if base[-1] in VOWELS:
        return base + (("їв" if long else "єв") if ukrainian else "ев")
    if base[-1] in f"{HISSING}ц" and stem not in STRESSED:
        return f"{base}ев"
    if stem[-1] in "ьй":
        return base + (("ів" if long else "єв") if ukrainian else "ев")
    return f"{base}ов"


def _suffixed(stem: str, ending: str, language: str) -> str:
    base = stem.rstrip("аяьй")
    soft = stem[-1] in "яьй"
    if base[-1] in VOWELS:
        return _after_vowel(base, ending, language)
    if ending.startswith("ук"):
        return _with_uk(base, ending, soft=soft)
    if ending == "ко":
        return _with_ko(base, soft=soft)
    if base[-1] in SOFTENED and ending.startswith(SOFTENING):
        return base[:-1] + SOFTENED[base[-1]] + ending
    return base + _first_vowel(base[-1], ending[0], soft=soft) + ending[1:]


def _first_vowel(last: str, vowel: str, *, soft: bool) -> str:
    """Return the vowel of an ending as it is written after a stem's last consonant."""
    if last in f"{HISSING}кгх" and vowel == "ы":
        return "и"
    if last in f"{HISSING}ц" and vowel == "о":
        return "е"
    return AFTER_SOFT.get(vowel, vowel) if soft and last not in HISSING else vowel


def _after_vowel(base: str, ending: str, language: str) -> str:
    if ending[0] in "иіы":
        return ""
    if ending[0] not in VOWELS:
        return f"{base}й{ending}"
    return base + AFTER_VOWEL[language].get(ending[0], ending[0]) + ending[1:]


def _with_uk(base: str, ending: str, *, soft: bool) -> str:
    """Add -чук, -юк or -ук, as the last consonant asks."""
    last = base[-1]
    single = base[-2] in VOWELS
    if last in "лрн" and single and (not soft or last != "н"):
        return f"{base}{'ь' if soft and last == 'л' else ''}ч{ending}"
    if last in "лрнтдсз":
        return f"{base}ю{ending[1:]}"
    return base[:-1] + SOFTENED.get(last, last) + ending


def _with_ko(base: str, *, soft: bool) -> str:
    """Add -ко to a stem that bears it."""
    if base[-1] in f"{HISSING}кгхц" or base[-2] not in VOWELS:
        return ""
    return f"{base}{'ь' if soft and base[-1] in 'лндтзс' else ''}ко"


if __name__ == "__main__":
    dice = random.Random(11)
    for tongue in ("russian", "ukrainian"):
        names = family_names(tongue)
        print(tongue, len(names), names[:40], dice.sample(names, 40))
    for _ in range(30):
        print(*person(dice))
