/* What the workbench knows of its figures: which are mine, held, over; how a cell is marked. */
"use strict";
(() => {
  const Plan = window.Plan;
  const { data, key } = Plan;
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const words = read("desk-words");
  const state = read("desk-data");
  const whole = data.columns[0].label;
  const writable = new Set();
  const Desk = { words, state, writable, flashing: new Set(), tools: byId("desk"), byId };
  window.Desk = Desk;

  Desk.put = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  Desk.willDo = (told) => (told.cells ? Desk.put(words.will, told) : told.text);
  Desk.narrow = () => innerWidth < 760;
  Desk.column = (label) => data.columns.find((one) => one.label === label);
  Desk.title = (label) => Desk.column(label)?.title ?? label;
  Desk.called = (row) => (row.p.length ? row.n : Plan.words.total);
  /* The period as the server names it: nothing for the whole. */
  Desk.period = (label) => (label === whole ? "" : label);
  Desk.say = (text, mood = "") => {
    const line = byId("line");
    line.textContent = text;
    line.className = "desk-line " + mood;
  };

  Desk.learn = (told) => {
    state.position = told.position;
    state.shape = told.shape;
    state.holds = told.holds;
    state.bounds = told.bounds;
    state.elapsed = told.elapsed;
    state.unallocated = told.unallocated;
    for (const row of [told.top, ...told.rows]) {
      if (row.w) writable.add(key(row.p));
      else writable.delete(key(row.p));
    }
  };
  Desk.learn(state);

  /* A period lies in another if it is that one, or the next wider of one that does. */
  function within(label, wide) {
    for (let at = label; at; at = Desk.column(at)?.in) {
      if (at === wide) return true;
    }
    return wide === "" || wide === whole;
  }
  const over = (hold, row) => hold.p.every((text, at) => !text || row.p[at] === text);
  const same = (hold, row) =>
    hold.p.every((text, at) => (text || "") === (row.p[at] || "") || (!text && at >= row.p.length));
  Desk.holdOf = (row, label) =>
    state.holds.find((one) => one.p && within(label, one.period) && over(one, row));
  const isHere = (row, label) => (one) =>
    one.p && within(label, one.period) && within(one.period || whole, label) && same(one, row);
  Desk.holdHere = (row, label) => state.holds.find(isHere(row, label));
  Desk.boundHere = (row, label) => state.bounds.find(isHere(row, label));
  Desk.isMine = (row) => writable.has(key(row.p));
  Desk.isOver = (label) => state.elapsed.includes(label);

  /* Where a cell is in the plan; nothing for a cell that holds no figure of a period. */
  Desk.place = (cell) => {
    const field = cell.getField();
    const found = /^v(\d+)$/.exec(field);
    if (!found) return null;
    return { cell, row: Plan.of(cell).row, label: data.columns[Number(found[1])].label, field };
  };
  Desk.picked = () => {
    const { cell } = Plan.at();
    return cell ? Desk.place(cell) : null;
  };
  Desk.flashes = (row, field) => Desk.flashing.has(key(row.p) + "\u001e" + field);

  function lock(hold) {
    const mark = byId("lock-mark").content.cloneNode(true);
    if (hold.kind === "total") mark.prepend("Σ");
    return mark;
  }
  function bounded({ low, high }) {
    const { size, decimals } = Plan.unit;
    const shown = (fen) => Figures.shown(fen, size, decimals);
    const told = [];
    if (low !== null) told.push(Desk.put(words.at_least, { low: shown(low) }));
    if (high !== null) told.push(Desk.put(words.at_most, { high: shown(high) }));
    return told.join(" · ");
  }
  Plan.typed = true;
  Plan.drawn = (cell, text) => {
    const at = Desk.place(cell);
    if (!at) return;
    const hold = Desk.holdOf(at.row, at.label);
    const mine = Desk.isMine(at.row);
    const past = Desk.isOver(at.label);
    const marks = cell.getElement().classList;
    marks.toggle("mine", mine && !past && !Desk.narrow());
    marks.toggle("not-mine", !mine);
    marks.toggle("over", past);
    marks.toggle("held", Boolean(hold));
    const bound = Desk.boundHere(at.row, at.label);
    marks.toggle("bounded", Boolean(bound));
    marks.toggle("flash", Desk.flashes(at.row, at.field));
    if (hold) {
      const told = { ...hold, reason: hold.reason || "—" };
      text.title = Desk.put(hold.until ? words.held_until : words.held, told);
      text.prepend(lock(hold), " ");
    } else if (past) text.title = words.elapsed;
    else if (!mine) text.title = words.locked;
    else if (bound) text.title = bounded(bound);
  };
})();
