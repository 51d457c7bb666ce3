/* Several figures at once: pasted from a spreadsheet, filled down or right, cleared. */
"use strict";
(() => {
  const { table, box, data, of } = window.Plan;
  const Desk = window.Desk;
  const { words } = Desk;
  const LINES = /\r\n|\n|\r/;

  /* The period of a column as the server names it; null for one that is only read. */
  function periodOf(column) {
    const found = /^v(\d+)$/.exec(column.getField());
    return found ? Desk.period(data.columns[Number(found[1])].label) : null;
  }
  /* The selected range, and all rows and columns that lie right of and below its corner. */
  Desk.selected = () => {
    const range = table.getRanges()[0];
    if (!range) return null;
    const rows = range.getRows();
    const columns = range.getColumns();
    const every = table.getColumns().filter((one) => one.isVisible() && one.getField() !== "name");
    const shown = table.getRows("active");
    return {
      rows,
      columns,
      below: shown.slice(shown.indexOf(rows[0])),
      right: every.slice(every.indexOf(columns[0])),
      above: shown[shown.indexOf(rows[0]) - 1],
      left: every[every.indexOf(columns[0]) - 1],
    };
  };
    /* 元 to the last 分, with its unit: the page's unit does not matter then. */
  const exact = (fen) => (fen === null ? "" : Figures.exact(fen, 100) + "元");

  function ask(title, rows, columns, block) {
    Desk.several({
      title,
      count: rows.length * columns.length,
      fields: {
        act: "paste",
        paths: JSON.stringify(rows.map((row) => of(row).row.p)),
        periods: JSON.stringify(columns.map(periodOf)),
        block,
      },
    });
  }
  const figure = (row, column) => exact(of(row)[column.getField()]);
  const tabbed = (lines) => lines.map((line) => line.join("\t")).join("\n");
  const figures = (columns) => columns.filter((one) => periodOf(one) !== null);

  Desk.paste = (text) => {
    const at = Desk.selected();
    if (!at || Desk.narrow()) return;
    const lines = text.replace(/[\r\n]+$/, "").split(LINES);
    const single = lines.length === 1 && !lines[0].includes("\t");
    const rows = single ? at.rows : at.below.slice(0, lines.length);
    ask(words.paste, rows, single ? at.columns : at.right, text);
  };
  Desk.clear = () => {
    const at = Desk.selected();
    if (!at || Desk.narrow()) return;
    ask(words.clear, at.rows, figures(at.columns), "0");
  };
  /* As in a spreadsheet: the first row goes down over the others; a single row takes from above. */
  Desk.fillDown = () => {
    const at = Desk.selected();
    if (!at || Desk.narrow()) return;
    const source = at.rows.length > 1 ? at.rows[0] : at.above;
    const rows = at.rows.length > 1 ? at.rows.slice(1) : at.rows;
    const columns = figures(at.columns);
    if (!source || !columns.length) return;
    const line = columns.map((column) => figure(source, column));
    ask(words.fill, rows, columns, tabbed(rows.map(() => line)));
  };
  Desk.fillRight = () => {
    const at = Desk.selected();
    if (!at || Desk.narrow()) return;
    const source = at.columns.length > 1 ? at.columns[0] : at.left;
    const columns = figures(at.columns.length > 1 ? at.columns.slice(1) : at.columns);
    if (!source || periodOf(source) === null || !columns.length) return;
    const line = (row) => columns.map(() => figure(row, source));
    ask(words.fill, at.rows, columns, tabbed(at.rows.map(line)));
  };
  /* A browser gives the clipboard to a page only where the page is served safely. */
  Desk.pasteFromClipboard = async () => {
    const text = await navigator.clipboard?.readText().catch(() => null);
    if (text) Desk.paste(text);
    else Desk.say(words.use_keys);
  };
  document.addEventListener("paste", (event) => {
    const target = document.activeElement;
    if (!box.contains(target) || target.closest("input, textarea")) return;
    event.preventDefault();
    Desk.paste(event.clipboardData.getData("text/plain"));
  });
})();
