"""The walk of the guide, “Try it: take in a family of three”, by keyboard."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

BATCH = "kursk-2024-11-22"
CHILD, GRANDMOTHER, MOTHER = "Lada Vydumkina", "Zinaida Vydumkina", "Inna Vydumkina"
PERSON = "**/admin/cases/individual/*-*/"

MOST_ANSWERS = 20


def _term(address: str) -> str:
    """Give what a chooser has asked the server for."""
    return parse_qs(urlsplit(address).query).get("term", [""])[0]


@dataclass
class Walk:
    """Somebody at the keyboard; ``said`` holds each word of the pages that they needed."""

    page: Page
    shot: Callable[[Page, str], None]
    said: list[str] = field(default_factory=list)

    def press(self, role: str, name: str) -> None:
        self.said.append(f"*{name}*")
        self._send(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]

    def write(self, label: str, text: str) -> None:
        self._type(self._field("textbox", label), label, text)

    def count(self, label: str, number: str) -> None:
        self._type(self._field("spinbutton", label), label, number)

    def pick(self, label: str, choice: str) -> None:
        """Choose in a list by typing what the choice is called."""
        self.said += [f"*{label}*", choice]
        field_ = self._field("combobox", label)
        field_.focus()
        self.page.keyboard.type(choice)
        expect(field_.locator("option:checked")).to_have_text(choice)

    def seek(self, label: str, text: str) -> None:
        """Search in a chooser and go down to the answer."""
        self.said += [f"*{label}*", text]
        self._field("combobox", label).focus()
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".select2-container--open [type=search]")).to_be_focused()
        with self.page.expect_response(lambda answer: _term(answer.url) == text):
            self.page.keyboard.type(text)
        expect(self.page.get_by_role("option").filter(has_text=text).first).to_be_visible()
        lit = self.page.locator(".select2-results__option--highlighted")
        for _ in range(MOST_ANSWERS):
            if text in lit.inner_text():
                break
            self.page.keyboard.press("ArrowDown")
        expect(lit).to_contain_text(text)
        self.page.keyboard.press("Enter")

    def save(self, name: str, button: str = "Save") -> None:
        self.shot(self.page, name)
        self.press("button", button)

    def find(self, text: str, link: str | re.Pattern[str]) -> None:
        """Look up in the box at the top, and open what is found."""
        self.said.append(f"`{text}`")
        self.page.get_by_role("searchbox", name="Search people, batches").focus()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/admin/find/**")
        self._send(self.page.get_by_role("main").get_by_role("link", name=link).first)

    def grid(self) -> list[str]:
        """Read how the guide puts it: the sentences beneath the grid."""
        lines = self.page.get_by_role("listitem").filter(has_text="with nobody bound")
        expect(lines.first).to_be_visible()
        return [" ".join(line.split()) for line in lines.all_inner_texts()]

    def _field(self, role: str, label: str) -> Locator:
        named = re.compile(rf"^{label}\W*$")
        return self.page.get_by_role("main").get_by_role(role, name=named).first  # type: ignore[arg-type]

    def _type(self, into: Locator, label: str, text: str) -> None:
        self.said += [f"*{label}*", f"`{text}`"]
        into.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def _send(self, what: Locator) -> None:
        what.focus()
        self.page.keyboard.press("Enter")


def take(page: Page, shot: Callable[[Page, str], None]) -> tuple[Walk, list[str], list[str]]:
    """Take the walk; give it with the grid as it was before and as it is after."""
    walk = Walk(page, shot)
    walk.find(BATCH, re.compile(f"^{BATCH}"))
    before = walk.grid()
    shot(page, "walk-1-batch-before")
    take_in(walk, CHILD, "walk-2-girl", age="3")
    take_in(walk, GRANDMOTHER, "walk-3-grandmother")
    write_down_the_mother(walk)
    tie(walk, "Grandparent", "Relative", GRANDMOTHER, "walk-5-grandmother-tie")
    tie(walk, "Mother", "Contact", "K-9001", "walk-6-mother-tie")
    shot(page, "walk-7-family")
    for person, name in ((CHILD, "girl"), (GRANDMOTHER, "grandmother")):
        bring_back(walk, person, f"walk-8-{name}")
    for number, person in (("2", CHILD), ("14", GRANDMOTHER)):
        bind(walk, number, person)
    walk.find(BATCH, re.compile(f"^{BATCH}"))
    after = walk.grid()
    shot(page, "walk-10-batch-after")
    return walk, before, after


def take_in(walk: Walk, name: str, shot: str, age: str = "") -> None:
    walk.press("link", "People")
    walk.press("link", "Add individual")
    walk.write("Name", name)
    walk.write("Language and script", "en-Latn")
    walk.pick("Sex", "Female")
    if age:
        walk.count("Age as stated", age)
        walk.write("Age as of", "2024-11-22")
    walk.seek("Home place", "Sudzha District")
    walk.seek("Last known place", "Lebedevka")
    walk.write("Separated", "2024-08")
    walk.pick("Sensitivity", "Restricted")
    walk.save(shot)
    walk.page.wait_for_url(PERSON)


def write_down_the_mother(walk: Walk) -> None:
    walk.press("link", "Contacts")
    walk.press("link", "Add contact")
    walk.write("Reference", "K-9001")
    walk.write("Name", MOTHER)
    walk.pick("Sensitivity", "Restricted")
    walk.save("walk-4-mother")
    expect(walk.page.get_by_role("link", name="K-9001").first).to_be_visible()


def tie(walk: Walk, what: str, label: str, who: str, shot: str) -> None:
    walk.find(CHILD, re.compile(CHILD))
    walk.press("link", "Add tie")
    walk.pick("Tie", what)
    walk.seek(label, who)
    walk.pick("Certainty", "Confirmed")
    walk.seek("Statement", "sr003-relative-child-and-grandmother")
    walk.save(shot)
    walk.page.wait_for_url(PERSON)


def bring_back(walk: Walk, name: str, shot: str) -> None:
    """Record the way: through Belarus, then back in the country."""
    steps = (
        ("In transit", "Belarus", "smirnov-via-belarus"),
        ("Returned to country", "Russia", "moskalkova-46"),
    )
    walk.find(name, re.compile(name))
    for number, (status, place, statement) in enumerate(steps, start=1):
        walk.press("link", status)
        walk.write("Occurred", "2024-11-22")
        walk.seek("Place", place)
        walk.seek("Statement", statement)
        walk.save(f"{shot}-{number}")
        walk.page.wait_for_url(PERSON)
    expect(walk.page.get_by_text("22 November 2024 · Belarus").first).to_be_visible()
    walk.shot(walk.page, f"{shot}-back")


def bind(walk: Walk, number: str, person: str) -> None:
    walk.find(BATCH, re.compile(f"^{BATCH}"))
    walk.said.append("*Bind*")
    slot = walk.page.get_by_role("link", name=f"Bind slot {number}", exact=True)
    slot.focus()
    walk.page.keyboard.press("Enter")
    walk.seek("Individual", person)
    walk.save(f"walk-9-slot-{number}", "Bind to a person")
    expect(walk.page.get_by_role("link", name=re.compile(person)).first).to_be_visible()
