/* Names and figures of routes beside their lines: at most eight, the largest first, none over another, over a panel or
   over a cell of the two darkest classes. Each is a button that opens the route's card. */
import { kindOf } from "./classes.mjs";
import { innerMap } from "./inner_map.mjs";
import { openRoute } from "./route_card.mjs";
import { writeList } from "./route_list.mjs";
import { mark, pointsOf, shownRoutes, whenDrawn } from "./routes.mjs";
import { cellAt, isWider, now as cells } from "./shown.mjs";

const MOST = 8;
const MOST_NARROW = 4;
const NARROW = 600; // pixels of a map
const FROM = 2500; // people, at world zoom
const CLOSER = 3.6; // from this zoom on a label has a line for each unit
const FULL = 5; // from this zoom on figures are written out
const DARK = 4; // the lowest of the two darkest classes
const WAYS = [0, 45, -45, 90, -90, 135, -135, 180]; // degrees around the end of a line
const AWAY = [14, 30, 54, 84, 120, 160]; // pixels
const SVG = "http://www.w3.org/2000/svg";
let layer = null;
let leads = null;
let placed = [];
let taken = []; // places of words on the map that the pointer goes through
let covers = []; // places of what lies over the map

function layerOn(map) {
  if (layer?.isConnected) return;
  layer = Object.assign(document.createElement("div"), { className: "route-labels" });
  leads = document.createElementNS(SVG, "svg");
  leads.setAttribute("aria-hidden", "true");
  layer.append(leads);
  map.getContainer().append(layer);
  map.on("move", follow);
  map.on("idle", write);
}

const linesOf = (route, zoom) => {
  if (zoom < CLOSER) return [];
  return zoom < FULL ? route.short : route.full;
};

/* Return the routes that have a label here, the most important first. */
function wanted(zoom) {
  const all = Object.entries(shownRoutes());
  const kept = zoom < CLOSER && all.length > 3 ? all.filter(([, route]) => route.toll >= FROM) : all;
  return kept.sort(([, one], [, other]) => other.toll - one.toll);
}

function made([id, route], zoom) {
  const label = Object.assign(document.createElement("button"), { className: "route-label", type: "button" });
  const name = Object.assign(document.createElement("span"), { className: "route-name", textContent: route.name });
  const lines = linesOf(route, zoom).map(([flow, words]) =>
    Object.assign(document.createElement("span"), {
      className: flow === "arrivals" ? "route-arrivals" : "route-flow",
      textContent: words,
    }),
  );
  if (!lines.length && route.amount) {
    const toll = Object.assign(document.createElement("b"), { textContent: route.amount });
    name.append(" ", toll);
  }
  label.append(name, ...lines);
  label.addEventListener("click", () => openRoute(id, null, label));
  for (const [act, marked] of [
    ["pointerenter", id],
    ["focus", id],
    ["pointerleave", null],
    ["blur", null],
  ])
    label.addEventListener(act, () => mark(marked));
  return label;
}

/* Return the last point of a line that is in view. */
function anchorOf(map, id) {
  const bounds = map.getBounds();
  const { clientWidth, clientHeight } = map.getContainer();
  const isFree = (point) => {
    const { x, y } = map.project(point);
    return x > 4 && y > 4 && x < clientWidth - 4 && y < clientHeight - 4 && isOnMap(x, y);
  };
  return pointsOf(id).findLast((point) => bounds.contains(point) && isFree(point));
}

const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.id !== "first";

/* Return what of an element stops the pointer: itself, or those of its children that do. */
const stopping = (element) =>
  getComputedStyle(element).pointerEvents === "none" ? [...element.children].flatMap(stopping) : [element];

/* Return the boxes of all that lies over the map: read once for all names, as to ask the page what is at a point costs
   half a millisecond over thousands of drawn cells, and a name asks hundreds of times. The first picture does not
   count: it goes as soon as the map is there. */
function coversOf(map) {
  const beside = [];
  for (let around = map.getContainer(); around !== document.body; around = around.parentElement) {
    beside.push(...[...around.parentElement.children].filter((each) => each !== around));
  }
  return beside
    .filter(isSeen)
    .flatMap(stopping)
    .map((each) => boxOn(map, each));
}

const isOnMap = (x, y) =>
  !covers.some(({ left, top, wide, high }) => x >= left && y >= top && x < left + wide && y < top + high);

const isNarrow = (map) => map.getContainer().clientWidth < NARROW;

const corners = ({ left, top, wide, high }) => {
  const at = [0, 0.25, 0.5, 0.75, 1];
  return at.flatMap((part) => [0, 0.5, 1].map((down) => [left + part * wide, top + down * high]));
};

/* Return what lies under a box: the highest class of cell, −1 for none; null where a panel or the edge does. */
function under(map, box) {
  const { clientWidth, clientHeight } = map.getContainer();
  let highest = -1;
  for (const [x, y] of corners(box)) {
    if (x < 0 || y < 0 || x >= clientWidth || y >= clientHeight || !isOnMap(x, y)) return null;
    const cell = cellAt(map.unproject([x, y]));
    if (cell >= 0 && !isWider(cell)) highest = Math.max(highest, kindOf(cells.code[cell]));
  }
  return highest;
}

const meets = (one, other) =>
  one.left < other.left + other.wide + 6 &&
  other.left < one.left + one.wide + 6 &&
  one.top < other.top + other.high + 4 &&
  other.top < one.top + one.high + 4;

function boxOn(map, element) {
  const [around, box] = [map.getContainer(), element].map((each) => each.getBoundingClientRect());
  return { left: box.left - around.left, top: box.top - around.top, wide: box.width, high: box.height };
}

function* tries({ x, y }, [wide, high]) {
  for (const away of AWAY) {
    for (const degrees of WAYS) {
      const turn = (degrees * Math.PI) / 180;
      const [across, down] = [Math.cos(turn), -Math.sin(turn)];
      const middle = [x + across * (away + wide / 2), y + down * (away + high / 2)];
      yield { left: middle[0] - wide / 2, top: middle[1] - high / 2, wide, high };
    }
  }
}

/* Return the nearest free place beside the end of a line, without cells under it where there is one; a small map has
   none to spare. */
function placeOf(map, end, size) {
  let second = null;
  for (const box of tries(end, size)) {
    if (placed.some((other) => meets(box, other.box)) || taken.some((other) => meets(box, other))) continue;
    const highest = under(map, box);
    if (highest === null || highest >= DARK) continue;
    if (highest < 0) return { box, isOnCells: false };
    second ??= { box, isOnCells: true };
  }
  return isNarrow(map) ? null : second;
}

/* Write the labels anew: where the map is still. */
export function write() {
  const map = innerMap();
  if (!map) return;
  layerOn(map);
  const zoom = map.getZoom();
  writeList();
  const held = document.activeElement?.closest?.(".route-label")?.dataset.route;
  for (const { label } of placed) label.remove();
  placed = [];
  taken = [...document.querySelectorAll(".map-end > *, .map-note, .play-note")].map((each) => boxOn(map, each));
  covers = coversOf(map);
  const most = isNarrow(map) ? MOST_NARROW : MOST;
  for (const each of wanted(zoom)) {
    if (placed.length === most) break;
    put(map, each, zoom);
  }
  follow();
  if (held) placed.find(({ id }) => id === held)?.label.focus({ preventScroll: true });
}

function put(map, [id, route], zoom) {
  const place = anchorOf(map, id);
  if (!place) return;
  const label = made([id, route], zoom);
  label.dataset.route = id;
  layer.append(label);
  const end = map.project(place);
  const found = placeOf(map, end, [label.offsetWidth, label.offsetHeight]);
  if (!found) return label.remove();
  label.classList.toggle("on-cells", found.isOnCells);
  const offset = [found.box.left - end.x, found.box.top - end.y];
  placed.push({ id, label, place, offset, box: found.box });
}

/* Move the labels with the map. */
function follow() {
  const map = innerMap();
  const lines = placed.map(({ label, place, offset, box }) => {
    const { x, y } = map.project(place);
    const [left, top] = [x + offset[0], y + offset[1]];
    label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    const line = document.createElementNS(SVG, "line");
    const near = [Math.max(left, Math.min(x, left + box.wide)), Math.max(top, Math.min(y, top + box.high))];
    for (const [name, value] of Object.entries({ x1: x, y1: y, x2: near[0], y2: near[1] }))
      line.setAttribute(name, value);
    return line;
  });
  leads.replaceChildren(...lines);
}

export const start = () => whenDrawn(() => window.requestAnimationFrame(write));
