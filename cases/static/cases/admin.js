// The menu folds away on small screens; "/" leads to the search box. Everything works without.
"use strict";

const menu = document.getElementById("menu");
const button = document.querySelector(".menu-button");

if (menu && button) {
  button.hidden = false;
  document.documentElement.classList.add("menu-folds");
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    menu.classList.toggle("is-open", !isOpen);
  });
}

// The choosers show an empty value as no name at all; say the field's label instead.
function labelChoosers() {
  for (const chosen of document.querySelectorAll(".select2-selection")) {
    const field = chosen.closest(".select2").previousElementSibling;
    const label = field && field.labels && field.labels[0];
    if (label) {
      label.id = label.id || `${field.id}-label`;
      const parts = [chosen, ...chosen.querySelectorAll(".select2-selection__rendered, .select2-search__field")];
      for (const part of parts) {
        part.setAttribute("aria-labelledby", label.id);
      }
    }
  }
}

// Asked of jQuery, which makes the choosers, so that they are there when their labels are sought.
window.addEventListener("load", () => window.django && window.django.jQuery(labelChoosers));

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const box = document.getElementById("find");
  if (event.key === "/" && box && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
