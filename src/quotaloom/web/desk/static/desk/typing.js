/* The small window at a figure: what is typed, what it would do, and writing it. */
"use strict";
(() => {
  const { table } = window.Plan;
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const typing = byId("typing");
  const typed = byId("typed");
  const says = byId("typed-says");
  const PAUSE = 150; // ms without a key before the server is asked what it would do
  let target = null;
  let asking = 0;
  let waiting = 0;

  Desk.isTyping = () => !typing.hidden;
  /* Say something about what is typed; ``asked`` is the figure that it answers. */
  function tell(text, mood = "", asked = "") {
    says.textContent = text;
    says.className = mood;
    says.dataset.asked = asked;
  }
  Desk.refused = (text) => {
    if (typing.hidden) Desk.say(text, "bad");
    else tell(text, "bad");
  };

  function place(cell) {
    const where = cell.getElement().getBoundingClientRect();
    const left = Math.max(8, Math.min(where.right - 320, innerWidth - 336));
    const top = Math.min(where.top - 6, innerHeight - 110);
    typing.style.setProperty("left", left + "px");
    typing.style.setProperty("top", top + "px");
  }
  /* Whether a figure may be typed into; where not, why is said. */
  Desk.mayWrite = (at) => {
    if (!at || Desk.narrow()) return false;
    const isOver = Desk.isOver(at.label) && words.elapsed;
    const reason = Desk.isMine(at.row) ? isOver : words.locked;
    if (reason) Desk.say(reason, "bad");
    return !reason;
  };
  Desk.type = (at, first) => {
    if (!Desk.mayWrite(at)) return;
    target = at;
    typing.hidden = false;
    place(at.cell);
    typed.value = first;
    tell(words.typing);
    typed.focus();
    if (first) preview();
  };
  Desk.closeTyping = () => {
    if (typing.hidden) return;
    typing.hidden = true;
    asking += 1;
    target = null;
    Desk.focus();
    Desk.lookAtMissed();
  };

  function preview() {
    clearTimeout(waiting);
    const number = ++asking;
    if (typed.value.trim()) waiting = setTimeout(() => ask(number), PAUSE);
    else tell(words.typing);
  }
  async function ask(number) {
    if (!target) return;
    const asked = typed.value;
    const { status, told } = await Desk.send("preview", Desk.form(target, { typed: asked }));
    if (number !== asking || typing.hidden) return;
    if (status === 200) {
      const where = { name: Desk.called(target.row), period: Desk.title(target.label), ...told };
      const lines = [Desk.put(words.step, where), Desk.willDo(told), ...told.notes];
      tell(lines.join(" · "), "", asked);
      return;
    }
    const met = told.met?.map((one) => Desk.put(words.met, one));
    tell((told.findings ?? met ?? [words.failed]).join(" "), "bad", asked);
  }
  /* Write, and go on to the next figure as a spreadsheet does; back if it was refused. */
  async function enter(event) {
    const { cell } = target;
    const text = typed.value.trim();
    const writing = text ? Desk.write("edit", Desk.form(target, { typed: text })) : true;
    if (!text) Desk.closeTyping();
    Desk.moveAfter(event); // while the server works
    if (!(await writing) && Desk.isTyping()) Desk.select(cell);
  }

  typed.addEventListener("input", preview);
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      Desk.closeTyping();
    }
    if ((event.key === "Enter" || event.key === "Tab") && !event.isComposing) {
      event.preventDefault();
      enter(event);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!typing.hidden && !typing.contains(event.target)) Desk.closeTyping();
  });
  table.on("cellDblClick", (_event, cell) => Desk.type(Desk.place(cell), ""));
})();
