/* Figures that changed, by oneself or by others, brought into the grid. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { data, box, key, rows } = Plan;
  const { words, state, byId } = Desk;
  const FADING = [600, 600, 600, 600]; // ms: the steps in which the mark of a changed figure fades

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
    const { released, words: version } = told.badge;
    const parts = [(released ? "✓ " : "") + version];
    if (told.position) parts.push(Desk.put(words.position, told));
    byId("draft").textContent = parts.join(" · ");
    byId("draft").className = "badge " + (released ? "good" : "draft");
    const { size, decimals } = Plan.unit;
    byId("tile-total").textContent = Figures.shown(data.top.v[0], size, decimals);
    byId("tile-growth").textContent = Figures.tenths(data.top.g);
    for (const one of document.querySelectorAll("[data-unedited]")) {
      one.hidden = told.position > 0;
    }
  }

  let fading = 0;
  function faded() {
    Desk.flashing = new Set();
    for (const cell of box.querySelectorAll(".flash")) cell.classList.remove("flash");
  }
  function fade(step = 0) {
    clearTimeout(fading);
    box.dataset.fade = step;
    fading = setTimeout(step + 1 < FADING.length ? () => fade(step + 1) : faded, FADING[step]);
  }

  Desk.show = async (told) => {
    if (told.position < state.position) return; // an answer that a newer one has overtaken
    if (told.isPart && told.shape !== state.shape) return Desk.look(true); // of members gone by
    faded();
    Desk.flashing = changed(told);
    const few = Desk.onlyFigures(told);
    Object.assign(data.top, told.top, { p: [] });
    if (told.shape !== state.shape) rows.clear(); // members changed: all that is open is told anew
    Desk.learn(told);
    Plan.learn(told.rows);
    head(told);
    if (few) Desk.renewRows(told);
    else await Desk.drawAll();
    fade();
    box.dataset.position = told.position;
    requestAnimationFrame(() => setTimeout(Desk.tally)); // once the figures are painted
  };

  /* What others did meanwhile; never under the hands of somebody who types. */
  let missed = false;
  Desk.look = async (always = false) => {
    if (Desk.isTyping()) {
      missed = true;
      return;
    }
    if (!always && document.hidden) return;
    const body = Desk.form(null, always ? { seen: "" } : { since: state.position });
    const { status, told } = await Desk.send("rows", body);
    if (Desk.isTyping()) missed = true;
    else if (status === 200 && told.rows) await Desk.show(told);
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
