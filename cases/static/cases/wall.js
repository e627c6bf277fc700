/* Reads the wall again, and leaves the last figures standing, marked as old, where that fails. */
(function () {
  "use strict";
  const LATE = 20000;

  function mark(isStale) {
    const note = document.getElementById("wall-stale");
    if (note) {
      note.hidden = !isStale;
    }
    document.body.classList.toggle("is-stale", isStale);
  }

  async function again() {
    try {
      const response = await fetch(window.location.href, {
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout(LATE),
      });
      const read = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = response.ok && read.getElementById("wall");
      if (!fresh) {
        throw new Error("no wall");
      }
      document.getElementById("wall").replaceWith(document.adoptNode(fresh));
      mark(false);
    } catch {
      mark(true);
    }
  }

  const every = Number(document.getElementById("wall").dataset.every) * 1000;
  window.setInterval(again, every);
})();
