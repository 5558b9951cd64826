/* The cells' data: asks the server for values and draws them at once. */
import { labelAreas } from "./area_labels.mjs";
import { fetchTable } from "./binary_columns.mjs";
import { CellLayer } from "./cell_layer.mjs";
import { emptySet, nameOf, placeOf, ringOf } from "./cell_shapes.mjs";
import { isDrawn, kindOf } from "./classes.mjs";
import { fitFirst, ready, restyleCells } from "./inner_map.mjs";
import { outline } from "./lines.mjs";
import { SHARES } from "./marks.mjs";
import { followPointer, forgetWords } from "./pointer.mjs";
import { boxAround, isOutside, sidesOf } from "./projection.mjs";
import { brief, isWider, keptCodes, now, tellCellsDrawn } from "./shown.mjs";
import { note } from "./tip.mjs";

const ASIDE = ["layers", "flow", "step", "height", "classes", "cell", "view"]; // what changes no cell
const WIDER_FROM = 6; // of the colours of Plotly's own cells: those of wider areas (layouts/figures/map.py)
const MOST_SETS = 8; // sets of cells that are kept
const sets = new Map();
const beforeAsking = [];
let asked = null;
let followed = null; // the map whose pointer is followed
let moved = null;

/* Let `act` be done before another question is asked. */
export const whenAsked = (act) => beforeAsking.push(act);

async function shapesAt(address, signal) {
  if (sets.has(address)) return sets.get(address);
  const set = address ? await fetchTable(address, signal) : emptySet();
  sets.set(address, set);
  if (sets.size > MOST_SETS) sets.delete(sets.keys().next().value);
  return set;
}

/* Ask for the cells of a query; a newer question ends an older one, and the old cells stay until the new are here. */
async function ask(query) {
  if (asked) asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const map = await ready();
    let box = now.isBoxed ? boxAround(sidesOf(map.getBounds())) : null;
    let answer = await fetchTable(`/cells/values?${query}${box ? `&box=${box}` : ""}`, signal);
    now.isBoxed = answer.needs_box || Boolean(box);
    if (answer.needs_box) {
      box = boxAround(sidesOf(map.getBounds()));
      answer = await fetchTable(`/cells/values?${query}&box=${box}`, signal);
    }
    const set = await shapesAt(answer.shapes + (box && answer.shapes ? `?box=${box}` : ""), signal);
    if (set.is_whole) [now.isBoxed, box] = [false, null];
    Object.assign(now, { query, answer, box, set, values: null });
    forgetWords();
    note("");
    draw(answer.code);
  } catch (problem) {
    if (problem.name !== "AbortError") note(problem.message);
  }
}

/* Draw codes on the present set: what play does at each step, too. */
export function draw(code) {
  now.code = code;
  now.drawn = keptCodes(code, now.kept, now.answer.wider);
  tellCellsDrawn();
  if (now.isPlain) return drawPlain();
  tellLayer();
  now.layer.show(now.drawn, now.set, now.answer.wider);
  return outline(outlined());
}

const tellLayer = () =>
  Object.assign(now.layer, { isShown: !now.isHidden && !now.asked, chosen: placeOf(now.set, now.cell) });

/* Draw the cells of the selection, or none of them while an answer has its own. */
export function redraw() {
  if (!now.layer) return;
  tellLayer();
  now.layer.redraw();
}

/* The chosen cell, where our layer does not draw it. */
const outlined = () => (now.cell && (now.isHidden || now.isPlain || placeOf(now.set, now.cell) < 0) ? now.cell : null);

/* Put the layer on the map; say whether the map can be used. */
function fit(map, isLate) {
  if (map) return now.isPlain || put(map);
  if (isLate) now.isPlain = true;
  return false;
}

function put(map) {
  const { layer } = now;
  if (layer && layer.map === map && map.getLayer("cells")) return true;
  try {
    const under = map.getStyle().layers.find((each) => each.type === "line");
    const fresh = new CellLayer();
    map.addLayer(fresh, under?.id);
    if (layer) {
      const { set, code, wider, chosen, isShown, kept } = layer;
      Object.assign(fresh, { set, code, wider, chosen, isShown, kept });
    }
    now.layer = fresh;
    if (map !== followed) follow(map);
    followed = map;
    return true;
  } catch (problem) {
    if (problem.message.includes("Style is not done loading") || !map.getStyle()) return false;
    now.isPlain = true;
    return true;
  }
}

function follow(map) {
  followPointer(map);
  labelAreas(map);
  map.on("moveend", () => {
    clearTimeout(moved);
    moved = setTimeout(() => askWhereMoved(map), 150);
  });
  map.on("styledata", () => {
    if (now.layer && !map.getLayer("cells")) put(map);
  });
  map.on("webglcontextrestored", () => setTimeout(() => put(map), 0));
}

function askWhereMoved(map) {
  if (now.query === null || !now.isBoxed || !now.box) return;
  if (isOutside(sidesOf(map.getBounds()), now.box)) now.asking = ask(now.query);
}

/* The same cells as Plotly draws them by itself, where there is no layer of ours. */
function drawPlain() {
  if (!now.set) return;
  const kept = [...now.code.keys()].filter((cell) => isDrawn(now.drawn[cell]) && !now.isHidden);
  const named = (cell) => nameOf(now.set, cell);
  const features = kept.map((cell) => {
    const share = isWider(cell) ? 1 : SHARES[kindOf(now.code[cell])];
    const geometry = { type: "Polygon", coordinates: [ringOf(now.set, cell, share)] };
    return { type: "Feature", id: named(cell), properties: {}, geometry };
  });
  restyleCells({
    geojson: [{ type: "FeatureCollection", features }],
    locations: [kept.map(named)],
    z: [kept.map((cell) => kindOf(now.code[cell]) + (isWider(cell) ? WIDER_FROM : 0))],
    text: [kept.map(brief)],
    hovertemplate: ["%{text}<extra></extra>"],
  });
}

/* Follow a change of the selection. */
export function show(query) {
  const given = new URLSearchParams(query);
  now.cell = given.get("cell");
  const { kept } = now;
  now.kept = given.has("classes") ? given.get("classes").split(",").map(Number) : null;
  now.isHidden = given.has("layers") && !given.get("layers").split(",").includes("cells");
  for (const name of ASIDE) given.delete(name);
  const asks = given.toString();
  if (now.layer) tellLayer();
  if (asks !== now.asks) {
    for (const act of beforeAsking) act();
    now.asks = asks;
    now.asking = ask(asks);
  } else if (now.code && (now.isPlain || String(kept) !== String(now.kept))) draw(now.code);
  if (now.layer) now.layer.redraw();
  if (now.set) outline(outlined());
}

export function start() {
  fitFirst(fit);
  window.addEventListener("themechange", () => {
    if (!now.layer) return;
    now.layer.recolour();
    now.layer.redraw();
  });
}
