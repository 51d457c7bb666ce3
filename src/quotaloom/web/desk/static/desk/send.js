/* What the workbench asks of the server, and what it does with the answer. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { words, state, tools, byId } = Desk;

  /* What every request carries: the cut, the branches to renew, what was seen, how to spread. */
  Desk.form = (at, more = {}) => {
    const told = new FormData(tools);
    const where = at ? { path: JSON.stringify(at.row.p), period: Desk.period(at.label) } : {};
    const fields = {
      ...Plan.asked,
      open: JSON.stringify(Plan.loaded()),
      seen: state.position,
      shape: state.shape,
      ...where,
      ...more,
    };
    for (const [name, value] of Object.entries(fields)) told.set(name, value);
    return told;
  };

  /* Answers {status, told}: 200 done, 409 others wrote meanwhile, 422 refused, 0 no answer. */
  Desk.send = async (verb, body) => {
    const token = tools.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    try {
      const address = verb + "?unit=" + tools.dataset.unit;
      const answer = await fetch(address, { method: "POST", body, headers });
      const told = await answer.json();
      told.isPart = body.get("seen") !== "" && told.shape === body.get("shape");
      if (told.met) return { status: 409, told };
      return { status: told.findings ? 422 : answer.status, told };
    } catch {
      return { status: 0, told: { findings: [words.failed] } };
    }
  };

  /* Answers whether it was written. A refusal is said where the user types, else in the line. */
  Desk.write = async (verb, body) => {
    const since = performance.now();
    const { status, told } = await Desk.send(verb, body);
    if (status === 409) Desk.meet(told.met, verb, body);
    else if (status === 200) {
      Desk.closeTyping();
      await Desk.show(told);
      const ms = Math.round(performance.now() - since);
      const done = Desk.put(told.cells ? words.done : words.saved, { text: told.text, ms });
      Desk.say([done, ...told.notes].join(" "), "good");
    } else Desk.refused((told.findings ?? [words.failed]).join(" "));
    return status === 200;
  };
})();
