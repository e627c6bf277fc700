// Keys on the page of a pair: S and D decide, J and K lead to its neighbours. Buttons and links do the same.
"use strict";

const KEYS = {
  s: 'button[value="same"]',
  d: 'button[value="different"]',
  j: 'a[rel="next"]',
  ArrowRight: 'a[rel="next"]',
  k: 'a[rel="prev"]',
  ArrowLeft: 'a[rel="prev"]',
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const sought = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!sought || isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const found = document.querySelector(sought);
  if (found) {
    event.preventDefault();
    found.click();
  }
});
