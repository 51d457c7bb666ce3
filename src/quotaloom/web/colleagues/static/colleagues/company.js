/* Who else is at the plan and what is spoken of: told and asked every few seconds. */
"use strict";
(() => {
  const Plan = window.Plan;
  const { data, table } = Plan;
  const box = document.getElementById("company");
  const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
  const whole = data.columns[0].label;
  const Company = { people: [], more: 0, marks: new Map(), tag: "" };
  window.Company = Company;
  let waiting = 0;

  Company.period = (label) => (label === whole ? "" : label);
  /* A node by the codes that are named, however the rows are ordered. */
  const node = (pairs) => JSON.stringify([...pairs].sort(([one], [other]) => (one < other ? -1 : 1)));
  const named = (path) => path.map((code, at) => [data.levels[at], code]).filter(([, code]) => code);
  const nodeOf = (row) => (row.node ??= node(named(row.p)));
  const marksOf = (row) => Company.marks.get(nodeOf(row));
  const peopleAt = (row) => Company.people.filter((one) => one.node === nodeOf(row));
  const title = (label) => data.columns.find((one) => one.label === label)?.title ?? "";

  /* The figure under the hands of the one who sits here; nobody works on a page to look at. */
  function place() {
    const at = window.Desk?.picked();
    if (!at) return {};
    return { path: JSON.stringify(at.row.p), period: Company.period(at.label) };
  }
  function form(more) {
    const told = new FormData();
    const fields = { csrfmiddlewaretoken: token, ...Plan.asked, marks: Company.tag, ...more };
    for (const [name, value] of Object.entries(fields)) told.set(name, value);
    return told;
  }

  function learn(told) {
    Company.people = told.people.map((one) => ({ ...one, node: one.at ? node(one.at.m) : null }));
    Company.more = told.more;
    if (!told.marks) return;
    Company.tag = told.tag;
    Company.marks = new Map(told.marks.map((one) => [node(one.m), new Map()]));
    for (const one of told.marks) Company.marks.get(node(one.m)).set(one.period, one.count);
  }
  /* What a row shows of others: only rows where that changes are drawn again. */
  function trace(row) {
    const people = peopleAt(row).map((one) => one.name + one.at.period);
    return [...people, ...(marksOf(row) ?? [])].join("|");
  }
  const traces = () => new Map(table.getRows().map((line) => [line, trace(line.getData().row)]));
  function draw(before) {
    for (const [line, was] of before) if (trace(line.getData().row) !== was) line.reformat();
    const names = Company.people.map((one) => (one.at ? `${one.name} (${one.at.words})` : one.name));
    const more = Company.more ? " +" + Company.more : "";
    box.querySelector("#company-names").textContent = names.join(box.dataset.comma) + more;
    box.querySelector("#company-here").hidden = names.length === 0;
    box.dataset.people = names.length;
  }
  Company.look = async () => {
    clearTimeout(waiting);
    let again = 15;
    if (!document.hidden) {
      const body = form(place());
      const answer = await fetch(box.dataset.here, { method: "POST", body }).catch(() => null);
      const told = answer?.ok ? await answer.json() : null;
      if (told) {
        const before = traces();
        again = told.again;
        learn(told);
        draw(before);
        if (window.Desk && told.position !== window.Desk.state.position) window.Desk.look();
      }
    }
    clearTimeout(waiting);
    waiting = setTimeout(Company.look, again * 1000);
  };

  const drawnBefore = Plan.drawn;
  Plan.drawn = (cell, text) => {
    drawnBefore?.(cell, text);
    const found = /^v(\d+)$/.exec(cell.getField());
    if (!found) return;
    const label = data.columns[Number(found[1])].label;
    const count = marksOf(cell.getData().row)?.get(Company.period(label));
    cell.getElement().classList.toggle("spoken", Boolean(count));
    if (count) text.title = [count + " " + box.dataset.comments, text.title].join(" · ");
  };
  Plan.named = (row, line) => {
    for (const one of peopleAt(row)) {
      const chip = document.createElement("span");
      chip.className = "editing";
      chip.textContent = box.dataset.editing.replace("{name}", one.name);
      if (one.at.period) chip.textContent += " " + title(one.at.period);
      line.append(" ", chip);
    }
  };
  document.addEventListener("visibilitychange", () => Company.look());
  addEventListener("pagehide", () => navigator.sendBeacon(box.dataset.here, form({ gone: "1" })));
  document.body.addEventListener("comments:changed", () => Company.look());
  if (document.getElementById("grid").dataset.ready) Company.look();
  else document.addEventListener("plan:ready", () => Company.look());
})();
