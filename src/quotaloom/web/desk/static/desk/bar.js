/* Below the grid: whether every total shown is the sum of its parts, and what is not given out. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { data, rows } = Plan;
  const { words, byId } = Desk;
  const parts = data.columns.map(({ label }) =>
    data.columns.map((one, at) => (one.in === label ? at : -1)).filter((at) => at >= 0),
  );
  const down = (children, at) => children.reduce((sum, child) => sum + child.v[at], 0);
  const across = (values, places) => places.reduce((sum, place) => sum + values[place], 0);
  const ADDS = ["additive", "balance"]; // of a balance the last period counts, and members add up
  const amount = (fen) => Figures.shown(fen, Plan.unit.size, Plan.unit.decimals);

  /* How many totals were added up, and the largest gap between one and its parts, in 分. */
  function checked() {
    let count = 0;
    let gap = 0;
    function compare(total, sum) {
      count += 1;
      gap = Math.max(gap, Math.abs(total - sum));
    }
    for (const row of [data.top, ...rows.values()]) {
      const children = Plan.children(row);
      for (let at = 0; at < row.v.length; at += 1) {
        if (children.length) compare(row.v[at], down(children, at));
        if (parts[at].length && data.kind === "additive") compare(row.v[at], across(row.v, parts[at]));
      }
    }
    return { count, gap };
  }
  Desk.tally = () => {
    if (!ADDS.includes(data.kind)) return;
    const { count, gap } = checked();
    const told = { count: count.toLocaleString("en"), gap: amount(gap), unit: Plan.unit.word };
    byId("agrees").textContent = Desk.put(gap ? words.gap : words.agrees, told);
    byId("agrees").className = gap ? "bad" : "good";
    byId("unallocated").textContent = amount(Desk.state.unallocated);
  };
  document.addEventListener("plan:loaded", Desk.tally);
  Desk.tally();
})();
