/* The names of countries and towns that lie under other words or over dark cells: out of sight, as neither could be read. */
import { DARK, meets, under } from "./room.mjs";

const LETTER = 0.62; // of the size of type, in pixels
const LINE = 1.2;
const WIDEST = 8; // sizes of type in one line (geo/map/basemap.py)
const hidden = new Map(); // names by id, and whether they are out of sight
let followed = null;

/* Return the box of a name about its point. */
export function boxOfName(name, size, { x, y }) {
  const lines = Math.max(Math.ceil((name.length * LETTER) / WIDEST), 1);
  const wide = Math.min(name.length * LETTER, WIDEST) * size;
  const high = lines * LINE * size;
  return { left: x - wide / 2, top: y - high / 2, wide, high };
}

/* Put names out of sight that meet one of the boxes, or lie over a dark cell; show the others. */
export function hideCovered(map, boxes) {
  const layers = map.getStyle().layers.filter(({ source, type }) => source === "places" && type === "symbol");
  const sizes = new Map(layers.map(({ id, layout }) => [id, layout["text-size"]]));
  if (followed !== map) hidden.clear();
  followed = map;
  for (const { id, properties, layer, geometry } of map.queryRenderedFeatures({ layers: [...sizes.keys()] })) {
    const box = boxOfName(properties.name, sizes.get(layer.id), map.project(geometry.coordinates));
    const isCovered = boxes.some((other) => meets(box, other)) || under(map, box, []) >= DARK;
    if ((hidden.get(id) ?? false) === isCovered) continue;
    hidden.set(id, isCovered);
    map.setFeatureState({ source: "places", id }, { "is-covered": isCovered });
  }
}
