/* The key as a control of the classes: a press keeps only that class on the map, Shift adds another, a press again shows
   all; what is kept is in the address (data/query/parameters.py). A class under the pointer mutes the others. And of the
   other marks the key has those that are in view. */
import { draw } from "./cells.mjs";
import { degreesFrom, ringOf } from "./cell_shapes.mjs";
import { DOMINATED, isDrawn } from "./classes.mjs";
import { ready } from "./inner_map.mjs";
import { hasGathered } from "./lines.mjs";
import { hasCourses } from "./routes.mjs";
import { isWider, now, whenCellsDrawn } from "./shown.mjs";

const buttons = () => [...document.querySelectorAll(".key-class")];
const ofButton = (button) => Number(button.dataset.class);

/* Return the classes that are kept once one is pressed; null for all. */
export function keptAfter(kept, pressed, isAdded) {
  const before = kept ?? [];
  const without = before.filter((one) => one !== pressed);
  if (without.length < before.length) return isAdded && without.length ? without : null;
  return isAdded ? [...before, pressed] : [pressed];
}

/* Keep some classes on the map at once, and tell the page, which writes the address. */
function keep(kept) {
  now.kept = kept;
  for (const button of buttons())
    button.setAttribute("aria-pressed", String(kept?.includes(ofButton(button)) ?? false));
  draw(now.code);
  window.dash_clientside.set_props("classes-kept", { data: { classes: kept ?? [], at: Date.now() } });
}

/* Say which classes alone are shown, for as long as it holds. */
function tellKept() {
  const pill = document.querySelector(".kept-pill");
  pill.hidden = !now.kept;
  const words = pill.querySelector("[data-words]");
  const names = buttons().filter((one) => now.kept?.includes(ofButton(one)));
  words.textContent = words.dataset.words.replace("{}", names.map(({ dataset }) => dataset.name).join(", "));
}

function onPress({ target, shiftKey }) {
  const button = target.closest?.(".key-class");
  if (button && now.code) keep(keptAfter(now.kept, ofButton(button), shiftKey));
  else if (target.closest?.("[data-show-all]")) keep(null);
}

/* Mute the classes beside the one that is pointed at or has the focus; none where neither is. */
function mute({ target, type }) {
  const button = target.closest?.(".key-class");
  if (!button || !now.layer) return;
  now.layer.kept = /over|in$/.test(type) ? 1 << ofButton(button) : -1;
  now.layer.redraw();
}

/* Whether a cell is within a map, and a wider area with any part of it. */
function isOnMap(map, cell) {
  const { clientWidth, clientHeight } = map.getContainer();
  const middle = map.project(degreesFrom(now.set, cell));
  const corner = isWider(cell) ? map.project(ringOf(now.set, cell)[0]) : middle;
  const reach = Math.hypot(corner.x - middle.x, corner.y - middle.y);
  const { x, y } = middle;
  return x > -reach && y > -reach && x < clientWidth + reach && y < clientHeight + reach;
}

function tellMarks(map) {
  if (!now.drawn || !now.set) return;
  const drawn = [...now.drawn.keys()].filter((cell) => !now.isHidden && isDrawn(now.drawn[cell]) && isOnMap(map, cell));
  const isSeen = {
    area: drawn.some(isWider),
    dominated: drawn.some((cell) => now.drawn[cell] & DOMINATED),
    course: hasCourses(map),
    "many-dot": hasGathered(map),
  };
  for (const [mark, isShown] of Object.entries(isSeen))
    for (const row of document.querySelectorAll(`.key-mark:has(.${mark})`)) row.hidden = !isShown;
}

export function start() {
  whenCellsDrawn(tellKept);
  document.addEventListener("click", onPress);
  for (const act of ["pointerover", "pointerout", "focusin", "focusout"]) document.addEventListener(act, mute);
  followMap();
}

async function followMap() {
  const map = await ready();
  whenCellsDrawn(() => tellMarks(map));
  map.on("idle", () => tellMarks(map));
}
