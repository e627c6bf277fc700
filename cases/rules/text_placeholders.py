"""Sources that a text names by a placeholder."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cases.rules.report_texts import Paragraph, TextWarning
from cases.vocabulary.reports import TextFault

_BLANK = r"(?:x{2,}|\?{2,}|_{2,}|\.{3,}|…|tbd|tbc|todo|n/a|name|unknown)"
_NAMED_BY = "according to|as reported by|по данным|по словам|согласно|за даними|згідно з"
_PATTERNS = (
    r"\[\s*\d*\s*(?:citation|source|reference|link|quote|attribution)s? ",
    r"(?:needed|missing|required)[^\]]{0,80}\]",
    r"|\[\s*(?:source|reference|citation|link)s? (?:for|of|on|about|to) [^\]]{1,200}\]",
    r"|\[\s*(?:source|reference|citation|link|url|author|name|date|publisher)s?\s*:?\s*\]",
    r"|\[\s*(?:insert|add|todo|to do|tbd|tbc|placeholder|fixme)\b[^\]]{0,200}\]",
    r"|\[\s*(?:источник|ссылка|нет источника|нужен источник|уточнить|вставить)\b[^\]]{0,80}\]",
    r"|\[\s*(?:джерело|посилання|немає джерела|потрібне джерело|вставити)\b[^\]]{0,80}\]",
    r"|\b(?:sources?|источник|джерело)\s*:\s*",
    rf"(?:{_BLANK}(?!\w)|(?:link|url)\s*(?=[.,;)\]]|$))",
    rf"|\b(?:{_NAMED_BY})\s*(?:{_BLANK}(?!\w)|[.,;:]|$)",
    r"|\blorem ipsum\b",
    r"|\b(?:https?://)?(?:www\.)?example\.(?:com|org|net)\b",
    r"|\bhttps?://(?:localhost|link|url|\.{2,}|…)",
)
_PLACEHOLDER = re.compile("".join(_PATTERNS), re.IGNORECASE)
_SHOWN = 80


def placeholders(text: Iterable[Paragraph]) -> Iterator[TextWarning]:
    """Find sources that nobody has filled in, one a paragraph."""
    for paragraph in text:
        if found := _PLACEHOLDER.search(paragraph.text):
            advice = _(
                "“%(words)s” is a placeholder, not a source. Record what rests on it as "
                "said by nobody named, and flag the report “Placeholder citations”."
            ) % {"words": found[0].strip()[:_SHOWN]}
            yield TextWarning(TextFault.PLACEHOLDER, paragraph.number, advice)
