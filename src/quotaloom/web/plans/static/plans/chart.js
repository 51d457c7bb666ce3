/* The chart beside the grid: the picked row over its periods, the target outlined, or its parts. */
"use strict";
document.addEventListener("plan:ready", () => {
  const box = document.getElementById("chart"), frame = document.getElementById("chart-box"), title = document.getElementById("chart-title");
  const on = document.getElementById("chart-on"), { data, words, unit, top } = window.Plan;
  const places = data.columns.map((one, at) => ({ ...one, at })).filter((one) => one.leaf);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const ways = frame.querySelectorAll("[data-way]"), parts = document.getElementById("chart-parts"), up = document.getElementById("chart-up");
  const SOON = 60; // ms: a chart is drawn for who stays at a row, not for who passes over it
  let drawn = null, row = top, waiting = 0, way = "periods";
  function message() {
    const values = places.map((one) => row.v[one.at] ?? 0), largest = values.indexOf(Math.max(...values)); // "—" draws nothing
    const share = row.v[0] && data.kind === "additive" ? Figures.tenths(Math.round((values[largest] * 1000) / row.v[0])) : "—";
    return words.chart.replace("{name}", row.p.length ? row.n : words.total).replace("{period}", places[largest].title).replace("{share}", share);
  }
  function show(picked) {
    row = picked;
    clearTimeout(waiting);
    waiting = setTimeout(draw, SOON);
  }
  /* The parts of the picked row, or of the row above one that has none. */
  async function divide() {
    const { children, load, rows, key } = window.Plan, asked = row;
    let whole = row.p.length && !row.c ? (rows.get(key(row.p.slice(0, -1))) ?? top) : row;
    if (!children(whole).length && whole.c !== 0) await load(whole.p, 1);
    if (asked !== row || way !== "parts") return;
    const found = Parts.sorted(children(whole), words.others), sum = children(whole).reduce((all, one) => all + (one.v[0] ?? 0), 0);
    const share = (value) => (sum > 0 ? Figures.tenths(Math.round((value * 1000) / sum)) : "—");
    const said = (one) => `${one.name} ${Figures.shown(one.value, unit.size, unit.decimals)} ${unit.word} ${share(one.value)}`;
    title.textContent = found.length ? words.largest.replace("{name}", whole.p.length ? whole.n : words.total).replace("{part}", found[0].name).replace("{share}", share(found[0].value)) : words.nothing;
    up.hidden = !whole.p.length;
    up.onclick = () => show(rows.get(key(whole.p.slice(0, -1))) ?? top);
    Parts.draw(parts, found, { said, go: show });
  }
  function choose(wanted) {
    way = wanted;
    for (const one of ways) one.setAttribute("aria-pressed", String(one.dataset.way === way));
    parts.hidden = way !== "parts"; box.hidden = way !== "periods"; up.hidden = true;
    draw();
    drawn?.resize();
  }
  function draw() {
    if (frame.hidden) return;
    if (way === "parts") { divide(); return; }
    title.textContent = message();
    if (!window.echarts || frame.hidden) return;
    drawn ??= echarts.init(box, null, { renderer: "canvas" });
    const text = { color: colour("--muted"), fontSize: 11 };
    drawn.setOption({
      animation: false,
      grid: { left: 8, right: 44, top: 8, bottom: 24, containLabel: true },
      xAxis: { type: "value", name: unit.word, nameTextStyle: text, axisLabel: { ...text, formatter: (value) => Figures.shown(value, unit.size, unit.decimals), hideOverlap: true }, splitLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "category", inverse: true, data: places.map((one) => one.title), axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line-strong") } } },
      series: [{ type: "bar", barMaxWidth: 16, data: places.map((one) => row.v[one.at]), itemStyle: { color: "transparent", borderColor: colour("--plan"), borderWidth: 1.5 }, label: { show: true, position: "right", color: colour("--ink"), fontSize: 11, formatter: ({ value }) => Figures.shown(value, unit.size, unit.decimals) } }],
    });
  }
  document.addEventListener("plan:picked", (event) => { if (event.detail !== row) show(event.detail); });
  document.addEventListener("plan:renewed", () => show(window.Plan.rows.get(window.Plan.key(row.p)) ?? top));
  on.addEventListener("change", () => { frame.hidden = !on.checked; draw(); window.dispatchEvent(new Event("resize")); });
  addEventListener("resize", () => { drawn?.resize(); if (way === "parts") draw(); });
  for (const one of ways) one.addEventListener("click", () => choose(one.dataset.way));
  if (innerWidth < 760) { on.checked = false; frame.hidden = true; }
  const library = document.createElement("script");
  library.src = document.getElementById("grid").dataset.chart;
  library.addEventListener("load", draw);
  document.head.append(library);
  draw();
});
