/* The plan's grid: flat rows with a tree of our own, drawn by Tabulator; chart and explanation. */
"use strict";
(() => {
  const box = document.getElementById("grid");
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("plan-data"), words = read("plan-words");
  const unit = { size: Number(box.dataset.unit), decimals: Number(box.dataset.decimals), word: box.dataset.word };
  const here = location.pathname, home = box.dataset.home, asked = read("plan-asked");
  const key = (path) => path.join("\u001f");
  const rows = new Map(), children = new Map(), open = new Set();
  const page = new URLSearchParams(location.search);
  const address = (verb, path, more = {}) => home + verb + "?" + new URLSearchParams({ ...asked, path: JSON.stringify(path), ...more });

  const learn = (found) => { for (const row of found) rows.set(key(row.p), row); };
  /* A branch that skips a level has a blank in its path: its row stands under the nearest row above. */
  function parentOf(path) {
    let above = path.slice(0, -1);
    while (above.length && !rows.has(key(above))) above = above.slice(0, -1);
    return key(above);
  }
  function indexed() {
    children.clear();
    for (const row of rows.values()) {
      const above = parentOf(row.p), brothers = children.get(above);
      if (brothers) brothers.push(row); else children.set(above, [row]);
    }
  }
  let wanted = "";
  function flat() {
    const found = [];
    const matches = (row) => row.n.toLowerCase().includes(wanted) || (children.get(key(row.p)) ?? []).some(matches);
    const walk = (above, depth) => {
      for (const row of children.get(above) ?? []) {
        if (wanted && !matches(row)) continue;
        found.push({ id: key(row.p), row, depth });
        if (open.has(key(row.p)) || wanted) walk(key(row.p), depth + 1);
      }
    };
    walk("", 0);
    return [{ id: "", row: data.top, depth: -1 }, ...found];
  }
  /* What a cell or a row shows. Tabulator's getData copies it to the last figure, each time. */
  const of = (one) => (one._cell?.row ?? one._row).data;
  function named(cell) {
    const { row, depth, id } = of(cell), line = document.createElement("span");
    line.className = "node depth-" + Math.min(depth + 1, 8);
    if (row.c && id !== "") {
      const fold = document.createElement("button");
      fold.type = "button"; fold.className = "fold"; fold.tabIndex = -1;
      fold.setAttribute("aria-expanded", String(open.has(id)));
      fold.setAttribute("aria-label", words.fold + " " + row.n);
      fold.addEventListener("click", (event) => { event.stopPropagation(); toggle(id); });
      line.append(fold);
    } else line.append(Object.assign(document.createElement("i"), { className: "leaf" }));
    line.append(id === "" ? words.total : row.n);
    window.Plan?.named?.(row, line);
    return line;
  }
  const months = document.getElementById("months");
  const folded = new Set();
  const columns = () => Columns.of({ data, words, unit, leaves: months.checked, folded, turn, more: window.Plan?.columns?.() ?? [] });
  function turn(label) {
    if (!folded.delete(label)) folded.add(label);
    arrange();
    box.querySelector(`.fold-period[data-period="${label}"]`)?.focus();
  }
  /* Other columns, without moving what is looked at. */
  function arrange() {
    const holder = box.querySelector(".tabulator-tableholder"), { scrollTop, scrollLeft } = holder;
    table.setColumns(fitted(columns(), every()));
    stay();
    Object.assign(holder, { scrollTop, scrollLeft });
  }
  const fields = data.columns.map((_one, at) => "v" + at);
  function lineOf({ id, row, depth }) {
    const line = { id, row, depth, g: row.g, s: id === "" ? null : row.s, y: row.y, b: row.b };
    for (let at = 0; at < fields.length; at += 1) line[fields[at]] = row.v[at];
    return line;
  }
  const lines = () => flat().map(lineOf);
  const fitted = Width.of(box, unit);
  const every = () => [data.top, ...rows.values()].map((row) => lineOf({ row }));
  /* Rows that came later may hold longer figures than the columns were made for. */
  function widen() {
    for (const { field, width } of fitted(columns(), every())) {
      const column = table.getColumn(field);
      if (column && column.getWidth() < width) column.setWidth(width);
    }
  }
  learn(data.rows); indexed();
  const deepest = Math.max(...data.rows.map((row) => row.p.length), 1);
  for (const row of data.rows) if (row.p.length < deepest && children.has(key(row.p))) open.add(key(row.p));
  const wish = page.get("open");
  if (wish) open.clear();
  const table = new Tabulator(box, {
    data: lines(), columns: fitted(columns(), every()), rowHeader: { title: words.member, field: "name", formatter: named, frozen: true, width: innerWidth < 760 ? 150 : 240, headerSort: false, resizable: "header" }, index: "id", height: box.clientHeight || 520, rowHeight: 28, layout: "known", renderVerticalBuffer: 280,
    selectableRange: 1, selectableRangeColumns: false, selectableRangeRows: true, selectableRangeClearCells: false, selectableRangeAutoFocus: false,
    columnDefaults: { resizable: "header" }, placeholder: words.nothing,
  });
  const foot = document.getElementById("foot");
  table.on("tableBuilt", () => {
    box.querySelector(".tabulator-tableholder").setAttribute("role", "rowgroup");
    box.querySelector(".tabulator-table").setAttribute("role", "presentation");
    if (wish) reopen(JSON.parse(wish));
    box.querySelector(".tabulator-tableholder").focus({ preventScroll: true });
    scrollTo(0, 0); box.dataset.ready = "1"; document.dispatchEvent(new Event("plan:ready")); });
  async function toggle(id) {
    if (open.has(id)) open.delete(id);
    else {
      const row = rows.get(id);
      if (!(children.get(id) ?? []).length) await load(row.p, 1);
      open.add(id);
    }
    draw();
  }
  async function reopen(paths) {
    for (const path of paths) {
      if (!(children.get(key(path)) ?? []).length) await load(path, 1);
      open.add(key(path));
    }
    draw();
  }
  async function load(path, deep) {
    foot.textContent = words.loading;
    const answer = await fetch(address("rows", path, { deep }), { headers: { Accept: "application/json" } });
    const told = await answer.json();
    foot.textContent = answer.ok ? "" : words.too_many;
    if (!answer.ok) return false;
    learn(told.rows); indexed(); widen();
    document.dispatchEvent(new Event("plan:loaded"));
    return true;
  }
  /* The address always says what is open, so that it can be sent to somebody. */
  function remember() {
    const paths = [...open].map((id) => rows.get(id)?.p).filter(Boolean), told = new URLSearchParams(location.search);
    if (paths.length <= 40) told.set("open", JSON.stringify(paths)); else told.delete("open");
    history.replaceState(null, "", here + "?" + told);
  }
  async function draw() {
    remember();
    const shown = lines();
    await table.replaceData(shown);
    stay();
    box.dataset.shown = shown.length;
  }
  document.querySelector("[data-fold=open]").addEventListener("click", async () => {
    if (!(await load([], 12))) return;
    for (const row of rows.values()) if (row.c) open.add(key(row.p));
    draw();
  });
  document.querySelector("[data-fold=shut]").addEventListener("click", () => { open.clear(); draw(); });
  months.addEventListener("change", arrange);
  document.getElementById("cut").addEventListener("change", (event) => { if ("sends" in event.target.dataset) event.target.form.submit(); });
  document.getElementById("filter").addEventListener("input", (event) => { wanted = event.target.value.trim().toLowerCase(); draw(); });
  let at = { row: data.top, label: data.columns[0].label };
  /* Where one is. In a grid that was drawn anew since, another cell stands there. */
  function where() {
    if (at.cell && !at.cell.getElement()) at.cell = (table.getRow(key(at.row.p)) || null)?.getCell(at.cell.getField());
    return at;
  }
  /* A grid that is drawn anew goes back to its first figure by itself. */
  function stay() {
    const { cell } = where();
    if (cell) table.getRanges()[0]?.setBounds(cell, cell);
  }
  function explain() { htmx.ajax("GET", address("explain", at.row.p, { period: at.label }), { target: "#explain", swap: "innerHTML" }); }
  function pick(cell) {
    const field = cell.getField(), period = /^v(\d+)$/.exec(field);
    at = { cell, row: of(cell).row, label: data.columns[period ? Number(period[1]) : 0].label };
    document.dispatchEvent(new CustomEvent("plan:picked", { detail: at.row }));
  }
  table.on("cellDblClick", (_event, cell) => { pick(cell); if (!window.Plan.typed) explain(); });
  table.on("rangeChanged", (range) => {
    const cells = range.getCells().flat(), values = cells.filter((cell) => /^v\d+$|^y$/.test(cell.getField())).map((cell) => cell.getValue()).filter((value) => value !== null);
    if (cells[0]) pick(cells[cells.length - 1]);
    const sum = values.reduce((one, other) => one + other, 0);
    foot.textContent = values.length > 1 && data.kind !== "ratio" ? words.range.replace("{count}", values.length).replace("{sum}", Figures.shown(sum, unit.size, unit.decimals)).replace("{mean}", Figures.shown(Math.round(sum / values.length), unit.size, unit.decimals)) + " " + unit.word : "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, dialog") || event.ctrlKey || event.metaKey) return;
    if (event.key.toLowerCase() === "e") explain();
    if (event.key === "Enter" && box.contains(event.target) && !window.Plan.typed) { event.preventDefault(); explain(); }
    if (event.key === " " && box.contains(event.target) && at.row.c) { event.preventDefault(); toggle(key(at.row.p)); }
  });
  const download = document.getElementById("export");
  if (download) download.addEventListener("click", () => {
    download.href = download.href.split("?")[0] + "?" + new URLSearchParams({ ...asked, open: JSON.stringify([...open].map((id) => rows.get(id)?.p).filter(Boolean)), months: months.checked ? "1" : "0", filter: wanted });
  });
  window.Plan = { data, words, unit, load, children: (row) => children.get(key(row.p)) ?? [], top: data.top, table, box, asked, rows, key, of, draw, arrange, learn: (found) => { learn(found); indexed(); }, renewed: () => document.dispatchEvent(new Event("plan:renewed")), at: where, loaded: () => [...rows.values()].filter((row) => children.has(key(row.p))).map((row) => row.p), opened: () => [...open].map((id) => rows.get(id)?.p).filter(Boolean) };
})();
