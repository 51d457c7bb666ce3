/* A treemap of the rows below the picked one: areas are figures, a part is a button that goes down. */
"use strict";
const Parts = (() => {
  const MOST = 40; // parts that are drawn apart

  /* Squarified (Bruls, Huizing, van Wijk 2000): rows along the shorter side, as square as they get. */
  function squares(values, width, height) {
    const found = [], whole = values.reduce((sum, one) => sum + one, 0);
    if (!(whole > 0 && width > 0 && height > 0)) return found;
    let areas = values.map((one) => (one * width * height) / whole), x = 0, y = 0, w = width, h = height;
    const worst = (row, side) => {
      const sum = row.reduce((all, one) => all + one, 0);
      return Math.max((side * side * Math.max(...row)) / (sum * sum), (sum * sum) / (side * side * Math.min(...row)));
    };
    while (areas.length) {
      const side = Math.min(w, h), row = [areas[0]];
      while (row.length < areas.length && worst([...row, areas[row.length]], side) <= worst(row, side)) row.push(areas[row.length]);
      const thick = row.reduce((all, one) => all + one, 0) / side;
      let at = 0;
      for (const area of row) {
        const long = area / thick;
        found.push(w >= h ? [x, y + at, thick, long] : [x + at, y, long, thick]);
        at += long;
      }
      if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
      areas = areas.slice(row.length);
    }
    return found;
  }

  /* The parts by size, the small ones together; what is below zero has no area and is told apart. */
  function sorted(rows, others) {
    const some = rows.filter((row) => row.v[0] > 0).sort((one, other) => other.v[0] - one.v[0]);
    const shown = some.slice(0, MOST).map((row) => ({ row, name: row.n, value: row.v[0] }));
    const rest = some.slice(MOST).reduce((sum, row) => sum + row.v[0], 0);
    return rest ? [...shown, { row: null, name: others, value: rest }] : shown;
  }

  function draw(box, parts, { said, go }) {
    const places = squares(parts.map((one) => one.value), box.clientWidth, box.clientHeight);
    box.replaceChildren(...parts.map((one, at) => {
      const [x, y, w, h] = places[at], part = document.createElement(one.row?.c ? "button" : "div");
      if (one.row?.c) { part.type = "button"; part.addEventListener("click", () => go(one.row)); }
      part.className = "part"; part.title = said(one);
      Object.assign(part.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
      part.setAttribute("aria-label", said(one));
      part.textContent = said(one);
      return part;
    }));
    for (const part of box.children) if (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight) part.textContent = ""; // its title says it
  }
  return { sorted, draw, squares };
})();
