/* The tree: unfold and fold, walk by arrow keys; the look is shown as soon as it is chosen. */
"use strict";
(() => {
  const look = document.getElementById("look");
  look?.addEventListener("change", () => look.requestSubmit(look.querySelector('[aria-pressed="true"]')));
  const tree = document.getElementById("tree");
  if (!tree) return;
  const items = () => [...tree.querySelectorAll("[role=treeitem]")].filter((one) => !one.parentElement.closest("[hidden]"));
  const twig = (item) => item.querySelector(":scope > .node > button.twig");
  const group = (item) => item.querySelector(":scope > [role=group]");
  const fold = (item, wide) => { item.setAttribute("aria-expanded", String(wide)); group(item).hidden = !wide; };
  const focus = (item) => {
    if (!item) return;
    tree.querySelectorAll('[tabindex="0"]').forEach((one) => one.setAttribute("tabindex", "-1"));
    item.setAttribute("tabindex", "0");
    item.focus();
  };
  const choose = (item) => {
    tree.querySelectorAll("[aria-selected]").forEach((one) => one.removeAttribute("aria-selected"));
    item.setAttribute("aria-selected", "true");
  };
  tree.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    if (event.target.closest("button.twig")) fold(item, item.getAttribute("aria-expanded") !== "true");
    else if (event.target.closest("a.name")) choose(item);
  });
  const keys = {
    ArrowDown: (item, all) => focus(all[all.indexOf(item) + 1]),
    ArrowUp: (item, all) => focus(all[all.indexOf(item) - 1]),
    Home: (item, all) => focus(all[0]),
    End: (item, all) => focus(all[all.length - 1]),
    ArrowRight: (item) => {
      if (item.getAttribute("aria-expanded") === "false") twig(item).click();
      else if (group(item)) focus(group(item).querySelector("[role=treeitem]"));
    },
    ArrowLeft: (item) => {
      if (item.getAttribute("aria-expanded") === "true") fold(item, false);
      else focus(item.parentElement.closest("[role=treeitem]"));
    },
    Enter: (item) => item.querySelector(":scope > .node > a.name").click(),
  };
  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](item, items());
  });
  const code = new URLSearchParams(location.search).get("member");
  const chosen = code && [...tree.querySelectorAll(".node > code")].find((one) => one.textContent === code)?.closest("li");
  if (chosen) { choose(chosen); chosen.scrollIntoView({ block: "center" }); }
  (chosen ?? tree.querySelector("[role=treeitem]"))?.setAttribute("tabindex", "0");
})();
