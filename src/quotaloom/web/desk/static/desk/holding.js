/* Hold a figure with a reason, or let it go. */
"use strict";
(() => {
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("holding");

  function form(at, found) {
    return Desk.form(at, {
      act: found ? "release" : "hold",
      seq: found?.seq ?? "",
      kind: byId("hold-total").checked ? "total" : "cells",
      reason: byId("reason").value,
      until: byId("hold-until").value,
    });
  }
  Desk.hold = () => {
    const at = Desk.picked();
    if (!at || Desk.narrow()) return;
    const found = Desk.holdHere(at.row, at.label);
    const where = { name: Desk.called(at.row), period: Desk.title(at.label) };
    byId("holding-title").textContent = found
      ? Desk.put(words.release, found)
      : Desk.put(words.hold, where);
    byId("holding-ok").textContent = found ? words.let_go : words.keep;
    for (const one of [byId("hold-total").closest("label"), byId("hold-until-says"), byId("hold-until")])
      one.hidden = Boolean(found);
    byId("hold-until").value = "";
    byId("reason").value = "";
    dialog.returnValue = "";
    const closed = () => {
      if (dialog.returnValue === "ok") Desk.write("edit", form(at, found));
    };
    dialog.addEventListener("close", closed, { once: true });
    dialog.showModal();
  };
})();
