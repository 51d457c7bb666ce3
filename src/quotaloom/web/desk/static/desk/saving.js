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
  Desk.save = () => {
    dialog.returnValue = "";
    name.value = Desk.put(words.point, { time: new Date().toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" }) });
    dialog.showModal();
    name.select();
  };
})();
