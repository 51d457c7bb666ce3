/* The lowest and the highest that a figure may be. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("bounding");
  const ends = { low: byId("bound-low"), high: byId("bound-high") };
  const exact = (fen) => (fen === null ? "" : Figures.exact(fen, Plan.unit.size));

  Desk.bound = () => {
    const at = Desk.picked();
    if (!Desk.mayWrite(at)) return;
    const found = Desk.boundHere(at.row, at.label) ?? { low: null, high: null };
    const where = { name: Desk.called(at.row), period: Desk.title(at.label) };
    const { size, decimals, word } = Plan.unit;
    const now = Figures.shown(at.cell.getValue(), size, decimals);
    byId("bounding-title").textContent = Desk.put(words.bound, where);
    byId("bounding-now").textContent = Desk.put(words.bound_now, { now, unit: word });
    byId("bound-reason").value = "";
    for (const [end, input] of Object.entries(ends)) input.value = exact(found[end]);
    dialog.returnValue = "";
    const closed = () => {
      if (dialog.returnValue === "ok") Desk.write("edit", form(at));
    };
    dialog.addEventListener("close", closed, { once: true });
    dialog.showModal();
  };
  const form = (at) =>
    Desk.form(at, {
      act: "bound",
      low: ends.low.value,
      high: ends.high.value,
      reason: byId("bound-reason").value,
    });
})();
