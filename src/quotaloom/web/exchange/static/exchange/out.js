/* What the workbench shows goes out by a form: the house notes it, so that it can come back. */
"use strict";
(() => {
  const link = document.getElementById("export");
  const token = document.querySelector("#desk [name=csrfmiddlewaretoken]");
  if (!link || !token) return;
  const form = document.createElement("form");
  form.method = "post";
  form.hidden = true;
  form.append(token.cloneNode());
  document.body.append(form);
  /* The page's own script has put what is open and filtered into the address by now. */
  link.addEventListener("click", (event) => {
    event.preventDefault();
    form.action = link.href;
    form.submit();
  });
})();
