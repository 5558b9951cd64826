/* Which cell is under the pointer or the keys, and what is said of it. */
import { degreesFrom, nameOf } from "./cell_shapes.mjs";
import { isDrawn } from "./classes.mjs";
import { clickMap, innerMap } from "./inner_map.mjs";
import { nearestWords, openAt } from "./lines.mjs";
import { brief, cellAt, now, valuesNow } from "./shown.mjs";
import { note, tell, tellAt, tip } from "./tip.mjs";

const SOON = 90; // milliseconds that the pointer rests before the server is asked
const words = new Map(); // of the cells of this question
let resting = null;

/* The value at once, the rest as soon as the server has said it. */
export function hover(cell, point) {
  const box = tip();
  if (!box) return;
  if (!now.isPlain && now.layer) now.layer.mark("hovered", cell);
  [now.over, box.hidden] = [cell, cell < 0];
  if (cell < 0) return;
  const known = now.values ? null : words.get(cell); // a step of time has its own numbers
  tellAt(known || [brief(cell)], point);
  clearTimeout(resting);
  if (!known && !now.values) resting = setTimeout(() => fetchWords(cell), SOON);
}

/* Forget what was said of cells: those of another answer may be others. */
export function forgetWords() {
  words.clear();
  hover(-1);
}

async function fetchWords(cell) {
  const query = now.query;
  try {
    const response = await fetch(`/cells/words?${query}&cell=${nameOf(now.set, cell)}`);
    if (!response.ok || query !== now.query || now.values) return;
    words.set(cell, (await response.json()).lines);
    if (now.over === cell) tell(words.get(cell));
  } catch {
    return; // the value is shown; the rest can wait for the next try
  }
}

export function followPointer(map) {
  map.on("mousemove", (event) => {
    const near = nearestWords(event.point);
    hover(near ? -1 : cellAt(event.lngLat), event.point);
    if (near) tellAt(near, event.point);
  });
  map.on("click", (event) => !now.isPlain && openAt(event));
  map.on("mouseout", () => hover(-1));
  map.on("movestart", () => hover(-1));
}

/* Page Down and Page Up on the map go through the cells in view, highest first; Enter opens the one reached. */
function followKeys(event) {
  const map = innerMap();
  if (!map || !now.set || now.isHidden || event.target !== map.getCanvas()) return;
  if (event.key === "Enter" && now.over >= 0) clickMap({ location: nameOf(now.set, now.over) });
  const by = { PageDown: 1, PageUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const bounds = map.getBounds();
  const value = valuesNow();
  const seen = [...value.keys()].filter(
    (cell) => isDrawn(now.drawn[cell]) && bounds.contains(degreesFrom(now.set, cell)),
  );
  seen.sort((one, other) => value[other] - value[one]);
  if (!seen.length) return;
  const at = seen.indexOf(now.over);
  const next = seen[at < 0 ? 0 : (at + by + seen.length) % seen.length];
  hover(next, map.project(degreesFrom(now.set, next)));
  note(brief(next));
}

export const start = () => document.addEventListener("keydown", followKeys);
