/* The routes as MapLibre's own layers: one line a route with two units side by side, rings where it is too short, other
   courses as dots. Widths, tolls and words come from the server (callbacks/map_data/route_lines.py). */
import { colour, innerMap, ready } from "./inner_map.mjs";

const SIDES = { left: "--intercepted", right: "--arrived" };
const NUMBERS = ["whole", "left", "right", "left-aside", "right-aside"]; // of a line at each zoom
const EMPTY = { type: "FeatureCollection", features: [] };
const NEAR = 7; // pixels around the pointer in which a line is hit
const COURSES_ABOVE = 3; // from this zoom on other courses lie over the cells
const MARKED = [0.35, 0.68]; // parts of a line at which its direction is marked
const listeners = [];
const now = { lines: null, shown: null, lengths: new Map(), marked: null };

/* Let `act(shown)` be done whenever other routes are drawn. */
export const whenDrawn = (act) => listeners.push(act);
export const shownRoutes = () => now.shown?.routes || {};
export const pointsOf = (route) => now.main?.get(route)?.geometry.coordinates || [];
export const isDrawn = (route) => Boolean(shownRoutes()[route]);

const byZoom = (name, stops) => [
  "interpolate",
  ["exponential", 2], // a limit by length is met between whole zooms as well
  ["zoom"],
  ...stops.flatMap((zoom) => [zoom, ["coalesce", ["feature-state", `${name}${zoom}`], 0]]),
];

const faded = (paint) => {
  const [red, green, blue] = channels(paint);
  const at = (part) => `rgba(${red}, ${green}, ${blue}, ${part})`;
  const stops = [0, at(0), 0.1, at(1), 0.94, at(1), 1, at(0.25)];
  return ["interpolate", ["linear"], ["line-progress"], ...stops];
};

/* Return red, green and blue of a colour as a browser reads it. */
function channels(paint) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = paint;
  const [, ...pairs] = context.fillStyle.match(/^#(..)(..)(..)$/) || ["", "00", "00", "00"];
  return pairs.map((pair) => Number.parseInt(pair, 16));
}

const isIn = (name) => ["case", ["boolean", ["feature-state", name], false], 1, 0];

function layersOf(stops) {
  const main = ["==", ["get", "is_main"], true];
  const line = (id, paint) => ({
    id,
    type: "line",
    source: "routes",
    filter: main,
    layout: { "line-join": "round" },
    paint,
  });
  const side = ([name, token]) =>
    line(`routes-${name}`, {
      "line-gradient": faded(colour(token)),
      "line-width": byZoom(name, stops),
      "line-offset": byZoom(`${name}-aside`, stops),
      "line-opacity": isIn("is-line"),
    });
  const casing = line("routes-casing", {
    "line-gradient": faded(colour("--paper")),
    "line-width": byZoom("whole", stops),
    "line-opacity": ["*", 0.92, isIn("is-line")],
  });
  return [casing, ...Object.entries(SIDES).map(side), ...rings(), marks()];
}

/* Draw what is on the map in the colours of the page's tokens, which change with the theme. */
export function repaint() {
  const map = innerMap();
  const drawn = map?.getStyle()?.layers.map(({ id }) => id) || [];
  for (const layer of [...layersOf([0]), courses("courses", {})])
    for (const id of drawn.filter((one) => one === layer.id || (layer.id === "courses" && one.includes("courses"))))
      for (const [property, paint] of Object.entries(layer.paint || {}))
        if (/gradient|color/.test(property)) map.setPaintProperty(id, property, paint);
}

function rings() {
  const ring = (id, radius, width, paint) => ({
    id,
    type: "circle",
    source: "route-rings",
    paint: {
      "circle-radius": radius,
      "circle-opacity": 0,
      "circle-stroke-width": width,
      "circle-stroke-color": paint,
      "circle-stroke-opacity": isIn("is-ring"),
    },
  });
  const ink = ["case", ["boolean", ["feature-state", "is-left"], false], colour(SIDES.left), colour(SIDES.right)];
  return [ring("route-rings-casing", 3.1, 1.8, colour("--paper")), ring("route-rings", 3.4, 1.2, ink)];
}

/* Where a line leads, on the one that is pointed at or chosen. */
function marks() {
  return {
    id: "route-marks",
    type: "symbol",
    source: "route-marks",
    layout: {
      "icon-image": "route-mark",
      "icon-size": ["get", "size"],
      "icon-rotate": ["get", "turn"],
      "icon-rotation-alignment": "map",
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
  };
}

function courses(id, zooms) {
  return {
    id,
    type: "line",
    source: "route-courses", // without metrics of lines, which would stretch the dots
    ...zooms,
    paint: {
      "line-color": colour("--course") || "#6f7780",
      "line-width": 1.6,
      "line-dasharray": [1, 1.125], // a dot every 3.4 pixels
      "line-opacity": isIn("is-course"),
    },
  };
}

function chevron() {
  const side = 32;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  Object.assign(context, { strokeStyle: colour("--paper"), lineWidth: 4, lineJoin: "round", lineCap: "round" });
  context.stroke(new Path2D("M11 6 L21 16 L11 26"));
  return context.getImageData(0, 0, side, side);
}

/* Add sources and layers once per map, under the labels and the incidents. */
async function put(stops) {
  const map = await ready();
  if (map.getSource("routes")) return map;
  const { layers } = map.getStyle();
  const label = layers.find((layer) => layer.type === "symbol")?.id;
  const above = map.getLayer("incidents-alone") ? "incidents-alone" : label;
  const under = map.getLayer("cells") ? "cells" : layers.find((layer) => layer.type === "line")?.id;
  map.addSource("routes", { type: "geojson", data: EMPTY, lineMetrics: true, tolerance: 0.2 });
  for (const name of ["route-courses", "route-rings", "route-marks"])
    map.addSource(name, { type: "geojson", data: EMPTY });
  map.addImage("route-mark", chevron(), { pixelRatio: 2 });
  map.addLayer(courses("routes-courses-under", { maxzoom: COURSES_ABOVE }), under);
  map.addLayer(courses("routes-courses", { minzoom: COURSES_ABOVE }), above);
  for (const layer of layersOf(stops)) map.addLayer(layer, above);
  map.on("zoom", () => markShort(map));
  map.on("moveend", drawMarks);
  return map;
}

async function fetchLines(map, address) {
  if (now.lines === address) return;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("The routes could not be loaded. Load the page again.");
  const { features } = await answer.json();
  const main = new Map(features.filter((one) => one.properties.is_main).map((one) => [one.properties.route, one]));
  Object.assign(now, { lines: address, features, main });
  for (const name of ["routes", "route-courses"]) map.getSource(name).setData({ ...EMPTY, features });
  const points = [...main.values()].map(({ id, properties, geometry: { coordinates } }) => ({
    type: "Feature",
    id,
    properties,
    geometry: { type: "Point", coordinates: coordinates[Math.floor(coordinates.length / 2)] },
  }));
  map.getSource("route-rings").setData({ ...EMPTY, features: points });
}

/* Return what a line is drawn with at each zoom, as a feature's state. */
function stateOf(route, stops) {
  const state = {};
  for (const [at, zoom] of stops.entries()) {
    const [left, right, gap, casing] = ["left", "right", "gap", "casing"].map((name) => route?.[name]?.[at] || 0);
    const units = left + gap + right;
    const numbers = [units + casing, left, right, (left - units) / 2, (units - right) / 2];
    for (const [number, name] of NUMBERS.entries()) state[`${name}${zoom}`] = numbers[number];
  }
  return state;
}

/* Draw what is shown: the lines come once per vintage, their widths with every change of the selection. */
export async function drawRoutes(shown) {
  const map = await put(shown.stops);
  await fetchLines(map, shown.lines);
  now.shown = shown;
  now.short = new Map();
  for (const { id, properties } of now.features) {
    const route = shown.routes[properties.route];
    const hasFigure = Boolean(route?.full.length);
    const isCourse = Boolean(route) && !(properties.is_main && hasFigure);
    const state = properties.is_main ? stateOf(route, shown.stops) : {};
    map.setFeatureState({ source: "route-courses", id }, { "is-course": isCourse });
    map.setFeatureState({ source: "routes", id }, state);
    if (properties.is_main) {
      now.short.set(id, null);
      const isLeft = Boolean(route?.left?.some((width) => width > 0));
      map.setFeatureState({ source: "route-rings", id }, { "is-left": isLeft });
    }
  }
  markShort(map);
  drawMarks();
  for (const words of document.querySelectorAll(".map-foot .scheme")) words.hidden = !Object.keys(shown.routes).length;
  for (const act of listeners) act(shown);
}

/* A line that is too short for its width is a ring. */
function markShort(map) {
  if (!now.shown) return;
  const scale = 2 ** map.getZoom();
  for (const [route, { id, properties }] of now.main) {
    const hasFigure = Boolean(now.shown.routes[route]?.full.length);
    const isShort = properties.length * scale < now.shown.shortest;
    const kind = `${hasFigure}${isShort}`;
    if (now.short.get(id) === kind) continue;
    now.short.set(id, kind);
    map.setFeatureState({ source: "routes", id }, { "is-line": hasFigure && !isShort });
    map.setFeatureState({ source: "route-rings", id }, { "is-ring": hasFigure && isShort });
  }
}

/* Return the route under a point of the canvas: a line or ring near it, else a course just there; null for none. */
export function routeUnder({ x, y }) {
  const map = innerMap();
  if (!now.shown || !map?.getLayer("routes-casing")) return null;
  const asked = [
    [NEAR, ["routes-casing"], "is-line"],
    [NEAR, ["route-rings"], "is-ring"],
    [1, ["routes-courses", "routes-courses-under"], "is-course"],
  ];
  for (const [reach, layers, name] of asked) {
    const box = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ];
    const found = map.queryRenderedFeatures(box, { layers }).find((one) => one.state[name]);
    if (found) return found.properties.route;
  }
  return null;
}

/* Whether a course without figures is in view. */
export function hasCourses(map) {
  const layers = ["routes-courses", "routes-courses-under"].filter((id) => map.getLayer(id));
  return layers.length > 0 && map.queryRenderedFeatures({ layers }).some(({ state }) => state["is-course"]);
}

/* What is said of a route at the pointer. */
export function wordsOfRoute(route) {
  const { name, said } = shownRoutes()[route];
  return [name, ...said];
}

/* Mark the direction of a route; none for null. */
export function mark(route) {
  if (route === now.marked) return;
  now.marked = route;
  drawMarks();
}

function drawMarks() {
  const map = innerMap();
  const route = now.marked;
  if (!map?.getSource("route-marks")) return;
  const line = route && now.main?.get(route);
  const isLine = line && map.getFeatureState({ source: "routes", id: line.id })["is-line"];
  const features = isLine ? MARKED.map((part) => marker(map, line, part)) : [];
  map.getSource("route-marks").setData({ ...EMPTY, features });
}

function marker(map, { geometry: { coordinates }, properties }, part) {
  const at = Math.max(1, Math.round(part * (coordinates.length - 1)));
  const [from, to] = [coordinates[at - 1], coordinates[at]].map((point) => map.project(point));
  const wide = widthNow(properties.route, map.getZoom());
  return {
    type: "Feature",
    properties: {
      size: Math.min(Math.max(wide / 12, 0.4), 1),
      turn: (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI + map.getBearing(),
    },
    geometry: { type: "Point", coordinates: coordinates[at] },
  };
}

function widthNow(route, zoom) {
  const { stops } = now.shown;
  const at = Math.min(Math.max(Math.round(zoom), 0), stops.length - 1);
  const { left, right } = now.shown.routes[route];
  return left[at] + right[at];
}
