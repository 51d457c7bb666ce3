/* How a total becomes cells: the method's fields, and the line that tells what it does. */
"use strict";
(() => {
  const Desk = window.Desk;
  const { tools, byId, words } = Desk;
  const field = (name) => tools.elements[name];
  const fields = tools.querySelectorAll("[data-need]");

  function needs() {
    const chosen = field("method").selectedOptions[0];
    const found = new Set(chosen.dataset.needs.split(" ").filter(Boolean));
    if ([...found].some((name) => field(name).value === "slice")) found.add("slice");
    if ("phased" in chosen.dataset && !byId("keep").checked) found.add("over");
    return found;
  }
  function arrange() {
    const wanted = needs();
    for (const one of fields) {
      one.hidden = !wanted.has(one.dataset.need);
      one.disabled = one.hidden;
    }
    byId("along").hidden = !byId("keep").checked;
    byId("method-says").textContent = field("method").selectedOptions[0].dataset.says;
  }
  /* The total below the selected figure stays as it is and is shared out by the chosen method. */
  Desk.again = () => {
    const at = Desk.picked();
    if (!Desk.mayWrite(at)) return;
    const name = Desk.called(at.row) + " " + Desk.title(at.label);
    Desk.several({ title: words.again, name, fields: { act: "again" }, at });
  };
  tools.addEventListener("change", arrange);
  tools.addEventListener("submit", (event) => event.preventDefault());
  arrange();
})();
