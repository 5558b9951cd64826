/* Countries that an answer marks: the shapes of the land that is on the map already, outlined. Asked for by an answer that
   has some. */
import { colour } from "./inner_map.mjs";

const FILL = "answer-countries";
const EDGE = "answer-countries-edge";

export function mark(map, countries) {
  const names = countries.flatMap(({ shapes }) => shapes);
  const filter = ["in", ["get", "name"], ["literal", names]];
  const first = map.getStyle().layers.find((each) => each.type === "symbol" || each.id === "answer-bands")?.id;
  if (!map.getLayer(FILL)) {
    map.addLayer({ id: FILL, type: "fill", source: "land", paint: { "fill-opacity": 0.1 } }, first);
    map.addLayer({ id: EDGE, type: "line", source: "land", paint: { "line-width": 1.4 } }, first);
  }
  map.setPaintProperty(FILL, "fill-color", colour("--ink"));
  map.setPaintProperty(EDGE, "line-color", colour("--ink"));
  for (const id of [FILL, EDGE]) map.setFilter(id, filter);
}
