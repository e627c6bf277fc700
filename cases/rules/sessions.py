"""When a session ends by itself, and what browser it is of."""

from datetime import datetime, timedelta

SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux")
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
"""How browsers call themselves, imitators first: Edge says Chrome and Safari too."""


def ends_at(started: datetime, now: datetime, *, idle: timedelta, longest: timedelta) -> datetime:
    """Give the moment after which a session used now is over."""
    return min(started + longest, now + idle)


def family(agent: str) -> str:
    """Name browser and system, no more: enough to know one's own, too little to trace anybody."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "Another browser")
    system = next((name for name in SYSTEMS if name in agent), "")
    plain = {"Macintosh": "Mac", "CrOS": "ChromeOS"}.get(system, system)
    return f"{browser} on {plain}" if plain else browser
