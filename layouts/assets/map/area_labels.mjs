/* How many are somewhere in a wider area, written inside it: from as many people on as a map need say, and as many pixels
   as a line of words fits, the largest first, none over a dark cell, a panel or other words; beside it with a line, where
   an area with many has no place inside. The same numbers are said at the pointer and stand in the table, so these are not
   read aloud. */
import { ringOf } from "./cell_shapes.mjs";
import { isDrawn } from "./classes.mjs";
import { isClear, leadTo, sheetOfLeads, tries } from "./leaders.mjs";
import { hideCovered } from "./names.mjs";
import { boxOn, coversOf, DARK, marksOf, meets, under } from "./room.mjs";
import { depthAt, isWider, now, valuesNow } from "./shown.mjs";

const LEAST = 20; // people; the card of an area tells of fewer
const WIDEST = 150; // pixels from side to side, at least
const MOST = 16;
const INSIDE = 17; // pixels from the side to the middle of the words
const PARTS = [0, 0.12, 0.24, 0.36, 0.48, 0.6, 0.72, 0.86, 1]; // of the way from the side to the middle
const TURNS = [0.5, 0.25, 0.75]; // where along a side the way begins, the middle first
const HIGH = 19;
const MANY = 3; // areas, the largest, that have their number in any case
const LONGEST = 150; // pixels of the line to it, where it is outside
const ALONG = [0.35, 0.6, 0.85]; // of the way from the middle to a corner: where the line may end
let layer = null;
let leads = null;
let written = [];

/* Write the words of a map where it is still, and move them with it. */
export function labelAreas(map) {
  layer?.remove();
  layer = Object.assign(document.createElement("div"), { className: "area-labels" });
  layer.setAttribute("aria-hidden", "true");
  leads = sheetOfLeads();
  map.getContainer().append(layer);
  map.on("move", () => follow(map));
  const soon = () => requestAnimationFrame(() => write(map)); // after the names of routes, which come first
  for (const act of ["idle", "resize"]) map.on(act, soon);
}

export function write(map) {
  layer.replaceChildren(leads);
  const names = [...map.getContainer().querySelectorAll(".route-label")].map((name) => boxOn(map, name));
  const foot = [...document.querySelectorAll(".map-end > *")].map((each) => boxOn(map, each));
  const taken = [...names, ...foot, ...marksOf(map)];
  const covers = coversOf(map);
  written = [];
  for (const [at, area] of largest(map).entries()) written.push(...writeOne(map, area, taken, covers, at < MANY));
  follow(map);
  hideCovered(map, taken);
}

function writeOne(map, area, taken, covers, isLarge) {
  const label = Object.assign(document.createElement("span"), { className: "area-label" });
  label.textContent = now.answer.wider_label.replace("{}", valuesNow()[area.cell].toLocaleString("en"));
  layer.append(label);
  const wide = label.offsetWidth;
  const inside = quietest(map, area, wide, taken, covers);
  const aside = inside || !isLarge ? null : beside(map, area, wide, taken, covers);
  const box = inside ?? aside?.box;
  if (!box) {
    label.remove();
    return [];
  }
  taken.push(box);
  const place = map.unproject([box.left + box.wide / 2, box.top + box.high / 2]);
  return [{ label, place, box, lead: aside?.lead, end: aside && map.unproject([aside.dot.x, aside.dot.y]) }];
}

/* Return the nearest place outside an area that is free of cells, else of dark ones, and where the line from it ends. */
function beside(map, { corners, x, y }, wide, taken, covers) {
  const inwards = (corner, part) => ({ x: x + (corner.x - x) * part, y: y + (corner.y - y) * part });
  const dots = corners.slice(1).flatMap((corner) => ALONG.map((part) => inwards(corner, part)));
  const placed = written.filter(({ lead }) => lead);
  let second = null;
  for (const found of tries(dots, [wide, HIGH], LONGEST)) {
    if (!isClear(found, placed, taken)) continue;
    const highest = under(map, found.box, covers);
    if (highest === null || highest >= DARK) continue;
    if (highest < 0) return found;
    second ??= found;
  }
  return second;
}

function follow(map) {
  const lines = [];
  for (const { label, place, box, end } of written) {
    const { x, y } = map.project(place);
    label.style.transform = `translate(-50%, -50%) translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    if (end) lines.push(...leadTo(map.project(end), { ...box, left: x - box.wide / 2, top: y - box.high / 2 }));
  }
  leads.replaceChildren(...lines);
}

/* Return the wider areas in view that are wide enough, with their corners and middle in pixels. */
function largest(map) {
  if (!now.answer?.wider || now.asked || now.isHidden || now.isPlain || !now.code) return [];
  const { clientWidth: wide, clientHeight: high } = map.getContainer();
  const values = valuesNow();
  const areas = [];
  for (let cell = 0; isWider(cell); cell++) {
    if (!isDrawn(now.drawn[cell]) || values[cell] < LEAST) continue;
    const { corners, x, y } = areaOf(map, now.set, cell);
    const reach = Math.hypot(corners[0].x - x, corners[0].y - y);
    if (reach * Math.sqrt(3) >= WIDEST && x > 0 && y > 0 && x < wide && y < high) areas.push({ cell, corners, x, y });
  }
  return areas.sort((one, other) => values[other.cell] - values[one.cell]).slice(0, MOST);
}

/* Return the corners and the middle of a cell, in pixels of the map. */
export function areaOf(map, set, cell) {
  const corners = ringOf(set, cell).map((point) => map.project(point));
  const [x, y] = ["x", "y"].map((axis) => corners.slice(1).reduce((sum, one) => sum + one[axis], 0) / set.corners);
  return { corners, x, y };
}

/* Return the box inside an area in which words cover the fewest cells, fewer points of them than `most`, and no dark one,
   no panel and no other words, if there is one; those nearest to a side first, level sides hold words best. */
export function quietest(map, { corners, x, y }, wide, taken, covers, most = Infinity) {
  const ways = TURNS.flatMap((turn) => PARTS.map((part) => [turn, part]));
  const inside = ways.flatMap(([turn, part]) =>
    corners.slice(1).map((corner, at) => {
      const along = ({ [at]: from }, axis) => from[axis] + (corner[axis] - from[axis]) * turn;
      const [middleX, middleY] = [along(corners, "x"), along(corners, "y")];
      const length = Math.hypot(middleX - x, middleY - y) || 1;
      const least = INSIDE + ((wide / 2) * Math.abs(middleX - x)) / length;
      const inwards = least + Math.max(length - least, 0) * part;
      const place = [middleX + ((x - middleX) * inwards) / length, middleY + ((y - middleY) * inwards) / length];
      return { box: { left: place[0] - wide / 2, top: place[1] - HIGH / 2, wide, high: HIGH }, inwards };
    }),
  );
  let [found, fewest] = [undefined, most];
  for (const { box } of inside.toSorted((one, other) => one.inwards - other.inwards)) {
    if (!isWithin(corners, box) || taken.some((other) => meets(box, other))) continue;
    const highest = under(map, box, covers);
    if (highest === null || highest >= DARK) continue;
    const covered = coveredBy(map, box);
    if (covered < fewest) [found, fewest] = [box, covered];
    if (!covered) break;
  }
  return found;
}

/* Whether both ends of a line of words lie within an area, whose sides turn one way. */
export function isWithin(corners, { left, top, wide, high }) {
  const y = top + high / 2;
  return [left, left + wide].every((x) => {
    const turns = corners.slice(1).map((to, at) => {
      const from = corners[at];
      return Math.sign((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x));
    });
    return new Set(turns.filter(Boolean)).size < 2;
  });
}

function coveredBy(map, { left, top, wide, high }) {
  const downs = [0, high / 2, high];
  const points = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => downs.map((down) => [left + part * wide, top + down]));
  return points.filter((point) => depthAt(map.unproject(point)) >= 0).length;
}
