/* The whole once more under the head of the grid, while its own row is scrolled away. */
"use strict";
(() => {
  const { table, box } = window.Plan;
  const ROW = 28; // px
  const line = document.createElement("div");
  line.className = "whole-row";
  line.setAttribute("aria-hidden", "true"); // its own row is read
  let holder = null;

  function copied(cell) {
    const copy = cell.getElement().cloneNode(true);
    copy.className = cell.getField() === "name" ? "tabulator-frozen" : "";
    copy.style.setProperty("width", cell.getColumn().getWidth() + "px");
    for (const button of copy.querySelectorAll("button")) button.remove();
    return copy;
  }
  function show() {
    const row = holder.scrollTop > ROW && table.getRow("");
    const cells = row ? row.getCells().filter((cell) => cell.getColumn().isVisible()) : [];
    line.replaceChildren(...cells.map(copied));
    if (Boolean(row) === line.isConnected) return;
    if (row) box.querySelector(".tabulator-frozen-rows-holder").append(line);
    else line.remove();
    table.rowManager.adjustTableSize(); // the head has another height
  }
  let shown = false;
  function scrolled() {
    if (shown === holder.scrollTop > ROW) return;
    shown = !shown;
    show();
  }
  function start() {
    holder = box.querySelector(".tabulator-tableholder");
    holder.addEventListener("scroll", scrolled, { passive: true });
    line.addEventListener("click", () => table.scrollToRow("", "top", false));
    table.on("renderComplete", () => shown && show());
    document.addEventListener("plan:renewed", () => shown && show());
  }
  if (box.dataset.ready) start();
  else document.addEventListener("plan:ready", start, { once: true });
})();
