/* Copy the selected range for a spreadsheet: the page's unit, every decimal, no separators. */
"use strict";
(() => {
  const { table, box, unit, data } = window.Plan;
  const RATES = ["g", "s"]; // tenths of a percent

  function text(cell) {
    const value = cell.getValue();
    if (value === null || value === undefined) return "";
    if (RATES.includes(cell.getField())) return Figures.tenths(value).replace(/,/g, "");
    return Figures.exact(value, cell.getField() === "b" ? data.potential : unit.size);
  }
  document.addEventListener("copy", (event) => {
    const target = document.activeElement;
    if (!box.contains(target) || target.closest("input, textarea")) return;
    const range = table.getRanges()[0];
    if (!range) return;
    const lines = range.getStructuredCells().map((row) => row.map(text).join("\t"));
    event.clipboardData.setData("text/plain", lines.join("\r\n"));
    event.preventDefault();
  });
})();
