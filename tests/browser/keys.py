"""What staff do without a mouse."""

from playwright.sync_api import Page


def press(page: Page, role, name: str, *, exact: bool = True) -> None:
    """Go to a link or a button and press it."""
    page.get_by_role(role, name=name, exact=exact).first.focus()
    page.keyboard.press("Enter")


def written(page: Page, field: str, text: str) -> None:
    """Write into a field, over what stands there."""
    page.focus(f"[name={field}]")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def chosen(page: Page, field: str, text: str) -> None:
    """Search in a chooser and take its first answer."""
    page.focus(f"select[name={field}] + .select2 .select2-selection")
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-container--open [type=search]:focus")
    page.keyboard.type(text)
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.keyboard.press("Enter")


def sent(page: Page) -> None:
    """Send the form that stands in place."""
    page.focus("#form input[type=submit]")
    page.keyboard.press("Enter")


WATCH = """() => {
  const every = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const folded = element => element.closest("details:not([open])") && element.tagName !== "SUMMARY";
  const shown = element => element.checkVisibility({visibilityProperty: true})
    && !element.disabled && element.tabIndex >= 0 && !folded(element);
  const marked = element => ["outlineStyle", "boxShadow"]
    .some(name => getComputedStyle(element)[name] !== "none");
  const all = [...document.querySelectorAll(every)].filter(shown);
  for (const element of all) element.dataset.met = "no";
  document.addEventListener("focusin", ({target}) => {
    const around = target.closest("label, .select2-selection") || target;
    target.dataset.met = marked(target) || marked(around) ? "yes" : "without a mark";
  });
  document.activeElement.blur();
  getSelection().collapse(document.body, 0);
  const parts = element => /date|time/.test(element.type) ? 8 : 1;
  return all.reduce((presses, element) => presses + parts(element), 20);
}"""
TELL = """() => {
  const one = name => document.querySelector(`[type=radio][name="${name}"][data-met=yes]`);
  return [...document.querySelectorAll("[data-met]:not([data-met=yes])")]
    .filter(element => element.type !== "radio" || !one(element.name))
    .map(element => `focus: ${element.dataset.met}: ${element.outerHTML.slice(0, 160)}`);
}"""


def walked(page: Page) -> list[str]:
    """Go through a page with the tab key; give what it does not reach, or does not show it has."""
    for _press in range(page.evaluate(WATCH)):
        page.keyboard.press("Tab")
    told: list[str] = page.evaluate(TELL)
    return told
