// Charts: a read-out by pointer and by keyboard, the replay, and pictures to take away.
"use strict";

const NEXT = ["ArrowRight", "ArrowDown"];
const BEFORE = ["ArrowLeft", "ArrowUp"];

const marksOf = (chart) => [...chart.querySelectorAll(".mark-link")];

// One stop of the tab key for a chart; arrows go on from there.
function stopAt(chart, mark) {
  for (const other of marksOf(chart)) {
    other.setAttribute("tabindex", other === mark ? "0" : "-1");
  }
}

function readOut(mark) {
  const board = mark.closest(".figure");
  for (const other of board.querySelectorAll(".mark-link.is-read")) {
    other.classList.remove("is-read");
  }
  mark.classList.add("is-read");
  const out = board.querySelector(".read-out");
  if (out && out.textContent !== mark.dataset.read) {
    out.textContent = mark.dataset.read;
  }
}

function step(event, chart, mark) {
  const marks = marksOf(chart);
  const ends = { Home: 0, End: marks.length - 1 };
  let at = marks.indexOf(mark);
  if (event.key in ends) {
    at = ends[event.key];
  } else if (NEXT.includes(event.key)) {
    at = Math.min(at + 1, marks.length - 1);
  } else if (BEFORE.includes(event.key)) {
    at = Math.max(at - 1, 0);
  } else {
    return;
  }
  event.preventDefault();
  stopAt(chart, marks[at]);
  marks[at].focus();
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const mark = event.target.closest?.(".mark-link");
    if (mark) {
      readOut(mark);
    }
  });
}
document.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.(".mark-link");
  if (mark && !event.ctrlKey && !event.metaKey && !event.altKey) {
    step(event, mark.closest("svg"), mark);
  }
});

// The slider that is let go is another one when the page has changed; focus goes back to it.
let returnTo = "";

// The slider shows the day under it at once, and asks for the page when it is let go.
function replay(form) {
  const range = form.querySelector("[type=range]");
  const days = [...form.querySelectorAll("[data-day]")];
  const out = form.querySelector("output");
  const say = () => {
    const step = days[Number(range.value)];
    out.textContent = step.dataset.words;
    range.setAttribute("aria-valuetext", step.dataset.words);
  };
  form.querySelector(".slide").hidden = false;
  say();
  range.addEventListener("input", say);
  range.addEventListener("change", () => {
    returnTo = range.id;
    days[Number(range.value)].click();
  });
}

// A picture is drawn from the same file that the server gives away.
async function picture(button) {
  const answer = await fetch(button.dataset.png);
  if (!answer.ok) {
    throw new Error(answer.statusText);
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await answer.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = 2;
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = button.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-png]");
  if (button) {
    picture(button).catch(() => {
      document.getElementById("fault").hidden = false;
    });
  }
});

function setUp(root) {
  for (const chart of root.querySelectorAll("svg.chart")) {
    stopAt(chart, marksOf(chart)[0]);
  }
  for (const form of root.querySelectorAll(".replay")) {
    replay(form);
  }
  for (const button of root.querySelectorAll("[data-png]")) {
    button.hidden = false;
  }
  const slider = returnTo && root.querySelector(`#${returnTo}`);
  if (slider) {
    slider.focus();
    returnTo = "";
  }
}

document.body.addEventListener("htmx:load", (event) => setUp(event.detail.elt));
