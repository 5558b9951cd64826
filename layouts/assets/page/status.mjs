/* Says so when the server does not answer a change, and takes it back when it does again; closes the notice that part
   of the address was not understood. */
function say(isTrouble) {
  const notice = document.getElementById("trouble");
  if (notice) notice.hidden = !isTrouble;
}

/* The notice about the address closes; the focus goes to the sentence of what is shown. */
function dismiss() {
  window.dash_clientside.set_props("not-understood", { hidden: true });
  const sentence = document.getElementById("sentence");
  sentence.tabIndex = -1;
  sentence.focus();
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    if (target.id === "not-understood-dismiss") dismiss();
  });
  const ask = window.fetch.bind(window);
  window.fetch = async (target, options) => {
    if (!String(target?.url || target).includes("_dash-update-component")) return ask(target, options);
    try {
      const answer = await ask(target, options);
      say(answer.status >= 400);
      return answer;
    } catch (failure) {
      if (failure.name !== "AbortError") say(true);
      throw failure;
    }
  };
}
