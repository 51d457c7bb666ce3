/* Drop a file; look at it again when an answer about it changes. */
"use strict";
(() => {
  const drop = document.getElementById("drop"), form = document.getElementById("plan-form");
  if (drop) {
    const file = document.getElementById("file");
    for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files.length) { file.files = event.dataTransfer.files; drop.requestSubmit(); } });
    file.addEventListener("change", () => { if (file.files.length) drop.requestSubmit(); });
  }
  if (form) {
    const again = new Set(["sheet", "header_row", "date", "amount", "subtotals", "hidden_rows", "fill_down", "decimal_mark", "by"]);
    form.addEventListener("change", (event) => {
      if (again.has(event.target.name)) htmx.trigger("#look", "look");
      if (event.target.name === "season") document.querySelector("[data-only=custom]").hidden = event.target.value !== "custom";
    });
    form.addEventListener("click", (event) => { const marked = event.target.closest("[data-marked]"); if (marked) { const told = new FormData(form); told.delete("roster"); marked.href = marked.href.split("?")[0] + "?" + new URLSearchParams(told); } });
    form.addEventListener("submit", () => { document.getElementById("go").disabled = true; });
  }
})();
