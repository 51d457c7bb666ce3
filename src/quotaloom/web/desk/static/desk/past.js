/* The history of a figure beside the grid, and taking an older edit back. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const panel = document.getElementById("explain");

  Desk.past = () => {
    const at = Desk.picked();
    if (!at) return;
    const asked = new URLSearchParams({
      ...Plan.asked,
      path: JSON.stringify(at.row.p),
      period: Desk.period(at.label),
      name: Desk.called(at.row) + " · " + Desk.title(at.label),
    });
    htmx.ajax("GET", "past?" + asked, { target: "#explain", swap: "innerHTML" });
  };
  /* Taken back where nothing has touched its cells since; else the server names who did. */
  panel.addEventListener("click", async (event) => {
    const seq = event.target.closest("[data-revert]")?.dataset.revert;
    if (!seq) return;
    if (await Desk.write("edit", Desk.form(null, { act: "revert", seq }))) Desk.past();
  });
})();
