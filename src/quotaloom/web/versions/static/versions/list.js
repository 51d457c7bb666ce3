/* The list of versions: tick two to four to compare, rename and archive a scenario. */
"use strict";
(() => {
  const MOST = 4;
  const FEWEST = 2;
  const byId = (id) => document.getElementById(id);
  const form = byId("versions");
  const compare = byId("compare");
  const boxes = [...form.querySelectorAll("input[name=v]")];

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    compare.disabled = ticked < FEWEST || ticked > MOST;
    for (const box of boxes) box.disabled = !box.checked && ticked >= MOST;
  }
  form.addEventListener("change", count);
  count();

  const dialog = byId("describe");
  if (!dialog) return;
  const describe = dialog.querySelector("form");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-describe]");
    if (!button) return;
    describe.action = button.dataset.describe;
    byId("new-name").value = button.dataset.name;
    byId("new-note").value = button.dataset.note;
    byId("shelve").action = button.dataset.shelve;
    byId("archived").value = button.dataset.archived ? "" : "1";
    byId("to-archive").hidden = Boolean(button.dataset.archived);
    byId("from-archive").hidden = !button.dataset.archived;
    dialog.showModal();
  });
  dialog.querySelector("[data-shut]").addEventListener("click", () => dialog.close());
})();
