/* What an answer draws on the map: cells around zero, corridors with what lies in them, routes by themselves, and the
   words beside each. */
import { areaOf, quietest } from "./area_labels.mjs";
import { CellLayer } from "./cell_layer.mjs";
import { degreesFrom, stepOf } from "./cell_shapes.mjs";
import { kindOf } from "./classes.mjs";
import { colour, innerMap } from "./inner_map.mjs";
import { dotsOf, isClear, leadTo, sheetOfLeads, tries } from "./leaders.mjs";
import { AROUND_SHARES, aroundMarks } from "./marks.mjs";
import { worldPixels } from "./projection.mjs";
import { boxOn, coversOf, holds, under } from "./room.mjs";
import { pointsOf } from "./routes.mjs";

const EMPTY = { type: "FeatureCollection", features: [] };
const SOURCES = ["answer-bands", "answer-points", "answer-routes"];
const COUNTRIES = ["answer-countries-edge", "answer-countries"]; // countries.mjs draws them
const ASIDE = /^(routes-|route-rings|route-marks|incidents-)/; // layers of the selection that stand back
const TONES = { fewer: "--fewer-edge", more: "--more-edge", arrived: "--arrived" };
const STRONG = [0, 5]; // classes whose cells carry their number
const MOST = 24; // numbers
const ROOM = 30; // pixels of a cell, side to side, that a number takes
const LONGEST = 190; // pixels of the line to the words of a route
const NARROW = 600; // pixels of a map that has room for few
const FEW = 4; // routes with words there
const WEAK = 2; // of a change, as deep as it is drawn: words may hide the lowest step of it, where no place is free
const CASING = 2; // pixels more than its line: a line of size 3 with its casing hides 5 of a cell
let layer = null;
let words = null;
let leads = null;
let written = [];
let shown = { asked: null, routes: [], countries: [] };

export function drawAnswer(map, asked, near, routes, countries = []) {
  put(map);
  shown = { asked, routes, countries };
  asked.layer = layer;
  layer.show(asked.code, asked.set, asked.answer.wider);
  setRest(map, "none");
  setDrawn(map, near, routes);
  map.getSource("answer-bands").setData({ ...EMPTY, features: (near?.bands ?? []).map(polygon) });
  map.getSource("answer-points").setData({ ...EMPTY, features: near ? points(near) : [] });
  map.getSource("answer-routes").setData({ ...EMPTY, features: routes.map(line) });
  write(map);
}

export function clearAnswer() {
  const map = innerMap();
  if (!map || !layer) return;
  shown = { asked: null, routes: [], countries: [] };
  for (const id of COUNTRIES) if (map.getLayer(id)) map.removeLayer(id);
  layer.show(new Uint8Array(0), { id: [], sizes: [], corners: 6 }, 0);
  setDrawn(map, null, []);
  for (const name of SOURCES) map.getSource(name)?.setData(EMPTY);
  setRest(map, "visible");
  write(map);
}

/* What is not of this answer is seen no more from the next frame on: new data of a source takes seconds where it is large. */
function setDrawn(map, near, routes) {
  for (const id of Object.keys(paints())) {
    const isSeen = id.startsWith("answer-routes") ? routes.length : near;
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", isSeen ? "visible" : "none");
  }
}

/* Routes and incidents of the selection, shown or not. */
function setRest(map, visibility) {
  for (const { id } of map.getStyle().layers) if (ASIDE.test(id)) map.setLayoutProperty(id, "visibility", visibility);
}

const polygon = (coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates } });

const points = ({ longitude, latitude, people, degree }) =>
  Array.from(people, (toll, at) => ({
    type: "Feature",
    properties: { size: Math.max(2, 0.3 * Math.sqrt(toll)) },
    geometry: { type: "Point", coordinates: [longitude[at] / degree, latitude[at] / degree] },
  }));

const line = ({ route, tone, size }) => ({
  type: "Feature",
  properties: { tone, width: 0.75 + 0.75 * size },
  geometry: { type: "LineString", coordinates: pointsOf(route) },
});

const toned = () => [
  "match",
  ["get", "tone"],
  ...Object.entries(TONES).flatMap(([tone, token]) => [tone, colour(token)]),
  colour("--ink"),
];

const paints = () => ({
  "answer-bands": { "fill-color": colour("--toll-4"), "fill-opacity": 0.16 },
  "answer-bands-edge": { "line-color": colour("--toll-wider-edge"), "line-width": 1 },
  "answer-routes-casing": { "line-color": colour("--paper"), "line-width": ["+", ["get", "width"], CASING] },
  "answer-routes": { "line-color": toned(), "line-width": ["get", "width"] },
  "answer-points": {
    "circle-radius": ["get", "size"],
    "circle-color": colour("--toll-5"),
    "circle-opacity": 0.55,
    "circle-stroke-width": 0.8,
    "circle-stroke-color": colour("--paper"),
  },
});

/* Add the layers once per map: cells where cells lie, the rest above them. */
function put(map) {
  if (layer?.map === map && map.getLayer("answer-cells")) return;
  layer = new CellLayer("answer-cells", aroundMarks, AROUND_SHARES, true);
  const { layers } = map.getStyle();
  map.addLayer(layer, layers.find((each) => each.type === "line")?.id);
  const label = layers.find((each) => each.type === "symbol")?.id;
  for (const name of SOURCES) if (!map.getSource(name)) map.addSource(name, { type: "geojson", data: EMPTY });
  const types = { "answer-bands": "fill", "answer-points": "circle" };
  const round = { "line-join": "round", "line-cap": "round" };
  for (const [id, paint] of Object.entries(paints())) {
    const type = types[id] ?? "line";
    const source = id.replace(/-(edge|casing)$/, "");
    map.addLayer({ id, type, source, paint, ...(type === "line" && { layout: round }) }, label);
  }
  words?.remove();
  words = Object.assign(document.createElement("div"), { className: "answer-labels" });
  words.setAttribute("aria-hidden", "true");
  leads = sheetOfLeads();
  map.getContainer().append(words);
  map.on("move", () => putWords(map));
  map.on("moveend", () => write(map));
}

/* The colours of the theme, anew. */
export function recolour() {
  const map = innerMap();
  layer?.recolour();
  for (const [id, paint] of Object.entries(paints()))
    for (const [name, value] of Object.entries(paint))
      if (name.endsWith("color")) map.setPaintProperty(id, name, value);
}

/* Write the words of each route beside it, and the numbers of the cells of the strongest classes that hold them. */
function write(map) {
  words.replaceChildren(leads);
  written = [];
  const covers = coversOf(map);
  const most = map.getContainer().clientWidth < NARROW ? FEW : shown.routes.length;
  for (const route of shown.routes.slice(0, most)) written.push(...besideRoute(map, route, covers));
  for (const { at, words: said } of shown.countries)
    written.push({ place: at, label: addLabel("answer-country", said) });
  putWords(map);
  if (shown.asked?.answer.is_signed) written.push(...numbers(map, shown.asked));
  putWords(map);
  dropOverlaps();
}

/* Return the words of a route and where they stand: aside, with a line, over no cell or over the least of a change; at the
   route's end where no place is free, if it is the only one. */
function besideRoute(map, { route, tone, words: said }, covers) {
  const course = pointsOf(route).map((place) => ({ place, ...map.project(place) }));
  if (!course.length) return [];
  const label = addLabel("answer-route", said, tone);
  const { clientWidth: wide, clientHeight: high } = map.getContainer();
  const seen = course.filter(({ x, y }) => x > 0 && y > 0 && x < wide && y < high);
  const found = seen.length ? asideOf(map, seen, [label.offsetWidth, label.offsetHeight], covers) : null;
  if (found) {
    const { dot, box, lead } = found;
    return [{ place: dot.place, label, box, lead, offset: [box.left - dot.x, box.top - dot.y] }];
  }
  if (seen.length && shown.routes.length > 1) label.remove();
  else return [{ place: course.at(-1).place, label }];
  return [];
}

function asideOf(map, seen, size, covers) {
  const placed = written.filter(({ lead }) => lead);
  let [best, least] = [null, WEAK];
  for (const found of tries(dotsOf(seen), size, LONGEST)) {
    if (!isClear(found, placed, []) || seen.some(({ x, y }) => holds(found.box, x, y))) continue;
    const highest = under(map, found.box, covers);
    if (highest === null || highest >= least) continue;
    [best, least] = [found, highest];
    if (highest < 0) break;
  }
  return best;
}

function addLabel(className, said, tone = "") {
  const made = Object.assign(document.createElement("span"), { className: `answer-label ${className} ${tone}` });
  made.append(...said.map((one) => Object.assign(document.createElement("span"), { textContent: one })));
  words.append(made);
  return made;
}

function numbers(map, { set, code, answer }) {
  const bounds = map.getBounds();
  const wide = (cell) => (worldPixels(map.getZoom()) * stepOf(set, cell) * 1023 * 1.7) / 2 ** 32;
  const strong = [...code.keys()].filter((cell) => STRONG.includes(kindOf(code[cell])) && wide(cell) >= ROOM);
  const inView = strong.filter((cell) => bounds.contains(degreesFrom(set, cell)));
  inView.sort((one, other) => Math.abs(answer.value[other]) - Math.abs(answer.value[one]));
  const taken = written.map(({ label }) => boxOn(map, label));
  const covers = coversOf(map);
  return inView.slice(0, MOST).flatMap((cell) => {
    const isWider = cell < answer.wider;
    const label = addLabel("answer-number", [signed(answer.value[cell])], isWider ? "wider" : "");
    if (!isWider) return { place: degreesFrom(set, cell), label };
    const box = quietest(map, areaOf(map, set, cell), label.offsetWidth, taken, covers, 1); // over no finer cell
    if (!box) label.remove();
    return box ? { place: map.unproject([box.left + box.wide / 2, box.top + box.high / 2]), label } : [];
  });
}

const signed = (value) => `${value > 0 ? "+" : "−"}${Math.abs(value).toLocaleString("en")}`;

const EDGE = 4; // pixels between words and the edge of the map

/* Put words at their places, those aside with their lines; those of a place that is seen stay whole beside the edge of the
   map. */
function putWords(map) {
  const wide = map.getContainer().clientWidth;
  const lines = [];
  for (const word of written) {
    const { x, y } = map.project(word.place);
    if (word.offset) {
      const [left, top] = [x + word.offset[0], y + word.offset[1]];
      word.label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
      lines.push(...leadTo({ x, y }, { ...word.box, left, top }));
      continue;
    }
    word.half ??= word.label.offsetWidth / 2 + EDGE;
    const isSeen = x >= 0 && x <= wide;
    const across = isSeen ? Math.max(word.half, Math.min(x, wide - word.half)) : x;
    word.label.style.transform = `translate(${Math.round(across)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
  }
  leads.replaceChildren(...lines);
}

/* Of words that lie on each other the later are left out: routes come first, the largest before others. */
function dropOverlaps() {
  const kept = [];
  for (const { label: made } of written) {
    const box = made.getBoundingClientRect();
    const meets = (other) =>
      box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top;
    if (kept.some(meets)) made.remove();
    else kept.push(box);
  }
}
