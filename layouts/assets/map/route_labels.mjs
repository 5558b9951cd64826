/* Names and figures of routes, each with a line that ends in a dot on its route: at most eight, the largest first, none
   over another, over a panel or over a cell of the two darkest classes. Each is a button that opens the route's card. */
import { innerMap } from "./inner_map.mjs";
import { DARK, boxOn, coversOf, holds, meets, under, whenPanelsChange } from "./room.mjs";
import { openRoute } from "./route_card.mjs";
import { writeList } from "./route_list.mjs";
import { mark, pointsOf, shownRoutes, whenDrawn } from "./routes.mjs";

const MOST = 8;
const MOST_NARROW = 4;
const NARROW = 600; // pixels of a map
const FEW = 3; // routes of a choice: each is named
const FROM = 2500; // people, at world zoom
const CLOSER = 3.6; // from this zoom on a label has a line for each unit
const FULL = 5; // from this zoom on figures are written out
const PARTS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95]; // of what is seen of a route: where its dot may be
const WAYS = [0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180]; // degrees around the dot
const AWAY = [12, 24, 40, 60, 84, 112]; // pixels
const LONGEST = 96; // pixels of a line; a name further off is not read as that route's
const LONGEST_NARROW = 64;
const DOT = 2.2; // pixels
const EDGE = 10; // pixels of the map's edge in which no dot is
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
  for (const act of ["idle", "resize"]) map.on(act, write);
  new ResizeObserver(write).observe(document.querySelector(".map-panel")); // before the map itself knows
}

const linesOf = (route, zoom) => {
  if (zoom < CLOSER) return [];
  return zoom < FULL ? route.short : route.full;
};

/* Return the routes that have a label here, the most important first. */
function wanted(zoom) {
  const all = Object.entries(shownRoutes());
  const kept = zoom < CLOSER && all.length > FEW ? all.filter(([, route]) => route.toll >= FROM) : all;
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

/* Return what of a route is seen: its points and where they are on the map. */
function seenOf(map, id) {
  const { clientWidth, clientHeight } = map.getContainer();
  return pointsOf(id)
    .map((place) => ({ place, ...map.project(place) }))
    .filter(({ x, y }) => x > EDGE && y > EDGE && x < clientWidth - EDGE && y < clientHeight - EDGE)
    .filter(({ x, y }) => !covers.some((cover) => holds(cover, x, y)));
}

/* Return where on a route its dot may be. */
const dotsOf = (seen) => [...new Set(PARTS.map((part) => seen[Math.round(part * (seen.length - 1))]))];

const isNarrow = (map) => map.getContainer().clientWidth < NARROW;

function* around(dots, [wide, high]) {
  for (const away of AWAY)
    for (const dot of dots)
      for (const degrees of WAYS) {
        const turn = (degrees * Math.PI) / 180;
        const [across, down] = [Math.cos(turn), -Math.sin(turn)];
        const middle = [dot.x + across * (away + wide / 2), dot.y + down * (away + high / 2)];
        const box = { left: middle[0] - wide / 2, top: middle[1] - high / 2, wide, high };
        const lead = leadOf(dot, box);
        yield { dot, box, lead, long: Math.hypot(lead[2] - lead[0], lead[3] - lead[1]) };
      }
}

/* Return where a label and its dot may be, the shortest line first. */
const tries = (dots, size, longest) =>
  [...around(dots, size)].filter(({ long }) => long <= longest).sort((one, other) => one.long - other.long);

/* Return the line from a dot to the nearest point of a box: x, y of both. */
export function leadOf({ x, y }, { left, top, wide, high }) {
  return [x, y, Math.max(left, Math.min(x, left + wide)), Math.max(top, Math.min(y, top + high))];
}

/* Whether two lines cross. */
export function doCross([ax, ay, bx, by], [cx, cy, dx, dy]) {
  const side = (x, y, [px, py, qx, qy]) => Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  const [one, other] = [
    [ax, ay, bx, by],
    [cx, cy, dx, dy],
  ];
  return side(ax, ay, other) * side(bx, by, other) < 0 && side(cx, cy, one) * side(dx, dy, one) < 0;
}

/* Whether a line runs through a box. */
export function doesRunThrough([ax, ay, bx, by], box) {
  const steps = 12;
  for (let at = 0; at <= steps; at++)
    if (holds(box, ax + ((bx - ax) * at) / steps, ay + ((by - ay) * at) / steps)) return true;
  return false;
}

/* Whether a label and its line are clear of the labels that are there: neither may make another's look like its own. */
function isClear({ lead, box }) {
  if (taken.some((other) => meets(box, other))) return false;
  return placed.every(
    (other) =>
      !meets(box, other.box) &&
      !doesRunThrough(lead, other.box) &&
      !doesRunThrough(other.lead, box) &&
      !doCross(lead, other.lead),
  );
}

/* Return the nearest clear place beside a route, without cells under it where there is one; a small map has none to
   spare, but for routes that were chosen. */
function placeOf(map, seen, size) {
  let second = null;
  for (const found of tries(dotsOf(seen), size, isNarrow(map) ? LONGEST_NARROW : LONGEST)) {
    if (!isClear(found) || seen.some(({ x, y }) => holds(found.box, x, y))) continue;
    const highest = under(map, found.box, covers);
    if (highest === null || highest >= DARK) continue;
    if (highest < 0) return { ...found, isOnCells: false };
    second ??= { ...found, isOnCells: true };
  }
  return isNarrow(map) && Object.keys(shownRoutes()).length > FEW ? null : second;
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
  const seen = seenOf(map, id);
  if (!seen.length) return;
  const label = made([id, route], zoom);
  label.dataset.route = id;
  layer.append(label);
  const found = placeOf(map, seen, [label.offsetWidth, label.offsetHeight]);
  if (!found) return label.remove();
  const { dot, box, lead } = found;
  label.classList.toggle("on-cells", found.isOnCells);
  const offset = [box.left - dot.x, box.top - dot.y];
  placed.push({ id, label, place: dot.place, offset, box, lead });
}

const drawn = (name, className, values) => {
  const shape = document.createElementNS(SVG, name);
  shape.setAttribute("class", className);
  for (const [key, value] of Object.entries(values)) shape.setAttribute(key, value);
  return shape;
};

/* Move the labels with the map, each with its line on paper and the dot on its route; none whose dot has left the map. */
function follow() {
  const map = innerMap();
  const { clientWidth, clientHeight } = map.getContainer();
  const lines = placed.flatMap(({ label, place, offset, box }) => {
    const { x, y } = map.project(place);
    label.hidden = x < 0 || y < 0 || x > clientWidth || y > clientHeight;
    if (label.hidden) return [];
    const [left, top] = [x + offset[0], y + offset[1]];
    label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    const [x1, y1, x2, y2] = leadOf({ x, y }, { ...box, left, top });
    const ends = { x1, y1, x2, y2 };
    return [drawn("line", "halo", ends), drawn("line", "lead", ends), drawn("circle", "dot", { cx: x, cy: y, r: DOT })];
  });
  leads.replaceChildren(...lines);
}

let isWatching = false;

export const start = () =>
  whenDrawn(() => {
    if (!isWatching) whenPanelsChange(write);
    isWatching = true;
    window.requestAnimationFrame(write);
  });
