/* The command palette: doors of this page at once, members and plans from the server. */
"use strict";
(() => {
  const palette = document.querySelector("#palette");
  if (!palette) return;
  const text = palette.querySelector("input"), list = palette.querySelector("[role=listbox]");
  const none = document.querySelector("#palette-none"), more = document.querySelector("#palette-more");
  const PAUSE = 150, NOTHING = { rows: "", more: "" };
  let at = 0, timer = 0, waiting = false, asked = null, answer = Promise.resolve();

  const shown = () => [...list.children].filter((row) => !row.hidden);

  function mark() {
    const rows = shown();
    at = Math.max(0, Math.min(at, rows.length - 1));
    for (const row of list.children) row.setAttribute("aria-selected", row === rows[at]);
    text.setAttribute("aria-activedescendant", rows[at]?.id ?? "");
    rows[at]?.scrollIntoView({ block: "nearest" });
    none.hidden = rows.length > 0 || timer > 0 || waiting;
  }

  function replace(told, words) {
    for (const row of list.querySelectorAll("[data-hit]")) row.remove();
    waiting = false;
    list.insertAdjacentHTML("beforeend", told.rows);
    more.textContent = told.more;
    list.dataset.asked = words;
    mark();
  }

  async function ask(words) {
    asked?.abort();
    asked = new AbortController();
    if (!words) { replace(NOTHING, words); return; }
    waiting = true;
    try {
      const url = `${palette.dataset.search}?${new URLSearchParams({ text: words })}`;
      const found = await fetch(url, { signal: asked.signal });
      if (!found.ok) throw new Error(found.status);
      replace(await found.json(), words);
    } catch (fault) {
      if (fault.name !== "AbortError") replace({ ...NOTHING, more: palette.dataset.fault }, words);
    }
  }

  function typed() {
    const words = text.value.trim().toLowerCase();
    for (const row of list.querySelectorAll("[role=option]:not([data-hit])")) row.hidden = !row.textContent.toLowerCase().includes(words);
    at = 0;
    clearTimeout(timer);
    timer = setTimeout(begin, PAUSE);
    mark();
  }

  function settle() {
    if (timer) { clearTimeout(timer); begin(); }
    return answer;
  }

  function begin() { timer = 0; answer = ask(text.value.trim()); }

  text.addEventListener("input", typed);
  palette.addEventListener("opened", () => { text.value = ""; typed(); text.focus(); });
  palette.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") { event.preventDefault(); palette.close(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); at += event.key === "ArrowDown" ? 1 : -1; mark(); }
    if (event.key === "Enter") { event.preventDefault(); await settle(); shown()[at]?.click(); }
  });
  palette.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row || event.target === palette) palette.close();
    if (row?.dataset.href) location.href = row.dataset.href;
  });
})();
