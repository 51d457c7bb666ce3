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
  const amount = (fen) => Figures.shown(fen, Plan.unit.size, Plan.unit.decimals);
  const added = (values) => values.reduce((one, other) => one + other, 0);

  /* How many totals were added up, and the largest gap between one and its parts, in 分. */
  function checked() {
    let count = 0;
    let gap = 0;
    const compare = (total, values) => {
      count += 1;
      gap = Math.max(gap, Math.abs(total - added(values)));
    };
    for (const row of [data.top, ...rows.values()]) {
      const children = Plan.children(row);
      row.v.forEach((total, at) => {
        if (children.length) compare(total, children.map((child) => child.v[at]));
        if (parts[at].length) compare(total, parts[at].map((part) => row.v[part]));
      });
    }
    return { count, gap };
  }
  Desk.tally = () => {
    const { count, gap } = checked();
    const told = { count: count.toLocaleString("en"), gap: amount(gap), unit: Plan.unit.word };
    byId("agrees").textContent = Desk.put(gap ? words.gap : words.agrees, told);
    byId("agrees").className = gap ? "bad" : "good";
    byId("unallocated").textContent = amount(Desk.state.unallocated);
  };
  document.addEventListener("plan:loaded", Desk.tally);
  Desk.tally();
})();
