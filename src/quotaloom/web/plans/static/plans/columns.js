/* The columns of the plan's grid: the year, growth, share, last year, and periods that fold. */
"use strict";
const Columns = (() => {
  const HOTTEST = 300; // tenths of a percent of growth from which the tint is full
  const STEPS = 3;

  const number = (title, field, formatter, extra = {}) => ({
    title,
    field,
    formatter,
    hozAlign: "right",
    headerHozAlign: "right",
    headerSort: false,
    minWidth: 84,
    ...extra,
  });
  function figureIn(unit, yuan, money) {
    return (cell) => {
      const fen = cell.getValue();
      const text = document.createElement("span");
      text.textContent = Figures.shown(fen, unit.size, unit.decimals);
      if (fen !== null && money) text.title = Figures.inFull(fen) + " " + yuan;
      window.Plan?.drawn?.(cell, text);
      return text;
    };
  }
  const rate = (cell) => Figures.tenths(cell.getValue());
  /* Growth in a tint: the further from none, the deeper; less than none in another hue. */
  function growth(cell) {
    const tenths = cell.getValue();
    const deep = Math.min(Math.ceil((Math.abs(tenths ?? 0) / HOTTEST) * STEPS), STEPS);
    const marks = cell.getElement().classList;
    for (let step = 1; step <= STEPS; step += 1) {
      marks.toggle("more-" + step, step === deep && tenths > 0);
      marks.toggle("less-" + step, step === deep && tenths < 0);
    }
    return Figures.tenths(tenths);
  }

  /* The weights that the plan was decomposed by, as their file counts them; their share on hover. */
  function potentialOf({ potential, top }, words) {
    return (cell) => {
      const weight = cell.getValue();
      const text = document.createElement("span");
      text.textContent = Figures.shown(weight, potential, weight % potential ? 2 : 0);
      const share = top.b ? Figures.tenths(Math.round((weight * 1000) / top.b)) : "—";
      text.title = words.of_potential.replace("{share}", share);
      return text;
    };
  }

  const within = (periods, one) => periods.filter((other) => other.in === one.label);
  function isFolded(periods, one, folded) {
    const around = periods.find((other) => other.label === one.in);
    return Boolean(around) && (folded.has(around.label) || isFolded(periods, around, folded));
  }
  /* The head of a period that has others in it: a button that shows or hides them. */
  function foldable(one, folded, turn, word) {
    return () => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fold-period";
      button.textContent = one.title;
      button.dataset.period = one.label;
      button.setAttribute("aria-expanded", String(!folded.has(one.label)));
      button.title = word + " " + one.title;
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        turn(one.label);
      });
      return button;
    };
  }

  /* ``folded`` holds the labels of periods whose parts are hidden, ``turn`` folds one or opens it;
     ``more`` are columns of another script. */
  function of({ data, words, unit, leaves, folded, turn, more }) {
    const [year, ...periods] = data.columns.map((one, at) => ({ ...one, at }));
    const figure = figureIn(unit, words.yuan, data.money);
    const period = (one) => {
      const parts = leaves && within(periods, one).length;
      const head = parts ? { titleFormatter: foldable(one, folded, turn, words.fold) } : {};
      return number(one.title, "v" + one.at, figure, { cssClass: one.leaf ? "" : "sum", ...head });
    };
    const hasSums = periods.some((one) => !one.leaf);
    const wanted = periods.filter((one) => !one.leaf || leaves || !hasSums);
    return [
      number(year.title, "v0", figure, { cssClass: "year", minWidth: 100 }),
      number(words.growth, "g", growth, { minWidth: 72 }),
      number(words.share, "s", rate, { minWidth: 72 }),
      number(words.last_year, "y", figure),
      ...(data.potential ? [number(words.potential, "b", potentialOf(data, words))] : []),
      ...more,
      ...wanted.filter((one) => !isFolded(periods, one, folded)).map(period),
    ];
  }
  return { of, number };
})();
