/* The members of the plan: opened, closed, moved, renamed, split, merged, from a day on. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("member");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const verb = byId("member-verb");
  let at = null;

  function arrange() {
    const chosen = verb.selectedOptions[0];
    const asked = chosen.dataset.asks.split(" ");
    for (const one of form.querySelectorAll("[data-ask]"))
      one.hidden = !asked.includes(one.dataset.ask);
    form.querySelector("[for=member-other]").textContent = chosen.dataset.other ?? "";
  }
  /* The names in sight, to choose from; any other may be typed. */
  function names() {
    const found = new Set([...Plan.rows.values()].map((row) => row.n));
    const options = [...found].slice(0, 500).map((value) => new Option(value, value));
    byId("member-names").replaceChildren(...options);
  }
  Desk.member = () => {
    at = Desk.picked();
    if (!at || Desk.narrow()) return;
    byId("member-title").textContent = Desk.put(words.member, { name: Desk.called(at.row) });
    for (const name of ["other", "code", "name", "parts", "reason"]) form.elements[name].value = "";
    names();
    arrange();
    dialog.returnValue = "";
    dialog.showModal();
  };
  verb.addEventListener("change", arrange);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "ok") return;
    const fields = { act: "member", ...Object.fromEntries(new FormData(form)) };
    const name = Desk.called(at.row) + " · " + verb.selectedOptions[0].textContent;
    Desk.several({ title: words.member, name, fields, at });
  });
})();
