/* The search fields of the chips: routes, regions and origins are filtered as one types, towns and countries are looked up
   among the names of the map, then among all that the server knows. */
import { glideTo } from "../map/inner_map.mjs";
import { closeList } from "./lists.mjs";
import { leave } from "./long_lists.mjs";
import { begin } from "../questions/drawing.mjs";

const MOST = 6; // places that are listed
const CLOSE = { country: 4, town: 8 }; // zoom at which a place is shown
const SHORTEST = 3; // letters that the server is asked about
const PAUSE = 180; // ms without a key before it is asked
const FIELDS = "#find-route, #find-place, #find-origin";
let asked = null; // the places of the map, once
let latest = 0; // the number of the search that is under way
let isTaken = false; // Enter was pressed before anything was found

const isField = (element) => element.matches?.(FIELDS);
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* Return the places whose name begins with what is typed, then those that hold it; the larger ones first. */
export function placesLike(words, places) {
  const sought = plain(words.trim());
  if (sought.length < 2) return [];
  const at = ({ properties }) => plain(properties.name).indexOf(sought);
  const found = places.filter((place) => at(place) >= 0);
  return found.sort((one, other) => Math.min(at(one), 1) - Math.min(at(other), 1)).slice(0, MOST);
}

async function known() {
  asked ??= fetch("/basemap/places.json").then((answer) => answer.json());
  return (await asked).features;
}

const listOf = (field) => field.closest("details").querySelector(".rows .boxes");
const rowsOf = (field) => [...listOf(field).querySelectorAll(".dash-options-list-option")];

/* Return whether a name holds what is typed into a field. */
function soughtIn(field) {
  const sought = plain(field.value.trim());
  return (name) => plain(name).includes(sought);
}

const nameOf = (row) => (row.querySelector(".box-name") ?? row.querySelector(".box")).textContent;

function filterRows(field) {
  const isSought = soughtIn(field);
  if (leave(listOf(field).id, isSought)) return;
  for (const row of rowsOf(field)) row.classList.toggle("is-filtered-out", !isSought(nameOf(row)));
}

function button({ properties, geometry }) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(properties.name, Object.assign(document.createElement("span"), { textContent: properties.kind }));
  made.addEventListener("click", () => {
    glideTo([...geometry.coordinates, properties.zoom ?? CLOSE[properties.kind]]);
    closeList(made.closest("details"));
  });
  return made;
}

/* Say that no place is called so, where no region is either. */
function sayNone(list, field) {
  const regions = rowsOf(field).some((row) => soughtIn(field)(nameOf(row)));
  const said = Object.assign(document.createElement("li"), { className: "caution", textContent: list.dataset.none });
  list.replaceChildren(...(regions ? [] : [said]));
}

function show(list, found) {
  const rows = found.map((place) => {
    const row = document.createElement("li");
    row.append(button(place));
    return row;
  });
  list.replaceChildren(...rows);
}

/* Return the places of the map that were found, then those of the server that are not among them. */
export function joined(near, others) {
  const places = near.map(({ geometry }) => geometry.coordinates);
  const isNear = ([x, y]) => places.some(([u, v]) => Math.hypot(x - u, y - v) < 0.2);
  return [...near, ...others.filter(({ geometry }) => !isNear(geometry.coordinates))].slice(0, MOST);
}

async function askServer(words) {
  const answer = await fetch(`/places?named=${encodeURIComponent(words)}`);
  return answer.ok ? (await answer.json()).features : [];
}

/* List the names of the map at once; where they are few, the server's after a pause. */
async function listPlaces(field) {
  const search = ++latest;
  const list = document.querySelector(".found-places");
  const words = field.value.trim();
  isTaken = false;
  const near = placesLike(words, await known());
  if (search !== latest) return;
  show(list, near);
  if (words.length < SHORTEST || near.length >= MOST) return;
  await new Promise((done) => setTimeout(done, PAUSE));
  if (search !== latest) return;
  const others = await askServer(words).catch(() => []);
  if (search !== latest) return;
  const found = joined(near, others);
  const hadFocus = list.contains(document.activeElement);
  if (!found.length) sayNone(list, field);
  else if (!hadFocus) show(list, found);
  if (isTaken && found.length) list.querySelector("button").click();
}

function typed({ target }) {
  if (!isField(target)) return;
  filterRows(target);
  if (target.id === "find-place") listPlaces(target);
}

/* Enter takes the first that is listed, or the row that has the focus, and closes the list. */
function taken(event) {
  if (event.key !== "Enter") return;
  if (event.target.matches?.(".chip .rows input")) return take(event, event.target);
  if (!isField(event.target)) return;
  const list = event.target.closest("details");
  const row = rowsOf(event.target).find((one) => soughtIn(event.target)(nameOf(one)));
  const first = list.querySelector(".found-places button") ?? row?.querySelector("input");
  if (first && event.target.value.trim()) return take(event, first);
  isTaken = event.target.id === "find-place";
}

/* The key is done with: pressed on, it would open the list again by the word that gets the focus. */
function take(event, choice) {
  event.preventDefault();
  const list = choice.closest("details");
  choice.click();
  if (list.open) closeList(list);
}

/* What opens begins empty, with the focus in its own search field, not in one of a list that is folded within. */
function opened({ target }) {
  const field = target.open && [...target.querySelectorAll(FIELDS)].find((one) => one.closest("details") === target);
  if (!field) return;
  field.value = "";
  latest += 1;
  filterRows(field);
  document.querySelector(".found-places")?.replaceChildren();
  field.focus();
}

/* An area is drawn on the map at once; the question of a sector opens with what was drawn. */
function drawArea(event) {
  if (!event.target.closest?.("[data-draw-area]")) return;
  const list = event.target.closest("details");
  list.open = false;
  begin(event, list.querySelector("summary"));
}

export function start() {
  document.addEventListener("input", typed);
  document.addEventListener("keydown", taken);
  document.addEventListener("toggle", opened, true);
  document.addEventListener("click", drawArea);
}
