/* The layers of a figure brought together: a weighted mean, or the totals of another layer. */
"use strict";
(() => {
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("layers");
  const form = dialog.querySelector("form");
  const verb = byId("layers-verb");
  const parts = [...form.querySelectorAll("[data-for]")];
  let at = null;

  /* Fields of what is not chosen are off: a form sends none of them. */
  function arrange() {
    for (const one of parts) one.hidden = one.disabled = one.dataset.for !== verb.value;
  }
  const where = () => ({ name: Desk.called(at.row), period: Desk.title(at.label) });

  Desk.layers = () => {
    at = Desk.picked();
    if (!Desk.mayWrite(at)) return;
    byId("layers-title").textContent = Desk.put(words.layers, where());
    form.elements.reason.value = "";
    arrange();
    dialog.returnValue = "";
    dialog.showModal();
  };
  verb.addEventListener("change", arrange);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "ok") return;
    const fields = { act: "layers", ...Object.fromEntries(new FormData(form)) };
    Desk.several({ title: words.layers, ...where(), fields, at });
  });
})();
