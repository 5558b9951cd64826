/* Routes and incidents as MapLibre's own layers on the map inside Plotly's: widths one by one, points gathered at small
   scales, each reachable at large ones. What is counted comes from the server (callbacks/map_data/lines.py). */
import { fetchTable } from "./binary_columns.mjs";
import { clickMap, colour, innerMap, moveTo, ready } from "./inner_map.mjs";
import { note, tellAt } from "./tip.mjs";

const SIDES = { arrivals: -1, interceptions: 1 }; // arrivals to the left of a line's direction, hollow
const ASIDE = ["layers", "flow", "step", "height", "cell", "view"]; // what changes no incident
const TOGETHER = 6; // from this zoom on every incident stands alone
const EMPTY = { type: "FeatureCollection", features: [] };
const POINTED = ["incidents-together", "incidents-alone", "interceptions", "arrivals"];
const words = new Map();
const rings = new Map();
const now = { lines: null, routes: null, query: null, turn: Promise.resolve() };
let asked = null;
let resting = null;

/* Add the sources and the layers, under the labels, once per map. */
async function put() {
  const map = await ready();
  if (map.getSource("incidents")) return map;
  const label = map.getStyle().layers.find((layer) => layer.type === "symbol");
  const add = (layer) => map.addLayer(layer, label?.id);
  map.addSource("routes", { type: "geojson", data: EMPTY });
  for (const [name, side] of Object.entries(SIDES)) for (const layer of strokes(name, side)) add(layer);
  map.addSource("incidents", {
    type: "geojson",
    data: EMPTY,
    cluster: true,
    clusterMaxZoom: TOGETHER - 1,
    clusterRadius: 36,
  });
  for (const layer of points(label?.layout["text-font"])) add(layer);
  map.addSource("ring", { type: "geojson", data: EMPTY });
  for (const [id, token, width] of [
    ["ring-under", "--paper", 5],
    ["ring", "--ink", 2.2],
  ]) {
    add({
      id,
      type: "line",
      source: "ring",
      layout: { "line-join": "round" },
      paint: { "line-color": colour(token), "line-width": width },
    });
  }
  return map;
}

function strokes(name, side) {
  const width = ["coalesce", ["feature-state", name], 0];
  const isDrawn = ["case", [">", width, 0], 0.92, 0];
  const isHollow = name === "arrivals";
  const stroke = (id, token, wide) => ({
    id,
    type: "line",
    source: "routes",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour(token),
      "line-width": wide,
      "line-opacity": isDrawn,
      "line-offset": ["*", side, ["+", 1.2, ["/", width, 2]]],
    },
  });
  if (!isHollow) return [stroke(name, "--intercepted", width)];
  return [
    stroke(name, "--arrived", ["+", width, 1.6]),
    stroke(`${name}-inside`, "--paper", ["max", 0.6, ["-", width, 1.6]]),
  ];
}

function points(font) {
  const isAlone = ["!", ["has", "point_count"]];
  const isArea = ["==", ["get", "area"], 1];
  const [dead, paper] = [colour("--toll-5"), colour("--paper")];
  return [
    {
      id: "incidents-alone",
      type: "circle",
      source: "incidents",
      filter: isAlone,
      layout: { "circle-sort-key": ["-", 0, ["get", "toll"]] },
      paint: {
        "circle-radius": ["/", ["get", "size"], 2],
        "circle-color": ["case", isArea, paper, dead],
        "circle-opacity": 0.85,
        "circle-stroke-width": ["case", isArea, 1.5, 1],
        "circle-stroke-color": ["case", isArea, dead, paper],
      },
    },
    {
      id: "incidents-together",
      type: "circle",
      source: "incidents",
      filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["step", ["get", "point_count"], 7, 10, 8.5, 50, 10.5, 250, 13, 1000, 16],
        "circle-color": paper,
        "circle-stroke-width": 1.2,
        "circle-stroke-color": dead,
      },
    },
    {
      id: "incidents-number",
      type: "symbol",
      source: "incidents",
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["get", "point_count_abbreviated"],
        "text-size": 10,
        "text-allow-overlap": true,
        ...(font && { "text-font": font }),
      },
      paint: { "text-color": dead },
    },
  ];
}

/* Set the width of every line; the lines themselves come once per vintage. */
async function drawRoutes(shown) {
  const map = await put();
  if (now.lines !== shown.lines) {
    const answer = await fetch(shown.lines);
    if (!answer.ok) throw new Error("The routes could not be loaded. Load the page again.");
    [now.features, now.lines] = [(await answer.json()).features, shown.lines];
    map.getSource("routes").setData({ ...EMPTY, features: now.features });
  }
  for (const { id, properties } of now.features) {
    const widths = Object.keys(SIDES).map((name) => [name, (shown[name][properties.route] || [0])[0]]);
    map.setFeatureState({ source: "routes", id }, Object.fromEntries(widths));
  }
  now.routes = shown;
}

async function drawIncidents(query) {
  const map = await put();
  if (asked) asked.abort();
  asked = new AbortController();
  now.query = query;
  words.clear();
  if (query === null) return map.getSource("incidents").setData(EMPTY);
  const found = await fetchTable(`/incidents/points?${query}`, asked.signal);
  const features = Array.from(found.row, (row, at) => ({
    type: "Feature",
    properties: { row, toll: found.toll[at], size: found.size[at], area: found.is_area[at] },
    geometry: { type: "Point", coordinates: [found.longitude[at] / found.degree, found.latitude[at] / found.degree] },
  }));
  map.getSource("incidents").setData({ ...EMPTY, features });
}

/* The thing drawn by this file under a point of the canvas; an incident before a route. */
function under({ x, y }) {
  const map = innerMap();
  const layers = POINTED.filter((id) => map.getLayer(id));
  if (!layers.length) return null;
  const box = [
    [x - 3, y - 3],
    [x + 3, y + 3],
  ];
  const found = map.queryRenderedFeatures(box, { layers });
  const isShown = (each) => each.source === "incidents" || each.state[each.layer.id] > 0;
  return (
    found.filter(isShown).sort((one, other) => POINTED.indexOf(one.layer.id) - POINTED.indexOf(other.layer.id))[0] ||
    null
  );
}

async function wordsOf(row) {
  if (!words.has(row)) {
    const answer = await fetch(`/incidents/words?${now.query}&row=${row}`);
    if (!answer.ok) return null;
    words.set(row, await answer.json());
  }
  return words.get(row);
}

/* What lies under a point of the map, in words; null where nothing of ours does. */
export function nearestWords(point) {
  const map = innerMap();
  const found = under(point);
  map.getCanvas().style.cursor = found && found.source === "incidents" ? "pointer" : "";
  clearTimeout(resting);
  if (!found) return null;
  const { properties, layer } = found;
  if (found.source === "routes") return now.routes[layer.id][properties.route][1];
  if (properties.point_count) return [`${properties.point_count.toLocaleString("en")} incidents`, "Click to zoom in"];
  if (words.has(properties.row)) return words.get(properties.row).lines;
  resting = setTimeout(async () => {
    const said = await wordsOf(properties.row).catch(() => null); // without an answer the number stays
    if (said) tellAt(said.lines, point);
  }, 90);
  return [`At least ${properties.toll.toLocaleString("en")} dead or missing`];
}

/* A click opens the incident's cell, comes closer to incidents that lie together, or opens the cell of the place. */
export async function openAt({ point, lngLat }) {
  const found = under(point);
  let chosen = { lon: lngLat.lng, lat: lngLat.lat };
  if (found?.properties.point_count) {
    const zoom = await innerMap().getSource("incidents").getClusterExpansionZoom(found.properties.cluster_id);
    return moveTo([...found.geometry.coordinates, Math.max(zoom, innerMap().getZoom() + 1)]);
  }
  if (found && found.source === "incidents") {
    const said = await wordsOf(found.properties.row).catch(() => null); // without an answer the place's cell opens
    if (said?.cell) chosen = { customdata: said.cell };
  }
  return clickMap(chosen);
}

/* Outline a cell that the layer of cells does not draw; none for null. */
export async function outline(cell) {
  if (cell === now.ring) return;
  now.ring = cell;
  const map = await put();
  if (cell && !rings.has(cell)) {
    const answer = await fetch(`/cells/ring?cell=${cell}`);
    if (!answer.ok) return;
    rings.set(cell, (await answer.json()).ring);
  }
  if (now.ring !== cell) return;
  const geometry = { type: "LineString", coordinates: rings.get(cell) };
  map.getSource("ring").setData(cell ? { type: "Feature", properties: {}, geometry } : EMPTY);
}

const report = (problem) => problem.name !== "AbortError" && note(problem.message);

/* Follow a change of the routes' figures, or of the selection. */
export function show(shown, query) {
  if (shown && shown !== now.asks) {
    now.asks = shown;
    now.turn = now.turn.then(() => drawRoutes(shown)).catch(report);
  }
  if (query === undefined || query === null) return;
  const given = new URLSearchParams(query);
  const isOn = (given.get("layers") || "").split(",").includes("incidents");
  for (const name of ASIDE) given.delete(name);
  const asks = isOn ? given.toString() : null;
  if (asks !== now.query) drawIncidents(asks).catch(report);
}
