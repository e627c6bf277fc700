// Keys on the page of a pair: S and D decide, J and K lead to its neighbours. Buttons and links do the same.
"use strict";

const KEYS = {
  KeyS: 'button[value="same"]',
  KeyD: 'button[value="different"]',
  KeyJ: 'a[rel="next"]',
  ArrowRight: 'a[rel="next"]',
  KeyK: 'a[rel="prev"]',
  ArrowLeft: 'a[rel="prev"]',
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const sought = KEYS[event.code]; // the key, whatever the layout: Cyrillic ones have no S
  if (!sought || isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const found = document.querySelector(sought);
  if (found) {
    event.preventDefault();
    found.click();
  }
});
