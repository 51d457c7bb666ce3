/* The workbench: type into any figure, see what it would do, write it, take it back. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const { data, table, box, key, rows, words: names } = window.Plan, words = read("desk-words"), state = read("desk-data");
  const tools = $("desk"), line = $("line"), typing = $("typing"), typed = $("typed"), says = $("typed-says");
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const narrow = () => innerWidth < 760;
  const writable = new Set();
  const title = (label) => data.columns.find((one) => one.label === label)?.title ?? label;
  const called = (row) => (row.p.length ? row.n : names.total);
  let target = null, asking = 0, flashing = new Set();
  const say = (text, mood = "") => { line.textContent = text; line.className = "desk-line " + mood; };

  function learn(told) {
    state.position = told.position; state.holds = told.holds; state.elapsed = told.elapsed;
    for (const row of [told.top, ...told.rows]) { if (row.w) writable.add(key(row.p)); else writable.delete(key(row.p)); }
  }
  learn(state);
  /* A period lies in another if it is that one, or the next wider of one that does. */
  function within(label, wide) {
    for (let at = label; at; at = data.columns.find((one) => one.label === at)?.in) if (at === wide) return true;
    return wide === "" || wide === data.columns[0].label;
  }
  const holdOf = (row, label) => state.holds.find((one) => one.p && within(label, one.period) && one.p.every((text, at) => !text || row.p[at] === text));
  const exact = (row, label) => state.holds.find((one) => one.p && within(label, one.period) && within(one.period || data.columns[0].label, label) && one.p.every((text, at) => (text || "") === (row.p[at] || "") || (!text && at >= row.p.length)));
  const place = (cell) => { const found = /^v(\d+)$/.exec(cell.getField()); return found ? { cell, row: cell.getData().row, label: data.columns[Number(found[1])].label, field: cell.getField() } : null; };

  window.Plan.typed = true;
  window.Plan.drawn = (cell, text) => {
    const at = place(cell), element = cell.getElement();
    if (!at) return;
    const hold = holdOf(at.row, at.label), mine = writable.has(key(at.row.p)), over = state.elapsed.includes(at.label);
    element.classList.toggle("mine", mine && !over && !narrow()); element.classList.toggle("not-mine", !mine); element.classList.toggle("over", over);
    element.classList.toggle("held", Boolean(hold)); element.classList.toggle("flash", flashing.has(key(at.row.p) + "\u001e" + at.field));
    if (hold) {
      text.title = put(words.held, { owner: hold.owner, reason: hold.reason || "—" });
      const mark = $("lock-mark").content.cloneNode(true);
      if (hold.kind === "total") mark.prepend("Σ");
      text.prepend(mark, " ");
    } else if (over) text.title = words.elapsed;
    else if (!mine) text.title = words.locked;
  };

  function form(at, more = {}) {
    const told = new FormData();
    const fields = { ...window.Plan.asked, open: JSON.stringify(window.Plan.opened()), seen: state.position, ...(at ? { path: JSON.stringify(at.row.p), period: at.label === data.columns[0].label ? "" : at.label } : {}), method: $("method").value, keep: $("keep").checked ? "hold_parent" : "", along: $("along").value, ...more };
    for (const [name, value] of Object.entries(fields)) told.set(name, value);
    return told;
  }
  async function send(verb, body) {
    const token = tools.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(verb + "?unit=" + tools.dataset.unit, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      const told = await answer.json(); return { status: told.met ? 409 : told.findings ? 422 : answer.status, told };
    } catch { return { status: 0, told: { findings: [words.failed] } }; }
  }
  async function show(told) {
    if (told.position < state.position) return;  // an answer that a newer one has overtaken
    const before = new Map([...rows].map(([id, row]) => [id, row.v])), top = data.top.v;
    flashing = new Set();
    for (const row of [told.top, ...told.rows]) {
      const old = row.p.length ? before.get(key(row.p)) : top;
      row.v.forEach((value, at) => { if (old && old[at] !== value) flashing.add(key(row.p) + "\u001ev" + at); });
    }
    Object.assign(data.top, told.top, { p: [] });
    learn(told); window.Plan.learn(told.rows);
    const draft = $("draft"); draft.textContent = draft.textContent.split(" · ")[0] + (told.position ? " · " + put(words.position, told) : "");
    $("tile-total").textContent = Figures.shown(data.top.v[0], window.Plan.unit.size, window.Plan.unit.decimals); $("tile-growth").textContent = Figures.tenths(data.top.g);
    for (const one of document.querySelectorAll("[data-unedited]")) one.hidden = told.position > 0;
    const was = picked(), holder = box.querySelector(".tabulator-tableholder"), [top_, left] = [holder.scrollTop, holder.scrollLeft];
    await window.Plan.draw();
    holder.scrollTop = top_; holder.scrollLeft = left;
    const again = was && table.getRow(key(was.row.p));
    if (again) table.getRanges()[0]?.setBounds(again.getCell(was.field), again.getCell(was.field));
    box.dataset.position = told.position;
    setTimeout(() => { flashing = new Set(); }, 2400);
  }
  async function write(verb, body, at) {
    const since = performance.now(), { status, told } = await send(verb, body);
    if (status === 200) { close(); await show(told); const ms = Math.round(performance.now() - since); say([put(told.cells ? words.done : words.saved, { text: told.text, ms }), ...told.notes].join(" "), "good"); return true; }
    if (status === 409) { meet(told.met, verb, body, at); return false; }
    const text = (told.findings ?? [words.failed]).join(" ");
    if (typing.hidden) say(text, "bad"); else { says.textContent = text; says.className = "bad"; }
    return false;
  }
  function meet(met, verb, body, at) {
    const list = $("met-list"), dialog = $("met");
    list.replaceChildren(...met.map((one) => {
      const item = document.createElement("li");
      item.append(put(words.met, one), Object.assign(document.createElement("pre"), { className: "said", textContent: one.what }));
      return item;
    }));
    $("met-mine").onclick = () => { dialog.close(); body.set("seen", ""); write(verb, body, at); };
    $("met-theirs").onclick = () => { dialog.close(); close(); look(true); };
    dialog.showModal();
  }
  /* What others did meanwhile; never under the hands of somebody who types. */
  let missed = false;
  async function look(always = false) {
    if (!typing.hidden) { missed = true; return; }
    if (!always && document.hidden) return;
    const asked = new URLSearchParams({ ...window.Plan.asked, open: JSON.stringify(window.Plan.opened()), ...(always ? {} : { since: state.position }) });
    const answer = await fetch("rows?" + asked).catch(() => null);
    const told = answer?.ok ? await answer.json() : null;
    if (!typing.hidden) missed = true;
    else if (told?.rows) await show(told);
  }
  setInterval(look, 15000);
  let loading = 0;
  document.addEventListener("plan:loaded", () => { clearTimeout(loading); loading = setTimeout(() => look(true), 50); });  // which of the new rows are mine

  function type(at, first) {
    if (narrow() || !at) return;
    if (!writable.has(key(at.row.p))) { say(words.locked, "bad"); return; }
    if (state.elapsed.includes(at.label)) { say(words.elapsed, "bad"); return; }
    target = at;
    const where = at.cell.getElement().getBoundingClientRect();
    typing.hidden = false; says.className = "";
    typing.style.setProperty("left", Math.max(8, Math.min(where.right - 320, innerWidth - 336)) + "px");
    typing.style.setProperty("top", Math.min(where.top - 6, innerHeight - 110) + "px");
    typed.value = first; says.textContent = words.typing; typed.focus();
    if (first) preview();
  }
  function close() { if (typing.hidden) return; typing.hidden = true; asking += 1; target = null; box.querySelector(".tabulator-tableholder").focus({ preventScroll: true }); if (missed) { missed = false; look(true); } }
  let waiting = 0;
  function preview() {
    clearTimeout(waiting);
    const number = ++asking;
    if (!typed.value.trim()) { says.textContent = words.typing; says.className = ""; return; }
    waiting = setTimeout(async () => {
      if (!target) return;
      const { status, told } = await send("preview", form(target, { typed: typed.value }));
      if (number !== asking || typing.hidden) return;
      if (status === 200) { says.textContent = put(words.step, { name: called(target.row), period: title(target.label), ...told }) + " · " + put(words.will, told); says.className = ""; }
      else { says.textContent = (told.findings ?? told.met?.map((one) => put(words.met, one)) ?? [words.failed]).join(" "); says.className = "bad"; }
    }, 150);
  }
  typed.addEventListener("input", preview);
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if ((event.key === "Enter" || event.key === "Tab") && !event.isComposing) { event.preventDefault(); if (typed.value.trim()) write("edit", form(target, { typed: typed.value }), target); else close(); }
  });
  document.addEventListener("pointerdown", (event) => { if (!typing.hidden && !typing.contains(event.target)) close(); });
  table.on("cellDblClick", (_event, cell) => type(place(cell), ""));
  const picked = () => { const at = window.Plan.at(); return at.cell ? place(at.cell) : null; };

  async function hold() {
    const at = picked();
    if (!at || narrow()) return;
    const found = exact(at.row, at.label);
    const dialog = $("holding");
    $("holding-title").textContent = found ? put(words.release, found) : put(words.hold, { name: called(at.row), period: title(at.label) });
    $("reason").value = ""; dialog.returnValue = "";
    $("holding-ok").textContent = found ? words.let_go : words.keep; $("hold-total").closest("label").hidden = Boolean(found);
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "ok") return;
      const told = { act: found ? "release" : "hold", seq: found?.seq ?? "", kind: $("hold-total").checked ? "total" : "cells", reason: $("reason").value };
      write("edit", form(at, told), at);
    }, { once: true });
    dialog.showModal();
  }
  function past() {
    const at = picked();
    if (!at) return;
    const asked = new URLSearchParams({ ...window.Plan.asked, path: JSON.stringify(at.row.p), period: at.label === data.columns[0].label ? "" : at.label, name: called(at.row) + " · " + title(at.label) });
    htmx.ajax("GET", "past?" + asked, { target: "#explain", swap: "innerHTML" });
  }
  /* An older edit is taken back where nothing has touched its cells since; else the server names who did. */
  document.getElementById("explain").addEventListener("click", (event) => {
    const seq = event.target.closest("[data-revert]")?.dataset.revert;
    if (seq) write("edit", form(null, { act: "revert", seq }), null).then((done) => { if (done) past(); });
  });
  const step = (verb) => write(verb, form(null), null);
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) step(button.dataset.step);
    if (button?.dataset.do === "hold") hold();
    if (button?.dataset.do === "past") past();
  });
  tools.addEventListener("submit", (event) => event.preventDefault());
  $("keep").addEventListener("change", () => { $("along").hidden = !$("keep").checked; });
  const firsts = /^[0-9０-９+＋\-－=＝.]$/;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, dialog")) return;
    const held = event.ctrlKey || event.metaKey, letter = event.key.toLowerCase();
    if (held && letter === "z" && !event.shiftKey) { event.preventDefault(); step("undo"); }
    if (held && (letter === "y" || (letter === "z" && event.shiftKey))) { event.preventDefault(); step("redo"); }
    if (held || event.altKey) return;
    if (letter === "l") { event.preventDefault(); hold(); }
    if (letter === "h") past();
    if (!box.contains(event.target)) return;
    const starts = firsts.test(event.key);
    if (!starts && event.key !== "Enter" && event.key !== "F2") return;
    event.preventDefault(); event.stopImmediatePropagation();
    type(picked(), starts ? event.key : "");
  }, true);
  box.dataset.desk = "1"; box.dataset.position = state.position;
})();
