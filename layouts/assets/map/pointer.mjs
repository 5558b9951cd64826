/* Which cell is under the pointer or the keys, and what is said of it. */
import { degreesFrom, nameOf } from "./cell_shapes.mjs";
import { isDrawn } from "./classes.mjs";
import { clickMap, innerMap } from "./inner_map.mjs";
import { nearestWords, openAt } from "./lines.mjs";
import { holds, panelBoxes } from "./room.mjs";
import { brief, cellAt, now, shownCells, valuesNow } from "./shown.mjs";
import { note, tell, tellAt, tip } from "./tip.mjs";

const SOON = 90; // milliseconds that the pointer rests before the server is asked
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const words = new Map(); // of the cells of this question
let resting = null;
let isTouch = false; // a finger hovers over nothing: what it taps opens a card
let isByKeys = false; // the cell that is marked was reached by keys: its place is said aloud

/* The value at once, the rest as soon as the server has said it. */
export function hover(cell, point, away) {
  const box = tip();
  if (!box) return;
  const layer = now.asked?.layer ?? now.layer;
  if (!now.isPlain && layer) {
    layer.mark("hovered", isByKeys ? -1 : cell);
    layer.mark("focused", isByKeys ? cell : -1);
  }
  document.querySelector(".map-panel").classList.toggle("has-cell-focused", isByKeys && cell >= 0);
  [now.over, box.hidden] = [cell, cell < 0];
  if (cell < 0) return;
  if (now.asked) {
    tellAt(now.asked.answer.says[cell], point, away);
    return;
  }
  const known = now.values ? null : words.get(cell); // a step of time has its own numbers
  tellAt(known || [brief(cell)], point, away);
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
    if (now.over !== cell) return;
    tell(words.get(cell));
    if (isByKeys) note(words.get(cell).join(". "), { isHeard: true });
  } catch {
    return; // the value is shown; the rest can wait for the next try
  }
}

export function followPointer(map) {
  map.on("mousemove", (event) => {
    if (isTouch) return;
    isByKeys = false;
    const near = nearestWords(event.point);
    hover(near ? -1 : cellAt(event.lngLat), event.point);
    if (near) tellAt(near, event.point);
  });
  map.on("click", (event) => !now.isPlain && (now.asked ? hover(cellAt(event.lngLat), event.point) : openAt(event)));
  map.on("mouseout", () => hover(-1));
  map.on("movestart", () => {
    if (isByKeys && tip()) tip().hidden = true; // what was reached by keys stays where they are
    else hover(-1);
  });
}

/* Return which of some points lies next in a direction: the nearest, what is aside counts twice; −1 where none does. */
export function nextTowards([x, y], [across, down], points) {
  let [best, found] = [Infinity, -1];
  for (const [at, point] of points.entries()) {
    const [right, low] = [point[0] - x, point[1] - y];
    const ahead = right * across + low * down;
    const aside = Math.abs(right * down) + Math.abs(low * across);
    if (ahead < 1 || aside > ahead || ahead + 2 * aside >= best) continue;
    [best, found] = [ahead + 2 * aside, at];
  }
  return found;
}

/* Return the cells whose middle is seen, highest first. */
function cellsSeen(map) {
  const { clientWidth, clientHeight } = map.getContainer();
  const boxes = panelBoxes(map);
  const { set } = shownCells();
  const [value, drawn] = now.asked ? [now.asked.answer.value, now.asked.code] : [valuesNow(), now.drawn];
  const isHere = (cell) => {
    const { x, y } = map.project(degreesFrom(set, cell));
    const isInside = x >= 0 && x <= clientWidth && y >= 0 && y <= clientHeight;
    return isInside && !boxes.some((box) => holds(box, x, y));
  };
  const seen = [...value.keys()].filter((cell) => isDrawn(drawn[cell]) && isHere(cell));
  return seen.sort((one, other) => Math.abs(value[other]) - Math.abs(value[one]));
}

/* Return the cell that a key leads to from the one that is marked, the highest where none is; −1 for none. */
function ledTo(key, map) {
  const seen = cellsSeen(map);
  const at = seen.indexOf(now.over);
  if (at < 0 || !seen.length) return seen[0] ?? -1;
  const by = { PageDown: 1, PageUp: -1 }[key];
  if (by) return seen[(at + by + seen.length) % seen.length];
  const places = seen.map((cell) => map.project(degreesFrom(shownCells().set, cell))).map(({ x, y }) => [x, y]);
  return seen[nextTowards(places[at], ARROWS[key], places)] ?? -1;
}

/* On the map, arrows lead to the next cell that way, Page Down and Page Up through the cells in view, highest first; where
   no cell is that way, arrows move the map. Enter opens the cell that is marked. */
function followKeys(event) {
  const map = innerMap();
  if (!map || !now.set || (now.isHidden && !now.asked) || event.target !== map.getCanvas()) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "Enter" && now.over >= 0 && !now.asked) clickMap({ location: nameOf(now.set, now.over) });
  if (!ARROWS[event.key] && !["PageDown", "PageUp"].includes(event.key)) return;
  const next = ledTo(event.key, map);
  if (next < 0) return;
  event.preventDefault();
  event.stopPropagation(); // the map itself would move
  isByKeys = true;
  hover(next, map.project(degreesFrom(shownCells().set, next)), ARROWS[event.key]);
  note((now.asked ? now.asked.answer.says[next] : words.get(next) || [brief(next)]).join(". "), { isHeard: true });
}

const notePointer = ({ pointerType }) => (isTouch = pointerType === "touch");

export function start() {
  document.addEventListener("keydown", followKeys, { capture: true });
  for (const act of ["pointerdown", "pointermove"]) document.addEventListener(act, notePointer, { capture: true });
}
