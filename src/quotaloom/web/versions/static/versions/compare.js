/* Versions side by side: rows open and shut, causes of a row, all of it kept in the address. */
"use strict";
(() => {
  const table = document.getElementById("lines");
  const form = document.getElementById("asked");
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [name=sort]")) form.requestSubmit();
  });
  if (!table) return;

  const body = table.tBodies[0];
  const causes = document.getElementById("causes");
  const exported = document.getElementById("export");
  const level = (row) => Number(row.dataset.level);
  const isOpen = (row) => row.getAttribute("aria-expanded") === "true";
  const rows = () => [...body.rows];
  const shown = () => rows().filter((row) => !row.hidden);

  /* The rows that hang below one, however deep. */
  function under(row) {
    const found = [];
    for (let next = row.nextElementSibling; next; next = next.nextElementSibling) {
      if (level(next) <= level(row)) break;
      found.push(next);
    }
    return found;
  }

  async function part(address, more) {
    const asked = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(more)) asked.set(name, value);
    const answer = await fetch(`${address}?${asked}`, { headers: { "HX-Request": "true" } });
    return answer.ok ? answer.text() : "";
  }

  /* What is open stands in the address, and in that of the download. */
  function remember(more = {}) {
    const asked = new URLSearchParams(location.search);
    const open = rows().filter((row) => isOpen(row) && level(row));
    asked.set("open", `[${open.map((row) => row.dataset.path).join(",")}]`);
    for (const [name, value] of Object.entries(more)) asked.set(name, value);
    history.replaceState(null, "", `?${asked}`);
    if (exported) exported.search = `?${asked}`;
  }

  async function open(row) {
    if (!row.hasAttribute("aria-expanded") || isOpen(row)) return;
    row.setAttribute("aria-expanded", "true");
    if (!under(row).length) {
      const told = await part(table.dataset.rows, { path: row.dataset.path });
      row.insertAdjacentHTML("afterend", told);
    }
    for (const one of under(row)) one.hidden = false;
    for (const one of under(row).filter((each) => each.getAttribute("aria-expanded") === "false")) {
      for (const below of under(one)) below.hidden = true;
    }
    remember();
  }
  function shut(row) {
    if (!isOpen(row) || !level(row)) return;
    row.setAttribute("aria-expanded", "false");
    for (const one of under(row)) one.hidden = true;
    remember();
  }

  async function explain(more) {
    const asked = new URLSearchParams(location.search);
    const told = { path: asked.get("path") ?? "[]", ...more };
    causes.innerHTML = await part(table.dataset.causes, told);
    remember(told);
    for (const row of rows()) row.classList.toggle("asked", row.dataset.path === told.path);
    table.dataset.explained = told.path;
  }

  function move(row, step) {
    const there = shown();
    const next = there[there.indexOf(row) + step];
    if (!next) return;
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
  const KEYS = {
    ArrowDown: (row) => move(row, 1),
    ArrowUp: (row) => move(row, -1),
    ArrowRight: (row) => open(row),
    ArrowLeft: (row) => shut(row),
    Enter: (row) => explain({ path: row.dataset.path }),
  };
  body.rows[0].tabIndex = 0;
  body.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    const row = event.target.closest("tr");
    if (!act || event.target !== row) return;
    event.preventDefault();
    act(row);
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (event.target.closest("[data-fold]")) (isOpen(row) ? shut : open)(row);
    else if (event.target.closest("[data-why]")) explain({ path: row.dataset.path });
  });
  causes.addEventListener("click", (event) => {
    const button = event.target.closest("[data-by]");
    if (button) explain({ by: button.dataset.by });
  });
  causes.addEventListener("change", (event) => {
    if (event.target.id === "with") explain({ with: event.target.value });
  });
  table.dataset.ready = "1";
})();
