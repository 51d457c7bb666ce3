/* The dialog before several figures are written at once: what it would do, and in which unit. */
"use strict";
(() => {
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("several");
  const says = byId("several-says");
  const units = byId("several-units");
  const go = byId("several-go");
  let asked = null;
  let number = 0;

  const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
  function tell(lines, mood = "") {
    says.replaceChildren(...lines.map(paragraph));
    says.className = mood;
  }
  function choice({ code, word, sum }) {
    const label = document.createElement("label");
    label.className = "check";
    const mark = document.createElement("input");
    Object.assign(mark, { type: "radio", name: "as", value: code });
    label.append(mark, " " + Desk.put(words.as_unit, { word, sum, unit: window.Plan.unit.word }));
    return label;
  }
  function askUnit(question) {
    units.hidden = false;
    units.querySelector("div").replaceChildren(...question.choices.map(choice));
    tell([Desk.put(words.far_off, { there: question.there, unit: window.Plan.unit.word })]);
    units.querySelector("input").focus();
  }
  function offer(told) {
    const sums = { ...told, unit: window.Plan.unit.word };
    const change = told.after === undefined ? [] : [Desk.put(words.sums, sums)];
    tell([...change, Desk.willDo(told), ...told.notes]);
    go.disabled = false;
    go.focus();
  }
  async function preview() {
    const mine = ++number;
    go.disabled = true;
    tell([words.looking]);
    const { status, told } = await Desk.send("preview", form());
    if (mine !== number || !dialog.open) return;
    if (told.unit) askUnit(told.unit);
    else if (status === 200) offer(told);
    else tell(told.findings ?? told.met.map((one) => Desk.put(words.met, one)), "bad");
    if (told.met) go.disabled = false;
  }
  function form() {
    const unit = units.querySelector("input:checked")?.value ?? "";
    return Desk.form(asked.at ?? null, { ...asked.fields, as: unit });
  }

  /* ``fields`` are what the form says of the edit; ``title`` and ``count`` what it is. */
  Desk.several = (wanted) => {
    asked = wanted;
    byId("several-title").textContent = Desk.put(wanted.title, wanted);
    units.hidden = true;
    units.querySelector("div").replaceChildren();
    dialog.showModal();
    return preview();
  };
  units.addEventListener("change", preview);
  go.addEventListener("click", () => {
    const body = form();
    dialog.close();
    Desk.write("edit", body);
  });
  byId("several-no").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => Desk.focus());
})();
