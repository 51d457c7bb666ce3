/* The menu of a figure: right click, or the menu key of the keyboard. */
"use strict";
(() => {
  const { table, box } = window.Plan;
  const Desk = window.Desk;
  const menu = Desk.byId("cell-menu");
  const items = [...menu.querySelectorAll("button")];

  const isSelected = (cell) => cell.getRanges().length > 0;
  function show(left, top) {
    menu.showPopover();
    menu.style.setProperty("left", Math.min(left, innerWidth - menu.offsetWidth - 8) + "px");
    menu.style.setProperty("top", Math.min(top, innerHeight - menu.offsetHeight - 8) + "px");
    items[0].focus();
  }
  table.on("cellContext", (event, cell) => {
    if (Desk.narrow()) return;
    event.preventDefault();
    if (!isSelected(cell)) Desk.select(cell);
    show(event.clientX, event.clientY);
  });
  box.addEventListener("keydown", (event) => {
    const at = Desk.picked();
    const wanted = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (!wanted || !at) return;
    event.preventDefault();
    const where = at.cell.getElement().getBoundingClientRect();
    show(where.left, where.bottom);
  });
  function move(step) {
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length].focus();
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else return;
    event.preventDefault();
  });
  menu.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.do;
    if (!act) return;
    menu.hidePopover();
    Desk.focus();
    Desk.acts[act]();
  });
})();
