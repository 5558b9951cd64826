/* Land and borders: asked for as soon as the page is read, unpacked (geo/map/basemap.py has packed them), and put under
   the map. */
import { colour, innerMap, ready } from "./inner_map.mjs";
import { note } from "./tip.mjs";

const NAMES = ["land", "borders"];

/* Return points from differences in hundredths of a degree; lists of lists keep their depth. */
export function pointsOf(steps) {
  if (Array.isArray(steps[0])) return steps.map(pointsOf);
  let [x, y] = [0, 0];
  const found = [];
  for (let at = 0; at < steps.length; at += 2) {
    [x, y] = [x + steps[at], y + steps[at + 1]];
    found.push([x / 100, y / 100]);
  }
  return found;
}

/* Return packed features, [name, type, differences], as GeoJSON. */
export const featuresOf = (packed) =>
  packed.map(([name, type, steps]) => ({
    type: "Feature",
    properties: { name },
    geometry: { type, coordinates: pointsOf(steps) },
  }));

async function load(name) {
  const answer = await fetch(`/basemap/${name}.json`);
  if (!answer.ok) throw new Error("The land could not be loaded. Reload the page.");
  const features = featuresOf(await answer.json());
  const map = await ready();
  map.getSource(name).setData({ type: "FeatureCollection", features });
}

const PAINTS = {
  sea: { "background-color": "--sea" },
  land: { "fill-color": "--land" },
  coast: { "line-color": "--coast" },
  borders: { "line-color": "--border" },
  disputed: { "line-color": "--border" },
  country: { "text-color": "--country-name", "text-halo-color": "--paper" },
  town: { "text-color": "--town-name", "text-halo-color": "--paper" },
};

/* Paint the map in the colours of the page's tokens, which change with the theme. */
export function repaint() {
  const map = innerMap();
  for (const { id } of map?.getStyle()?.layers || []) {
    const paints = PAINTS[id.split("-")[0]] || {};
    for (const [property, token] of Object.entries(paints)) map.setPaintProperty(id, property, colour(token));
  }
}

export function start() {
  ready().then(repaint);
  for (const name of NAMES) load(name).catch((problem) => note(problem.message));
}
