/* The chart beside the grid: the picked row over its periods, the target outlined, sums by quarter. */
"use strict";
document.addEventListener("plan:ready", () => {
  const box = document.getElementById("chart"), frame = document.getElementById("chart-box"), title = document.getElementById("chart-title");
  const on = document.getElementById("chart-on"), { data, words, unit, top } = window.Plan;
  const places = data.columns.map((one, at) => ({ ...one, at })).filter((one) => one.leaf);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const SOON = 60; // ms: a chart is drawn for who stays at a row, not for who passes over it
  let drawn = null, row = top, waiting = 0;
  function message() {
    const values = places.map((one) => row.v[one.at] ?? 0), largest = values.indexOf(Math.max(...values)); // "—" draws nothing
    const share = row.v[0] && data.kind === "additive" ? Figures.tenths(Math.round((values[largest] * 1000) / row.v[0])) : "—";
    return words.chart.replace("{name}", row.p.length ? row.n : words.total).replace("{period}", places[largest].title).replace("{share}", share);
  }
  function show(picked) {
    row = picked;
    title.textContent = message();
    clearTimeout(waiting);
    waiting = setTimeout(draw, SOON);
  }
  function draw() {
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
  addEventListener("resize", () => drawn?.resize());
  if (innerWidth < 760) { on.checked = false; frame.hidden = true; }
  const library = document.createElement("script");
  library.src = document.getElementById("grid").dataset.chart;
  library.addEventListener("load", draw);
  document.head.append(library);
  draw();
});
