/* The keys and the buttons of the workbench. */
"use strict";
(() => {
  const { box } = window.Plan;
  const Desk = window.Desk;
  const { tools } = Desk;
  const FIRSTS = /^[0-9０-９+＋\-－=＝.]$/; // a figure begins with one of these

  const step = (verb) => Desk.write(verb, Desk.form(null));
  const undo = () => step("undo");
  const redo = () => step("redo");
  const edit = () => Desk.type(Desk.picked(), "");
  const acts = {
    undo,
    redo,
    hold: () => Desk.hold(),
    bound: () => Desk.bound(),
    layers: () => Desk.layers(),
    member: () => Desk.member?.(),
    past: () => Desk.past(),
    save: () => Desk.save(),
    again: () => Desk.again(),
    adopt: () => Desk.adopt(),
    clear: () => Desk.clear(),
    fillDown: () => Desk.fillDown(),
    fillRight: () => Desk.fillRight(),
    copy: () => document.execCommand("copy"),
    paste: () => Desk.pasteFromClipboard(),
  };
  Desk.acts = acts;
  /* Anywhere on the page: with Ctrl or ⌘, with Shift as well, alone. */
  const HELD = { z: undo, y: redo, s: acts.save };
  const SHIFTED = { z: redo };
  const LETTERS = { l: acts.hold, h: acts.past, b: acts.bound, c: acts.member, r: acts.layers, s: acts.again, a: acts.adopt };
  /* In the grid only. */
  const HELD_HERE = { d: acts.fillDown, r: acts.fillRight };
  const KEYS_HERE = {
    Enter: edit,
    F2: edit,
    Delete: acts.clear,
    Backspace: acts.clear,
  };

  const inGrid = (target) => box.contains(target) && !target.closest("button");

  tools.addEventListener("click", (event) => {
    acts[event.target.closest("button")?.dataset.do]?.();
  });

  function shortcut(event) {
    const letter = event.key.toLowerCase();
    const here = inGrid(event.target);
    if (event.altKey) return null;
    if (event.ctrlKey || event.metaKey) {
      if (event.shiftKey) return SHIFTED[letter];
      return HELD[letter] ?? (here ? HELD_HERE[letter] : null);
    }
    if (here && FIRSTS.test(event.key)) return () => Desk.type(Desk.picked(), event.key);
    return LETTERS[letter] ?? (here ? KEYS_HERE[event.key] : null);
  }
  /* Tab goes on to the next figure; behind the last one it leaves the grid. */
  const tabbed = (event) =>
    event.key === "Tab" && inGrid(event.target) && Desk.move(0, event.shiftKey ? -1 : 1);

  const onKey = (event) => {
    if (event.target.closest("input, select, textarea, dialog")) return;
    const act = shortcut(event);
    if (!act && !tabbed(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act?.();
  };
  document.addEventListener("keydown", onKey, true);
})();
