// What is fetched in part: say what came of it. Everything works without, by whole pages.
"use strict";

const fault = document.getElementById("fault");
const refusal = document.getElementById("refusal");
const told = document.getElementById("told");

function tell(hasFailed) {
  fault.hidden = !hasFailed;
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:swapError"]) {
  document.body.addEventListener(name, () => tell(true));
}
document.body.addEventListener("htmx:beforeRequest", () => {
  tell(false);
  told.textContent = "";
  refusal.replaceChildren();
});
fault.querySelector("[data-close]").addEventListener("click", () => tell(false));

// A reader who does not see the page hears what it says now.
document.body.addEventListener("htmx:afterSettle", () => {
  if (refusal.firstElementChild) {
    refusal.scrollIntoView({ block: "nearest" });
    return;
  }
  const sentence = document.querySelector("#board [data-told]");
  if (sentence) {
    told.textContent = sentence.textContent.replace(/\s+/g, " ").trim();
  }
});

// Where a frame was asked for and something else came, as from a proxy, the whole page is loaded.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const isOurs = /id="(board|refused)"/.test(event.detail.serverResponse);
  if (event.detail.shouldSwap && !isOurs) {
    event.detail.shouldSwap = false;
    tell(true);
  }
});

// Whoever changes the language comes back to what the page shows now.
document.body.addEventListener("htmx:pushedIntoHistory", (event) => {
  for (const next of document.querySelectorAll(".languages [name=next]")) {
    next.value = event.detail.path;
  }
});
