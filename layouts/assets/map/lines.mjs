/* Incidents as MapLibre's own layers on the map inside Plotly's: gathered at small scales, each reachable at large ones.
   What is counted comes from the server (callbacks/map_data/lines.py). Routes are drawn by routes.mjs. */
import { fetchTable } from "./binary_columns.mjs";
import { clickMap, colour, innerMap, moveTo, ready } from "./inner_map.mjs";
import { chosenRoute, closeRoute, openRoute } from "./route_card.mjs";
import { drawRoutes, mark, routeUnder, wordsOfRoute } from "./routes.mjs";
import { brief, cellAt, clicked } from "./shown.mjs";
import { note, tellAt } from "./tip.mjs";

const ASIDE = ["layers", "flow", "step", "height", "classes", "cell", "view"]; // what changes no incident
const TOGETHER = 6; // from this zoom on every incident stands alone
const EMPTY = { type: "FeatureCollection", features: [] };
const POINTED = ["incidents-together", "incidents-alone"];
const words = new Map();
const rings = new Map();
const now = { query: null, turn: Promise.resolve() };
let asked = null;
let resting = null;

/* Add the sources and the layers, under the labels, once per map. */
async function put() {
  const map = await ready();
  if (map.getSource("incidents")) return map;
  const label = map.getStyle().layers.find((layer) => layer.type === "symbol");
  const add = (layer) => map.addLayer(layer, label?.id);
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
        "circle-radius": ["step", ["get", "point_count"], 7, 10, 8.5, 50, 10.5, 250, 13, 1000, 16, 10000, 19],
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
        "text-field": ["number-format", ["get", "point_count"], { locale: "en" }],
        "text-size": 10,
        "text-allow-overlap": true,
        ...(font && { "text-font": font }),
      },
      paint: { "text-color": dead },
    },
    {
      id: "incidents-words", // the number's unit, where there is room below the ring
      type: "symbol",
      source: "incidents",
      filter: ["has", "point_count"],
      layout: {
        "text-field": "incidents",
        "text-size": 10,
        "text-anchor": "top",
        "text-offset": [
          "step",
          ["get", "point_count"],
          ["literal", [0, 0.8]],
          50,
          ["literal", [0, 1.2]],
          1000,
          ["literal", [0, 1.7]],
        ],
        ...(font && { "text-font": font }),
      },
      paint: { "text-color": dead, "text-halo-color": paper, "text-halo-width": 1.2 },
    },
  ];
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

/* The incident, or the incidents that lie together, under a point of the canvas. */
function under({ x, y }) {
  const map = innerMap();
  const layers = POINTED.filter((id) => map.getLayer(id));
  if (!layers.length) return null;
  const box = [
    [x - 3, y - 3],
    [x + 3, y + 3],
  ];
  const found = map.queryRenderedFeatures(box, { layers });
  return found.sort((one, other) => POINTED.indexOf(one.layer.id) - POINTED.indexOf(other.layer.id))[0] || null;
}

async function wordsOf(row) {
  if (!words.has(row)) {
    const answer = await fetch(`/incidents/words?${now.query}&row=${row}`);
    if (!answer.ok) return null;
    words.set(row, await answer.json());
  }
  return words.get(row);
}

/* Whether a ring that stands for several incidents is in view. */
export const hasGathered = (map) =>
  Boolean(map.getLayer("incidents-together") && map.queryRenderedFeatures({ layers: ["incidents-together"] }).length);

/* Say how many incidents a ring stands for, in the words of its mark in the key. */
function wordsOfMany(count) {
  const { words: said, closer } = document.querySelector(".key-mark:has(.many-dot)").dataset;
  return [said.replace("{}", count.toLocaleString("en")), closer];
}

/* What lies under a point of the map, in words; null where nothing of ours does. */
export function nearestWords(point) {
  const map = innerMap();
  const found = under(point);
  const route = found ? null : routeUnder(point);
  map.getCanvas().style.cursor = found || route ? "pointer" : "";
  clearTimeout(resting);
  mark(route ?? chosenRoute());
  if (route) return wordsOfRoute(route);
  if (!found) return null;
  const { properties } = found;
  if (properties.point_count) return wordsOfMany(properties.point_count);
  if (words.has(properties.row)) return words.get(properties.row).lines;
  resting = setTimeout(async () => {
    const said = await wordsOf(properties.row).catch(() => null); // without an answer the number stays
    if (said) tellAt(said.lines, point);
  }, 90);
  return [`At least ${properties.toll.toLocaleString("en")} dead or missing`];
}

/* A click opens the incident's cell, comes closer to incidents that lie together, opens the card of a route, which leads
   to the cell under it, or the cell of the place. Where nothing is drawn, it closes what a click has opened. */
export async function openAt({ point, lngLat }) {
  const found = under(point);
  let chosen = clicked(lngLat);
  if (found?.properties.point_count) {
    const zoom = await innerMap().getSource("incidents").getClusterExpansionZoom(found.properties.cluster_id);
    return moveTo([...found.geometry.coordinates, Math.max(zoom, innerMap().getZoom() + 1)]);
  }
  const route = found ? null : routeUnder(point);
  const cell = cellAt(lngLat);
  if (route) return openRoute(route, point, null, cell < 0 ? null : { words: brief(cell), pressed: chosen });
  closeRoute();
  if (!found && cell < 0) return closeDrawer();
  if (found) {
    const said = await wordsOf(found.properties.row).catch(() => null); // without an answer the place's cell opens
    if (said?.cell) chosen = { customdata: said.cell };
  }
  return clickMap(chosen);
}

function closeDrawer() {
  const button = document.getElementById("drawer-close");
  if (button?.offsetParent) button.click();
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
