/* Says when caps lock is on. */
"use strict";
(() => {
  const form = document.querySelector("[data-caps]"), hint = document.getElementById("caps");
  if (form && hint) form.addEventListener("keyup", (event) => { if (event.getModifierState) hint.hidden = !event.getModifierState("CapsLock"); });
})();
