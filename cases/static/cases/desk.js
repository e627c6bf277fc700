// On a report's desk the number of a paragraph goes into the open form. Everything works without.
"use strict";

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.querySelector(".content").append(said);

for (const number of document.querySelectorAll(".paragraph-number[data-locator]")) {
  number.addEventListener("click", (event) => {
    const place = document.querySelector("#form [name=locator]");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    place.value = number.dataset.locator;
    for (const other of document.querySelectorAll(".paragraphs .is-chosen")) {
      other.classList.remove("is-chosen");
      other.querySelector(".paragraph-number").removeAttribute("aria-current");
    }
    number.closest("li").classList.add("is-chosen");
    number.setAttribute("aria-current", "true");
    said.textContent = number.dataset.said;
  });
}
