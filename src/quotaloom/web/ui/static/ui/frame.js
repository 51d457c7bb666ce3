/* Keys and dialogs of every page. */
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const open = (id) => { const box = document.getElementById(id); if (box && !box.open) { box.showModal(); box.dispatchEvent(new Event("opened")); } };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) { opener.closest("dialog")?.close(); open(opener.dataset.open); }
    const closer = event.target.closest("[data-close-explain]");
    if (closer) closeExplain();
  });
  function closeExplain() { const pane = $("#explain"); if (pane) { pane.hidden = true; document.dispatchEvent(new Event("explain:closed")); } }
  let waitsForPlace = false;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open("palette"); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (waitsForPlace) { waitsForPlace = false; const link = $(`[data-go="${CSS.escape(event.key)}"]`); if (link) link.click(); return; }
    if (event.key === "g") { waitsForPlace = true; setTimeout(() => { waitsForPlace = false; }, 1200); }
    if (event.key === "?") open("keys");
    if (event.key === "/") { const filter = $("[data-filter]"); if (filter) { event.preventDefault(); filter.focus(); } }
    if (["1", "2", "3"].includes(event.key)) $(`[data-unit-key="${event.key}"]`)?.click();
    if (event.key === "[") $("[data-previous]")?.click();
    if (event.key === "]") $("[data-next]")?.click();
    if (event.key === "Escape") closeExplain();
  });
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "explain") event.target.hidden = false; });
})();
