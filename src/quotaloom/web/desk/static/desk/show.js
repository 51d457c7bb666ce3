/* Figures that changed, by oneself or by others, brought into the grid. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { data, table, box, key, rows } = Plan;
  const { words, state, byId } = Desk;
  const FLASH = 2400; // ms that a changed figure is marked

  function changed(told) {
    const found = new Set();
    for (const row of [told.top, ...told.rows]) {
      const before = row.p.length ? rows.get(key(row.p))?.v : data.top.v;
      row.v.forEach((value, at) => {
        if (before && before[at] !== value) found.add(key(row.p) + "\u001ev" + at);
      });
    }
    return found;
  }

  function head(told) {
    const draft = byId("draft");
    const [version] = draft.textContent.split(" · ");
    draft.textContent = version;
    if (told.position) draft.textContent += " · " + Desk.put(words.position, told);
    const { size, decimals } = Plan.unit;
    byId("tile-total").textContent = Figures.shown(data.top.v[0], size, decimals);
    byId("tile-growth").textContent = Figures.tenths(data.top.g);
    for (const one of document.querySelectorAll("[data-unedited]")) {
      one.hidden = told.position > 0;
    }
  }

  /* Draw anew without moving what is looked at, nor the selected cell. */
  async function drawn() {
    const was = Desk.picked();
    const holder = box.querySelector(".tabulator-tableholder");
    const { scrollTop, scrollLeft } = holder;
    await Plan.draw();
    Object.assign(holder, { scrollTop, scrollLeft });
    const again = was && table.getRow(key(was.row.p));
    if (!again) return;
    const cell = again.getCell(was.field);
    table.getRanges()[0]?.setBounds(cell, cell);
  }

  Desk.show = async (told) => {
    if (told.position < state.position) return; // an answer that a newer one has overtaken
    Desk.flashing = changed(told);
    Object.assign(data.top, told.top, { p: [] });
    Desk.learn(told);
    Plan.learn(told.rows);
    head(told);
    await drawn();
    Desk.tally();
    Desk.tally();
    box.dataset.position = told.position;
    setTimeout(() => {
      Desk.flashing = new Set();
    }, FLASH);
  };

  /* What others did meanwhile; never under the hands of somebody who types. */
  let missed = false;
  Desk.look = async (always = false) => {
    if (Desk.isTyping()) {
      missed = true;
      return;
    }
    if (!always && document.hidden) return;
    const asked = new URLSearchParams({ ...Plan.asked, open: JSON.stringify(Plan.opened()) });
    if (!always) asked.set("since", state.position);
    const answer = await fetch("rows?" + asked).catch(() => null);
    const told = answer?.ok ? await answer.json() : null;
    if (Desk.isTyping()) missed = true;
    else if (told?.rows) await Desk.show(told);
  };
  Desk.lookAtMissed = () => {
    if (!missed) return;
    missed = false;
    Desk.look(true);
  };

  let loading = 0; // which of the rows just loaded are mine
  document.addEventListener("plan:loaded", () => {
    clearTimeout(loading);
    loading = setTimeout(() => Desk.look(true), 50);
  });
  box.dataset.desk = "1";
  box.dataset.position = state.position;
})();
