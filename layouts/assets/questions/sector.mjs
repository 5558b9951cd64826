/* Outlines the sector that is asked of, and states it in the form. What lies in it is counted by the server. */
import { boxOf, lookAt } from "../map/answer.mjs";
import { colour, ready } from "../map/inner_map.mjs";
import { circleOf, unwrapped } from "./sphere.mjs";

const EMPTY = { type: "FeatureCollection", features: [] };
const form = () => document.querySelector('.question-form[data-question="sector"]');
const field = (name) => form().querySelector(`[data-ask="${name}"]`).querySelector("input, select");
const numbers = (text) => text.split(",").map(Number);
const isDrawing = () => document.body.classList.contains("is-drawing");
let kept = null; // the sector of the last answer
let seenLast = ""; // the sector at which the map has looked
let isSeen = false; // the next one is on the map as the reader has it

async function put() {
  const map = await ready();
  if (map.getSource("sector")) return map;
  const paint = (token, width) => ({ "line-color": colour(token), "line-width": width });
  const line = { type: "line", source: "sector", layout: { "line-join": "round" } };
  map.addSource("sector", { type: "geojson", data: EMPTY });
  map.addLayer({ ...line, id: "sector-under", paint: paint("--paper", 5) });
  map.addLayer({ ...line, id: "sector", paint: paint("--focus", 2.2) });
  const isNamed = ["==", ["get", "name"], ""];
  map.addLayer({ id: "sector-land", type: "line", source: "land", filter: isNamed, paint: paint("--focus", 2.2) });
  return map;
}

/* Outline points, or a country's land by its name. */
export async function outline(points, land = "") {
  const map = await put();
  const geometry = { type: "LineString", coordinates: points };
  map.getSource("sector").setData(points.length > 1 ? { type: "Feature", properties: {}, geometry } : EMPTY);
  map.setFilter("sector-land", ["==", ["get", "name"], land]);
}

const LIMITS = ["incidents", "dead_or_missing", "interceptions", "arrivals"].map((name) => `${name}_above`);

/* Return the thresholds that stand in the form; or, of `given` ones, what each field of the form is to hold. */
export function thresholds(given = null) {
  if (given) return Object.fromEntries(LIMITS.map((name) => [name, given[name] ?? ""]));
  const typed = LIMITS.map((name) => [name, field(name).value.trim()]);
  return Object.fromEntries(typed.filter(([, value]) => /^\d{1,8}$/.test(value)));
}

/* State the sector in the form, which asks. */
export function state(values) {
  for (const [name, value] of Object.entries(values)) field(name).value = value;
  form().dataset.by = values.by;
  field("by").dispatchEvent(new Event("change", { bubbles: true }));
}

/* State a sector that was drawn on the map: it is seen, so the map stays where the reader has it. */
export function stateDrawn(values) {
  isSeen = true;
  state(values);
}

/* Outline the sector that the answer is of. */
export function outlineAnswer() {
  const found = document.querySelector("#answer [data-sector]");
  if (found) kept = { ...found.dataset };
  const note = document.getElementById("sector-shown");
  note.hidden = !kept;
  if (!kept) return outline([]);
  note.querySelector("span").textContent = `Sector: ${kept.words}`;
  if (kept.circle) {
    const [x, y, radius] = numbers(kept.circle);
    return shown(circleOf([x, y], radius));
  }
  const corners = kept.corners ? kept.corners.split(";").map(numbers) : [];
  return shown(unwrapped(corners.length ? [...corners, corners[0]] : []), kept.land);
}

/* Outline the sector and put the map there, once for each: a reader who moves the map is left where they are. */
function shown(points, land = "") {
  if (kept.words !== seenLast && points.length) {
    if (!isSeen) lookAt(boxOf(points));
    isSeen = false;
  }
  seenLast = kept.words;
  return outline(points, land);
}

function clear() {
  [kept, seenLast] = [null, ""];
  state({ by: "place", place: "", area: "", polygon: "" });
  document.getElementById("sector-shown").hidden = true;
  outline([]);
}

export async function start() {
  document.addEventListener("change", ({ target }) => {
    if (target.closest?.('[data-ask="by"]')) form().dataset.by = target.value;
  });
  document.addEventListener("click", ({ target }) => target.closest('[data-list="clear"]') && clear());
  await ready();
  const seen = new MutationObserver(() => isDrawing() || outlineAnswer());
  seen.observe(document.getElementById("answer"), { childList: true, subtree: true });
}
