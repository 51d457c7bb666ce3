/* Amounts as pages show them: whole 分 in, text in the page's unit out. */
"use strict";
const Figures = (() => {
  const separated = (whole) => String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  /* Half away from zero; amounts stay below 2**53, so the quotient is right to the last digit.
     What would read as 0 has as many more decimals as show its first digit. */
  function shown(fen, size, decimals) {
    if (fen === null || fen === undefined) return "—";
    while (fen && Math.abs(fen) / size < 0.5 / 10 ** decimals) decimals += 1;
    const scale = 10 ** decimals, scaled = Math.round((Math.abs(fen) / size) * scale);
    const whole = Math.floor(scaled / scale), part = scaled - whole * scale;
    const sign = fen < 0 && scaled ? "-" : "";
    return sign + separated(whole) + (decimals ? "." + String(part).padStart(decimals, "0") : "");
  }
  function inFull(fen) {
    const whole = Math.floor(Math.abs(fen) / 100), part = Math.abs(fen) % 100;
    return (fen < 0 ? "-" : "") + separated(whole) + (part ? "." + String(part).padStart(2, "0") : "");
  }
  /* To the last 分 in units of a power of ten of them, without separators: for a spreadsheet. */
  function exact(fen, size) {
    const whole = Math.floor(Math.abs(fen) / size), rest = Math.abs(fen) % size;
    const part = String(rest).padStart(String(size).length - 1, "0").replace(/0+$/, "");
    return (fen < 0 ? "-" : "") + whole + (part ? "." + part : "");
  }
  const tenths = (rate) => (rate === null || rate === undefined ? "—" : (rate < 0 ? "-" : "") + separated(Math.floor(Math.abs(rate) / 10)) + "." + (Math.abs(rate) % 10) + "%");
  return { shown, inFull, exact, tenths };
})();
