/* Others changed the same figures meanwhile: both in figures, and the choice between them. */
"use strict";
(() => {
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("met");
  const ALWAYS = ["was", "theirs"];
  const WAYS = ["mine", "add", "rest"];

  const element = (name, text = "") =>
    Object.assign(document.createElement(name), { textContent: text });
  function item(one) {
    const line = element("li", Desk.put(words.met, one));
    const said = element("pre", one.what);
    said.className = "said";
    line.append(said);
    return line;
  }
  function row(line, ways) {
    const told = element("tr");
    told.append(element("th", line.name));
    told.firstChild.scope = "row";
    for (const way of [...ALWAYS, ...ways]) {
      const cell = element("td", line[way]);
      cell.className = ways.includes(way) && line[way] !== line.theirs ? "number moved" : "number";
      told.append(cell);
    }
    return told;
  }
  function head(ways) {
    const told = element("tr");
    for (const way of ["figure", ...ALWAYS, ...ways]) {
      const cell = element("th", words.ways[way]);
      cell.scope = "col";
      told.append(cell);
    }
    return told;
  }

  /* The figures of both and of what keeps both; nothing where the server does not tell them. */
  async function compared(verb, body) {
    if (verb !== "edit") return null;
    const asked = new FormData();
    for (const [name, value] of body) asked.set(name, value);
    const { told } = await Desk.send("compare", asked);
    return told.lines ? told : null;
  }
  /* Written against what was compared, so that a third who writes meanwhile is met again. */
  function write(verb, body, way, seen) {
    dialog.close();
    body.set("seen", seen);
    if (way === "mine") body.delete("merge");
    else body.set("merge", way);
    Desk.write(verb, body);
  }

  Desk.meet = async (met, verb, body) => {
    if (!body.has("was")) body.set("was", body.get("seen"));
    const told = await compared(verb, body);
    const ways = told?.ways ?? ["mine"];
    const seen = told?.position ?? Math.max(...met.map((one) => one.seq));
    byId("met-list").replaceChildren(...met.map(item));
    byId("met-head").replaceChildren(head(ways));
    byId("met-figures").replaceChildren(...(told?.lines ?? []).map((line) => row(line, ways)));
    byId("met-table").hidden = !told;
    for (const way of WAYS) {
      const button = byId("met-" + way);
      button.hidden = !ways.includes(way);
      button.onclick = () => write(verb, body, way, seen);
    }
    byId("met-theirs").onclick = () => {
      dialog.close();
      Desk.closeTyping();
      Desk.look(true);
    };
    dialog.showModal();
  };
})();
