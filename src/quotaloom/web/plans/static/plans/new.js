/* Drop files; look at them again when an answer about them changes; put columns where one types. */
"use strict";
(() => {
  const form = document.getElementById("plan-form");
  const zone = (target) => target.closest?.("[data-drop]");
  for (const kind of ["dragover", "dragenter"]) document.addEventListener(kind, (event) => { const drop = zone(event.target); if (drop) { event.preventDefault(); drop.classList.add("over"); } });
  for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, (event) => { zone(event.target)?.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    const input = zone(event.target)?.querySelector("input[type=file]");
    if (!input || !event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const first = document.getElementById("file");
  if (first) first.addEventListener("change", () => { if (first.files.length) first.form.requestSubmit(); });
  if (!form) return;

  let last = document.getElementById("id_by");
  const look = () => htmx.trigger(document.body, "look");
  const put = (area, text) => {
    const from = area.selectionStart, before = area.value.slice(0, from), line = before.slice(before.lastIndexOf("\n") + 1);
    const joint = area.id === "id_by" && line.trim() && !/>\s*$/.test(line) ? ">" : "";
    area.setRangeText(joint + text, from, area.selectionEnd, "end");
    area.focus();
  };
  form.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) last = event.target; });
  form.addEventListener("change", (event) => {
    const own = event.target.dataset.own;
    if (own) { const box = form.querySelector(`[data-own-of="${event.target.name}"]`); box.hidden = event.target.value !== "custom"; if (!box.hidden) box.querySelector("input").focus(); }
    if (event.target.dataset.looks) look();
  });
  form.addEventListener("click", (event) => {
    const column = event.target.closest("[data-column]"), tree = event.target.closest("[data-tree]");
    if (column) { put(last, column.dataset.column); if (last.dataset.looks) look(); }
    if (tree) {
      const [member, above, label] = ["member", "above", "label"].map((part) => document.getElementById(`tree-${part}`).value);
      const area = document.getElementById("id_tree"), lines = area.value.trim();
      const name = tree.dataset.tree + (lines ? lines.split("\n").length + 1 : "");
      area.value = `${lines ? lines + "\n" : ""}${name}=${member}${label ? "|" + label : ""}<${above}`;
      look();
    }
  });
  /* Columns that are the same as before stay as one left them: open, and with her choices. */
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { fragment, target } = event.detail;
    if (fragment.textContent.trim() === target.textContent.trim()) event.detail.shouldSwap = false;
  });
  form.addEventListener("submit", () => { document.getElementById("go").disabled = true; });
  window.addEventListener("pageshow", () => { document.getElementById("go").disabled = false; });
})();
