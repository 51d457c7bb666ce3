/* Ctrl+S: a name for the plan as it is now, among its versions. */
"use strict";
(() => {
  const Desk = window.Desk;
  const { words, byId } = Desk;
  const dialog = byId("saving");
  const name = byId("saving-name");

  async function save() {
    const body = Desk.form(null, { name: name.value });
    const { status, told } = await Desk.send("../versions/points", body);
    if (status === 200) Desk.say(told.said, "good");
    else Desk.say((told.findings ?? [words.failed]).join(" "), "bad");
  }
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "ok") save();
    Desk.focus();
  });
  /* The name that is proposed: when it was. */
  function proposed() {
    const { lang } = document.documentElement;
    const time = new Date().toLocaleString(lang, { dateStyle: "short", timeStyle: "short" });
    return Desk.put(words.point, { time });
  }
  Desk.save = () => {
    dialog.returnValue = "";
    name.value = proposed();
    dialog.showModal();
    name.select();
  };
})();
