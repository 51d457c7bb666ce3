/* New figures in the grid: in the cells that hold them, or all drawn anew where rows or marks do. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { data, table, box, key, rows } = Plan;
  const { state, writable } = Desk;

  /* Whether only figures differ: the same members, holds, periods that are over, and reach. */
  Desk.onlyFigures = (told) => {
    const marks = (one) => JSON.stringify([one.holds, one.bounds, one.elapsed]);
    const known = (row) => rows.has(key(row.p)) && writable.has(key(row.p)) === Boolean(row.w);
    const isSame = told.shape === state.shape && marks(told) === marks(state);
    return isSame && told.rows.every(known);
  };

  function fields(row) {
    const found = { g: row.g, s: row.p.length ? row.s : null, y: row.y };
    row.v.forEach((value, at) => {
      found["v" + at] = value;
    });
    return found;
  }
  /* A row that was never drawn has no cells yet: they are made of its data when it is. */
  function renew(line, row) {
    const values = fields(row);
    const shown = Plan.of(line);
    shown.row = row;
    if (!line._row.cells.length) {
      Object.assign(shown, values);
      return;
    }
    for (const cell of line.getCells()) {
      const value = values[cell.getField()];
      if (value !== undefined && value !== cell.getValue()) cell.setValue(value);
    }
  }
  Desk.renewRows = (told) => {
    const lines = new Map(table.getRows().map((line) => [Plan.of(line).id, line]));
    renew(lines.get(""), data.top);
    for (const { p } of told.rows) {
      const line = lines.get(key(p));
      if (line) renew(line, rows.get(key(p)));
    }
    Plan.renewed();
  };

  /* Draw anew without moving what is looked at. */
  Desk.drawAll = async () => {
    const holder = box.querySelector(".tabulator-tableholder");
    const { scrollTop, scrollLeft } = holder;
    await Plan.draw();
    Object.assign(holder, { scrollTop, scrollLeft });
  };
})();
