/* From figure to figure as in a spreadsheet: down after Enter, right after Tab. */
"use strict";
(() => {
  const { table, box } = window.Plan;
  const Desk = window.Desk;

  Desk.focus = () => box.querySelector(".tabulator-tableholder").focus({ preventScroll: true });

  /* The figure so many rows down and columns right; nothing at the edge of the grid. */
  function beside(cell, down, right) {
    const rows = table.getRows("active");
    const row = rows[rows.indexOf(cell.getRow()) + down];
    const columns = table.getColumns().filter((one) => one.isVisible());
    const column = columns[columns.indexOf(cell.getColumn()) + right];
    return row && column ? row.getCell(column) : null;
  }
  Desk.select = (cell) => table.getRanges()[0]?.setBounds(cell, cell);
  /* Answers whether there was a figure to move to. */
  Desk.move = (down, right) => {
    const { cell } = window.Plan.at();
    const next = cell && beside(cell, down, right);
    if (!next || next.getField() === "name") return false;
    table.scrollToColumn(next.getColumn(), undefined, false);
    table.scrollToRow(next.getRow(), undefined, false); // first: only what is drawn is selected
    Desk.select(next);
    return true;
  };
  Desk.moveAfter = (event) => {
    const step = event.shiftKey ? -1 : 1;
    if (event.key === "Tab") Desk.move(0, step);
    else Desk.move(step, 0);
  };
})();
