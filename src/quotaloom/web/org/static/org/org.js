/* The tree: unfold and fold, walk by arrow keys. All that is shown stands in the address. */
"use strict";
(() => {
  const KEPT = ["member", "words", "open"];
  const asked = () => new URL(location.href).searchParams;
  const state = (name, values) => {
    const here = new URL(location.href);
    here.searchParams.delete(name);
    values.forEach((one) => here.searchParams.append(name, one));
    history.replaceState(history.state, "", here);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-keep]");
    if (!link) return;
    const there = new URL(link.href);
    for (const name of link.dataset.keep ? link.dataset.keep.split(" ") : KEPT) {
      there.searchParams.delete(name);
      asked().getAll(name).forEach((one) => there.searchParams.append(name, one));
    }
    link.href = there;
  });
  const look = document.getElementById("look");
  look?.addEventListener("formdata", ({ formData }) => KEPT.forEach((name) => {
    formData.delete(name);
    asked().getAll(name).forEach((one) => formData.append(name, one));
  }));
  look?.addEventListener("change", () => look.requestSubmit(look.querySelector('[aria-pressed="true"]')));
  const tree = document.getElementById("tree");
  if (!tree) return;
  const items = () => [...tree.querySelectorAll("[role=treeitem]")].filter((one) => !one.parentElement.closest("[hidden]"));
  const twig = (item) => item.querySelector(":scope > .node > button.twig");
  const group = (item) => item.querySelector(":scope > [role=group]");
  const code = (item) => item.querySelector(":scope > .node > code").textContent;
  const fold = (item, wide) => {
    item.setAttribute("aria-expanded", String(wide));
    group(item).hidden = !wide;
    const open = [...tree.querySelectorAll('[aria-expanded="true"]')].map(code);
    state("open", open.length ? open : [""]);
  };
  const focus = (item) => {
    if (!item) return;
    tree.querySelectorAll('[tabindex="0"]').forEach((one) => one.setAttribute("tabindex", "-1"));
    item.setAttribute("tabindex", "0");
    item.focus();
  };
  const choose = (item) => {
    tree.querySelectorAll("[aria-selected]").forEach((one) => one.removeAttribute("aria-selected"));
    item.setAttribute("aria-selected", "true");
    state("member", [code(item)]);
  };
  document.querySelector("[name=words][data-filter]")?.addEventListener("input", ({ target }) => {
    state("words", target.value.trim() ? [target.value.trim()] : []);
  });
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
  const member = asked().get("member");
  const chosen = member && [...tree.querySelectorAll("[role=treeitem]")].find((one) => code(one) === member);
  if (chosen) { choose(chosen); chosen.scrollIntoView({ block: "center" }); }
  (chosen ?? tree.querySelector("[role=treeitem]"))?.setAttribute("tabindex", "0");
})();
