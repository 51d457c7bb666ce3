/* The curve of the cockpit, and [ ] for the period before and after. */
"use strict";
(() => {
  const box = document.getElementById("curve");
  const days = JSON.parse(document.getElementById("curve-data").textContent);
  const words = JSON.parse(document.getElementById("curve-words").textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const unit = { size: Number(box.dataset.unit), decimals: Number(box.dataset.decimals) };
  const shown = (amount) => (amount === null ? "—" : Figures.shown(amount, unit.size, unit.decimals));
  let drawn = null;

  function line(name, field, style) {
    return {
      name,
      type: "line",
      showSymbol: false,
      animation: false,
      connectNulls: false,
      data: days.map((one) => one[field]),
      lineStyle: style,
      itemStyle: { color: style.color },
    };
  }

  function draw() {
    const text = { color: colour("--muted"), fontSize: 11 };
    drawn ??= echarts.init(box, null, { renderer: "canvas" });
    drawn.setOption({
      grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
      tooltip: {
        trigger: "axis",
        formatter: (points) => [points[0].axisValue, ...points.map((one) => `${one.seriesName} ${shown(one.value ?? null)}`)].join("<br>"),
      },
      xAxis: { type: "category", data: days.map((one) => one.day), axisLabel: { ...text, formatter: (day) => day.slice(5), hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line-strong") } } },
      yAxis: { type: "value", name: box.dataset.word, nameTextStyle: text, axisLabel: { ...text, formatter: shown }, splitLine: { lineStyle: { color: colour("--line") } } },
      series: [
        line(words.ago, "ago", { color: colour("--last-year"), width: 1.5 }),
        line(words.plan, "plan", { color: colour("--plan"), width: 1.5, type: "dashed" }),
        line(words.fact, "fact", { color: colour("--fact"), width: 2.5 }),
      ],
    });
    box.dataset.drawn = "yes";
  }

  const library = document.createElement("script");
  library.src = box.dataset.chart;
  library.addEventListener("load", draw);
  document.head.append(library);
  addEventListener("resize", () => drawn?.resize());
  addEventListener("keydown", (event) => {
    const door = { "[": "before", "]": "after" }[event.key];
    const isTyping = event.target.closest("input, select, textarea");
    if (door && !isTyping && !event.ctrlKey && !event.metaKey) document.getElementById(door)?.click();
  });
})();
