"""How Russian and Ukrainian names are written elsewhere: rules tried in order at each place."""

from __future__ import annotations

# Family endings, masculine against feminine; the longest that fits is exchanged.
FAMILY_ENDINGS = (
    ("цький", "цька"),
    ("ський", "ська"),
    ("цкий", "цкая"),
    ("ской", "ская"),
    ("ский", "ская"),
    ("ов", "ова"),
    ("ев", "ева"),
    ("ёв", "ёва"),
    ("єв", "єва"),
    ("їв", "їва"),
    ("ин", "ина"),
    ("ын", "ына"),
    ("ін", "іна"),
    ("їн", "їна"),
    ("ый", "ая"),
    ("ой", "ая"),
)
SHORTEST_STEM = 2

Rules = tuple[tuple[str, str], ...]

# Tried in order at every place; what none of them takes passes unchanged.
RUSSIAN_TO_UKRAINIAN: Rules = (
    ("ской$|ский$", "ський"),
    ("цкий$", "цький"),
    ("ская$", "ська"),
    ("цкая$", "цька"),
    ("ый$|ой$", "ий"),
    ("ая$", "а"),
    ("ия$", "ія"),
    ("ий$", "ій"),
    ("(?<=^вас)и|(?<=^гр)и(?=гор)|(?<=^макс)и", "и"),
    ("(?<=^сем)ё|(?<=^ф)ё", "е"),
    ("(?<=[бпвмфр])ье", "'є"),
    ("ье", "ьє"),
    ("(?<=[бпвмф])ьё", "йо"),
    ("(?<=[бпвмфр])ь(?=[яю])", "'"),
    ("(?<=[бпвмфр])ь", ""),
    ("^е|(?<=[аеиоуыэюяё])е", "є"),
    ("(?<=[бвгдзклмнпрстфх])е(?=ва?$)", "є"),
    ("(?<=[жчшщ])ё", "о"),
    ("^ё|(?<=[аеиоуыэюябпвмфь])ё", "йо"),
    ("ё", "ьо"),
    ("(?<=[аеоуыэюяь])и", "ї"),
    ("и(?=ч$|к|ц|щ)", "и"),
    ("(?<=[жчшщц])и", "и"),
    ("и", "і"),
    ("ы", "и"),
    ("э", "е"),
    ("ъ", "'"),
)
UKRAINIAN_TO_RUSSIAN: Rules = (
    ("ський$", "ский"),
    ("цький$", "цкий"),
    ("ська$", "ская"),
    ("цька$", "цкая"),
    ("(?<![гкхжчшщ])ий$", "ый"),
    ("ець$", "ец"),
    ("(?<=[бпвмф])йо", "ьё"),
    ("йо(?!$)", "ё"),
    ("ьо", "ё"),
    ("(?<=[зсц])ь(?=к)", ""),
    ("і|ї", "и"),
    ("є", "е"),
    ("ґ", "г"),
    ("'", "ь"),
)

VOWELS = "аеёиоуыэюяіїє"
AFTER_VOWEL = f"(?:^|(?<=[{VOWELS}ьъ']))"
SIBILANT = "(?<=[жчшщц])"

Letters = dict[str, str]


def _letters(cyrillic: str, latin: str) -> Letters:
    return dict(zip(cyrillic, latin.split(), strict=True))


ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщыэюя"
DROPPED = {"ь": "", "ъ": "", "'": ""}
ENGLISH = _letters(
    ALPHABET, "a b v g d e yo zh z i i k l m n o p r s t u f kh ts ch sh shch y e yu ya"
)
FRENCH = _letters(
    ALPHABET, "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch y e iou ia"
)
GERMAN = _letters(
    ALPHABET, "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch y e ju ja"
)
POLISH = _letters(
    ALPHABET, "a b w g d ie io ż z i j k ł m n o p r s t u f ch c cz sz szcz y e iu ia"
)
ICAO = _letters(
    ALPHABET, "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch y e iu ia"
) | {"ъ": "ie"}
UKRAINIAN_IN_LATIN = {"г": "h", "и": "y", "і": "i", "ґ": "g"}
RESOLUTION_55 = ENGLISH | UKRAINIAN_IN_LATIN | {"є": "ie", "ї": "i", "ю": "iu", "я": "ia"}

# language → newspaper or passport → contextual rules, then the table of single letters
Scheme = tuple[Rules, Letters]
SCHEMES: dict[str, dict[str, Scheme]] = {
    "russian": {
        "english": (
            (
                ("^александр$", "alexander"),
                ("[иы]й$", "y"),
                ("ия$", "ia"),
                (f"{AFTER_VOWEL}е", "ye"),
                (f"{SIBILANT}ё", "e"),
                ("(?<=^а)лекс", "lex"),
                ("(?<=ма)кс", "x"),
            ),
            ENGLISH,
        ),
        "french": (
            (
                ("^александр$", "alexandre"),
                ("(?<=^валент)ин$|(?<=^констант)ин$", "in"),
                ("ий$", "i"),
                ("ия", "ia"),
                ("ый$", "y"),
                ("(?<=[аеоу])й$", "ï"),
                ("й", "i"),
                ("ин$", "ine"),
                ("ын$", "yne"),
                ("г(?=[еиэ])", "gu"),
                (f"(?<=[{VOWELS}])с(?=[{VOWELS}])", "ss"),
                ("ье", "ie"),
                (f"{SIBILANT}ё", "e"),
                ("(?<=^а)лекс", "lex"),
                ("(?<=ма)кс", "x"),
            ),
            FRENCH,
        ),
        "german": (
            (
                ("^александр$", "alexander"),
                ("штейн$", "stein"),
                ("ий$", "i"),
                ("ый$", "y"),
                ("ия$", "ia"),
                ("й", "i"),
                (f"{AFTER_VOWEL}е", "je"),
                (f"{SIBILANT}ё", "o"),
                (f"(?<=[{VOWELS}])с(?=[{VOWELS}])", "ss"),
                ("(?<=^а)лекс", "lex"),
                ("(?<=ма)кс", "x"),
            ),
            GERMAN,
        ),
        "polish": (
            (
                ("ский$", "ski"),
                ("цкий$", "cki"),
                ("ская$", "ska"),
                ("цкая$", "cka"),
                ("ый$", "y"),
                ("ия$", "ija"),
                ("ль", "l"),
                ("л(?=[еёиюя])", "l"),
                ("нь(?![еёюя])", "ń"),
                (f"{AFTER_VOWEL}е", "je"),
                (f"{AFTER_VOWEL}ё", "jo"),
                (f"{AFTER_VOWEL}ю", "ju"),
                (f"{AFTER_VOWEL}я", "ja"),
                ("(?<=[лжчшщц])е", "e"),
                ("(?<=[лжчшщц])ё", "o"),
                ("(?<=л)ю", "u"),
                ("(?<=л)я", "a"),
                ("(?<=[жшц])и", "y"),
            ),
            POLISH,
        ),
        "icao": ((), ICAO),
    },
    "ukrainian": {
        "english": (
            (
                ("ий$", "y"),
                ("ій$", "iy"),
                ("ія$", "ia"),
                ("зг", "zgh"),
                ("^й", "y"),
                ("йо", "yo"),
                ("ьо", "io"),
            ),
            ENGLISH | UKRAINIAN_IN_LATIN | {"є": "ye", "ї": "yi"},
        ),
        "french": (
            (
                ("ий$", "y"),
                ("ій$", "iï"),
                ("ія", "ia"),
                ("(?<=^валент)ин$|(?<=^костянт)ин$", "yn"),
                ("[иі]н$", "ine"),
                ("(?<=[ао])й$", "ï"),
                ("й", "i"),
                (f"(?<=[{VOWELS}])с(?=[{VOWELS}])", "ss"),
            ),
            FRENCH | UKRAINIAN_IN_LATIN | {"є": "ie", "ї": "ï"},
        ),
        "german": (
            (
                ("ий$", "yj"),
                (f"(?<=[{VOWELS}])с(?=[{VOWELS}])", "ss"),
                ("ьо", "jo"),
            ),
            GERMAN | UKRAINIAN_IN_LATIN | {"є": "je", "ї": "ji"},
        ),
        "polish": (
            (
                ("ський$", "ski"),
                ("цький$", "cki"),
                ("ська$", "ska"),
                ("цька$", "cka"),
                ("ль|л(?=[іюяї])", "l"),
                ("нь(?!о)", "ń"),
                ("ць", "ć"),
                ("ьо", "io"),
                (f"{AFTER_VOWEL}є", "je"),
                (f"{AFTER_VOWEL}ю", "ju"),
                (f"{AFTER_VOWEL}я", "ja"),
                ("(?<=л)ю", "u"),
                ("(?<=л)я", "a"),
            ),
            POLISH | UKRAINIAN_IN_LATIN | {"е": "e", "є": "ie", "ї": "ji"},
        ),
        "passport": (
            (
                ("зг", "zgh"),
                ("^й", "y"),
                ("^є", "ye"),
                ("^ї", "yi"),
                ("^ю", "yu"),
                ("^я", "ya"),
            ),
            RESOLUTION_55,
        ),
    },
}
