/* The routes in the sheet of a phone, most people dead or missing first: the rows of the chip's list as buttons, of which
   each chooses its route. */
const MOST = 12;

function row(option) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(option.querySelector(".box-words").cloneNode(true));
  made.addEventListener("click", () =>
    window.dash_clientside.set_props("route", { value: [option.querySelector("input").value] }),
  );
  return made;
}

function fill(list) {
  const options = [...document.querySelectorAll("#route .dash-options-list-option")].slice(0, MOST);
  if (!options.length || !options.every((one) => one.querySelector(".box-words"))) return false;
  const head = document.querySelector("#route").closest(".popover").querySelector(".rows-head").cloneNode(true);
  list.replaceChildren(head, ...options.map(row));
  return true;
}

/* A wide window has no such list. */
export function start() {
  if (!window.matchMedia("(max-width: 599px)").matches) return;
  const seen = new MutationObserver(() => {
    const list = document.querySelector(".sheet-routes");
    if (list && fill(list)) seen.disconnect();
  });
  seen.observe(document.body, { childList: true, subtree: true });
}
