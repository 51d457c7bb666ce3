/* Faulty cells by keys: F goes to the next one, arrows up and down. */
"use strict";
(() => {
  const form = document.querySelector("[data-mend]");
  if (!form) return;
  const cells = [...form.querySelectorAll('input[name="new"]')];
  const goto = (at) => { const cell = cells[(at + cells.length) % cells.length]; cell.focus(); cell.select(); };
  let last = -1;
  form.addEventListener("focusin", (event) => { if (cells.includes(event.target)) last = cells.indexOf(event.target); });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !cells.includes(event.target)) return;
    event.preventDefault();
    goto(cells.indexOf(event.target) + step);
  });
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog");
    if (event.key.toLowerCase() !== "f" || busy) return;
    event.preventDefault();
    goto(last + 1);
  });
})();
