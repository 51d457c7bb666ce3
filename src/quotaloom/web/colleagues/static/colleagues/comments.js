/* What was said about the selected figure, in the panel beside the grid. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Company = window.Company;
  const box = document.getElementById("company");

  function open() {
    const at = Plan.at();
    const asked = new URLSearchParams({
      ...Plan.asked,
      path: JSON.stringify(at.row.p),
      period: Company.period(at.label),
    });
    const show = { target: "#explain", swap: "innerHTML" };
    htmx.ajax("GET", box.dataset.threads + "?" + asked, show).then(() => {
      document.getElementById("say")?.focus();
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-comment]")) open();
  });
  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (held || event.target.closest("input, select, textarea, dialog")) return;
    if (event.key.toLowerCase() !== "m") return;
    event.preventDefault();
    open();
  });
})();
