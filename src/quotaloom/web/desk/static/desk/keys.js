/* The keys and the buttons of the workbench. */
"use strict";
(() => {
  const { box } = window.Plan;
  const Desk = window.Desk;
  const { tools, byId } = Desk;
  const FIRSTS = /^[0-9０-９+＋\-－=＝.]$/; // a figure begins with one of these

  const step = (verb) => Desk.write(verb, Desk.form(null));
  const undo = () => step("undo");
  const redo = () => step("redo");
  const BUTTONS = { undo, redo, hold: () => Desk.hold(), past: () => Desk.past() };
  const HELD = { z: undo, y: redo }; // with Ctrl or ⌘
  const SHIFTED = { z: redo };
  const LETTERS = { l: BUTTONS.hold, h: BUTTONS.past };

  tools.addEventListener("click", (event) => {
    BUTTONS[event.target.closest("button")?.dataset.do]?.();
  });
  tools.addEventListener("submit", (event) => event.preventDefault());
  byId("keep").addEventListener("change", () => {
    byId("along").hidden = !byId("keep").checked;
  });

  function shortcut(event) {
    const letter = event.key.toLowerCase();
    if (event.altKey) return null;
    if (event.ctrlKey || event.metaKey) return (event.shiftKey ? SHIFTED : HELD)[letter];
    return LETTERS[letter];
  }
  function typedInto(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !box.contains(event.target)) return;
    const starts = FIRSTS.test(event.key);
    if (!starts && event.key !== "Enter" && event.key !== "F2") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Desk.type(Desk.picked(), starts ? event.key : "");
  }
  const onKey = (event) => {
    if (event.target.closest("input, select, textarea, dialog")) return;
    const act = shortcut(event);
    if (act) {
      event.preventDefault();
      act();
    } else typedInto(event);
  };
  document.addEventListener("keydown", onKey, true);
})();
