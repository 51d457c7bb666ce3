/* How wide the columns of the grid must be, known before anything is drawn. */
"use strict";
const Width = (() => {
  const ROOM = 26; // px of a cell that are no text: its padding, its border, and some air
  const FOLD = " ▾"; // a title may be a button that folds
  const FIGURES = /^v\d+$|^y$/;

  /* Texts are measured beside the page: to ask the page lays it out anew for each column. */
  function ruler(box) {
    const brush = document.createElement("canvas").getContext("2d");
    const style = getComputedStyle(box);
    brush.font = "600 " + style.fontSize + " " + style.fontFamily;
    return (text) => Math.ceil(brush.measureText(text).width) + ROOM;
  }
  function extremes(values) {
    let [least, most] = [0, 0];
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return [least, most];
  }

  /* ``fitted(columns, lines)`` are the columns, each as wide as its title and longest figure. */
  function of(box, unit) {
    const wide = ruler(box);
    const figure = (fen) => wide(Figures.shown(fen, unit.size, unit.decimals));
    return (columns, lines) =>
      columns.map((column) => {
        if (column.width) return column;
        const { field, title, minWidth = 0 } = column;
        const shown = FIGURES.test(field) ? extremes(lines.map((line) => line[field])) : [];
        const width = Math.max(minWidth, wide(title + FOLD), ...shown.map(figure));
        return { ...column, width };
      });
  }
  /* A layout that measures nothing. */
  Tabulator.extendModule("layout", "modes", { known: () => {} });
  return { of };
})();
