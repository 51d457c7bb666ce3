/* Files dropped on the page become those of the form; it says how many there are. */
"use strict";
(() => {
  const zone = document.querySelector("[data-drop]");
  if (!zone) return; // who may only look is offered no form
  const input = document.getElementById("file");
  const chosen = document.getElementById("files-chosen");

  const over = (event, is) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  const tell = () => {
    const names = [...input.files].map((file) => file.name);
    if (names.length) chosen.textContent = `${names.length} · ${names.slice(0, 5).join("、")}${names.length > 5 ? " …" : ""}`;
  };

  zone.addEventListener("dragenter", (event) => over(event, true));
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    tell();
  });
  input.addEventListener("change", tell);
})();
