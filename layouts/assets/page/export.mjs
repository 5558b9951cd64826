/* What can be taken away: its addresses state what is shown; pictures and pages its view, pictures a size and a scale. */
const FAILED = "The picture could not be copied";
const DRAWN = "a.export-picture, a.export-page"; // what has a map in it
const ROWS = { dead: "dead_or_missing" }; // as data/query/parameters.py names them, where the page has another name
let watching = null;
const list = () => document.querySelector("details.export");
const chosen = (key) => {
  const button = document.querySelector(`.export-choice[data-key="${key}"][aria-pressed="true"]`);
  return button ? button.dataset.value : "";
};
const numbers = () => document.querySelector("a.export-numbers"); // address_bar.mjs states what is shown in it
const say = (words) => {
  document.getElementById("export-said").textContent = words;
};

/* What is shown: the selection that the other files state, and the place on the map from the page's address. */
function shown() {
  const query = new URLSearchParams(new URL(numbers().href).search);
  const view = new URLSearchParams(window.location.search).get("view");
  return [query.toString().replaceAll("%2C", ","), view ? `view=${view}` : ""].filter(Boolean);
}

/* The series that the reader has alone in the dock is drawn alone. */
function seriesAlone(path) {
  const row = path.includes("/series.") && document.querySelector(".row-alone")?.dataset.row;
  return row ? `series=${ROWS[row] ?? row}` : "";
}

function address(link, kind) {
  const isPicture = link.classList.contains("export-picture");
  const scale = kind === "png" ? `scale=${chosen("scale")}` : "";
  const form = isPicture ? [`size=${chosen("size")}`, scale, seriesAlone(link.dataset.path)] : [];
  const query = [...shown(), ...form].filter(Boolean).join("&");
  return link.dataset.path + (query ? `?${query}` : "");
}

function refresh() {
  for (const link of document.querySelectorAll(DRAWN)) link.href = address(link, link.dataset.path.split(".").pop());
}

/* Why an answer is not a picture, in the server's words where it has any. */
async function reason(answer) {
  const told = await answer.json().catch(() => ({}));
  return new Error(told.detail || `the server answered ${answer.status}.`);
}

async function picture(link) {
  const answer = await fetch(address(link, "png"));
  if (!answer.ok) throw await reason(answer);
  const drawn = await answer.blob();
  if (drawn.type !== "image/png") throw new Error("the server answered with no picture.");
  return drawn;
}

/* The promise goes into the item: a browser may only write while it still remembers the click. */
async function copy(button) {
  const link = button.parentElement.querySelector('a.export-picture[data-path$=".png"]');
  if (!navigator.clipboard || !window.ClipboardItem) {
    say(`${FAILED}: this browser copies no pictures from this address. Save the PNG.`);
    return;
  }
  button.disabled = true;
  say("Drawing the picture…");
  let cause = null;
  const drawing = picture(link).catch((error) => {
    cause = error;
    throw error;
  });
  drawing.catch(() => {}); // told below, through the clipboard's own refusal
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": drawing })]);
    say("Picture copied.");
  } catch {
    say(cause ? `${FAILED}: ${cause.message}` : `${FAILED}: the browser did not allow it. Save the PNG.`);
  }
  button.disabled = false;
  button.focus();
}

function opened() {
  say("");
  refresh();
  if (watching) return;
  watching = new MutationObserver(refresh);
  watching.observe(numbers(), { attributes: true, attributeFilter: ["href"] });
}

function choose(choice) {
  for (const each of document.querySelectorAll(`.export-choice[data-key="${choice.dataset.key}"]`)) {
    each.setAttribute("aria-pressed", String(each === choice));
  }
  refresh();
}

function follow({ target }) {
  const found = (selector) => target.closest(selector);
  if (found(".export-choice")) choose(found(".export-choice"));
  if (found(".export-copy")) copy(found(".export-copy"));
}

/* The view changes without a change of the selection: the addresses are made when they are needed. */
export function start() {
  document.addEventListener("click", follow);
  document.addEventListener("toggle", ({ target }) => target === list() && target.open && opened(), true);
  for (const kind of ["pointerdown", "focusin", "contextmenu"]) {
    document.addEventListener(kind, ({ target }) => target.closest?.(DRAWN) && refresh(), true);
  }
}
