/* The one way to the MapLibre map inside Plotly's graph; private there, so a test fails loudly when it moves. */
const LONG = 600; // tries until our own layer is given up

const graphOfMap = () => document.querySelector("#map .js-plotly-plot");

export function innerMap() {
  const subplot = graphOfMap()?._fullLayout?.map?._subplot;
  return subplot?.map || null;
}

let isFitted = (map) => Boolean(map);

/* Let `fit(map, isLate)` prepare the map before anybody gets it; it is asked again until it says that it has. */
export function fitFirst(fit) {
  isFitted = fit;
}

/* Wait for the map inside the graph, with all that is to be on it first. */
export async function ready() {
  for (let tries = 0; ; tries++) {
    const map = innerMap();
    if (isFitted(map, tries > LONG)) return map;
    await new Promise((after) => setTimeout(after, 50));
  }
}

/* Where the map is now, as Plotly knows it: longitude, latitude, zoom. */
export function viewNow() {
  const { center, zoom } = graphOfMap().layout.map;
  return [center.lon, center.lat, zoom];
}

/* Put the map somewhere, as the reader would. */
export const moveTo = ([longitude, latitude, zoom]) =>
  window.Plotly.relayout(graphOfMap(), { "map.center": { lon: longitude, lat: latitude }, "map.zoom": zoom });

const MOTION = 300; // milliseconds; none where the reader wants less of it

/* Put the map somewhere, gently. */
export function glideTo(view) {
  const map = innerMap();
  if (!map) return;
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.once("moveend", () => moveTo(view));
  map.easeTo({ center: view.slice(0, 2), zoom: view[2], duration: isStill ? 0 : MOTION });
}

/* Change the first trace of the map's figure: Plotly's own cells. */
export function restyleCells(change) {
  const graph = graphOfMap();
  if (graph) window.Plotly.restyle(graph, change, [0]);
}

/* What Dash takes for a click on the map. */
export const clickMap = (point) =>
  window.dash_clientside.set_props("map", { clickData: { points: [point], at: Date.now() } });

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
