/* Names and figures of routes, each with a line that ends in a dot on its route: at most eight, the largest first, none
   over another, over a panel or over a cell of the two darkest classes. Each is a button that opens the route's card. */
import { innerMap } from "./inner_map.mjs";
import { dotsOf, isClear, leadTo, sheetOfLeads, tries } from "./leaders.mjs";
import { DARK, boxOn, coversOf, holds, under, whenPanelsChange } from "./room.mjs";
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
const LONGEST = 96; // pixels of a line; a name further off is not read as that route's
const LONGEST_NARROW = 64;
const EDGE = 10; // pixels of the map's edge in which no dot is
let layer = null;
let leads = null;
let placed = [];
let taken = []; // places of words on the map that the pointer goes through
let covers = []; // places of what lies over the map

function layerOn(map) {
  if (layer?.isConnected) return;
  layer = Object.assign(document.createElement("div"), { className: "route-labels" });
  leads = sheetOfLeads();
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

const isNarrow = (map) => map.getContainer().clientWidth < NARROW;

/* Return the nearest clear place beside a route, without cells under it where there is one; a small map has none to
   spare, but for routes that were chosen. */
function placeOf(map, seen, size) {
  let second = null;
  for (const found of tries(dotsOf(seen), size, isNarrow(map) ? LONGEST_NARROW : LONGEST)) {
    if (!isClear(found, placed, taken) || seen.some(({ x, y }) => holds(found.box, x, y))) continue;
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
    return leadTo({ x, y }, { ...box, left, top });
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
