/* What a figure would be if its siblings shared their total as past figures did. */
"use strict";
(() => {
  const Plan = window.Plan;
  const Desk = window.Desk;
  const { data, rows, key } = Plan;
  const { words, byId } = Desk;
  const on = byId("suggested-on");

  /* The nearest row above: a branch that skips a level has a blank in its path. */
  function above(row) {
    for (let path = row.p.slice(0, -1); path.length; path = path.slice(0, -1)) {
      if (rows.has(key(path))) return rows.get(key(path));
    }
    return data.top;
  }
  /* In 分, a multiple of the plan's unit; nothing where there is no past to follow. */
  Desk.suggested = (row, at) => {
    const whole = above(row);
    if (!row.p.length || !row.b || !whole.b) return null;
    const { unit } = Desk.state;
    return Math.round((whole.v[at] * row.b) / whole.b / unit) * unit;
  };
  Desk.adopt = () => {
    const at = Desk.picked();
    const fen = at && Desk.suggested(at.row, Number(at.field.slice(1)));
    if (fen === null) Desk.say(words.no_suggestion);
    else Desk.type(at, data.money ? Figures.exact(fen, 100) + "元" : String(fen));
  };

  function ghost(cell) {
    const text = document.createElement("span");
    text.className = "ghost";
    text.textContent = Figures.shown(
      Desk.suggested(Plan.of(cell).row, 0),
      Plan.unit.size,
      Plan.unit.decimals,
    );
    return text;
  }
  Plan.columns = () => (on.checked ? [Columns.number(words.suggested, "suggested", ghost)] : []);
  on.addEventListener("change", Plan.arrange);
})();
