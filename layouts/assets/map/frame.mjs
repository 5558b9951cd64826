/* The frame of the map: where it opens, jumps, zoom buttons, the scale bar, and how many people lie outside (RULES X10). */
import { degreesFrom } from "./cell_shapes.mjs";
import { isDrawn } from "./classes.mjs";
import { glideTo, innerMap, ready, viewNow } from "./inner_map.mjs";
import { latitudeAt, southing, worldPixels } from "./projection.mjs";
import { beyondWorld, freeRoom as roomLeft, isSeen, panelBoxes } from "./room.mjs";
import { now, valuesNow, whenCellsDrawn } from "./shown.mjs";

const NARROW = 900; // pixels of a window in which the whole world is too small to read
const CLEAR = 14; // pixels around what is fitted
const TOOLS = 36; // pixels at the head of the map, where its buttons are
const FOOT = 112; // pixels above the foot of the map, where the key lies
const BAR = 40; // pixels: a scroll bar or a line of words that comes or goes takes less of the map, a panel more
const SMALL = [640, 360]; // pixels of a map: on one less wide, or less high, the key lies over a third of it
const LARGE = 1024; // pixels of a map that is wide enough for a key at any height
const NEAR = 3; // pixels: the map is where it was put
const REGIONS = {
  mediterranean: [-19, 21, 41, 47],
  americas: [-124, -12, -50, 42],
  asia: [42, -10, 132, 44],
};
const MIDDLE = [-18, -4, 64, 50]; // West Africa to Iran
const PEOPLE = ["dead_or_missing", "dead", "missing"];
const panel = () => document.querySelector(".map-panel");
const NOWHERE = [999, 0, 0];
let here = null; // the name of what the map is fitted to; null: the reader has it elsewhere
let fittedSize = null; // pixels of the map's width and height, as it was fitted
let chosen = () => null; // the view of a chosen place, in the room that there is now
let place = ""; // what is chosen

export const isNarrow = () => window.innerWidth < NARROW;
export const chosenView = () => chosen();
export const chosenPlace = () => place;
export const rememberFit = (view, name) => {
  [chosen, place] = [view ?? (() => null), name];
  const button = document.querySelector('[data-jump="route"]');
  if (button) button.hidden = !view;
};

/* Where the map ends below: at the sheet, where a phone has one before it. */
export const sheetHeight = () => Math.max(206, Math.min(318, window.innerHeight - 400)); // at its middle stop, --half of widths.css
const hasSheet = () => window.matchMedia("(max-width: 599px) and (min-height: 561px)").matches;
let covered = null; // pixels of the map's foot behind the sheet, once it has moved

/* End the map above a sheet that stands elsewhere: what is fitted to the frame is fitted anew. */
export function endAbove(pixels) {
  if (!innerMap() || pixels === heightCovered()) return;
  const fitted = fitNow();
  covered = pixels;
  panel().style.setProperty("--covered", `${pixels}px`);
  if (fitted === null) refresh();
  else glideTo(fitOf(fitted));
}
const fitOf = (name) =>
  name === "route" ? (chosen() ?? NOWHERE) : viewOfBox(name ? REGIONS[name] || world() : openingBox());
const fitNow = () => ["route", "", ...Object.keys(REGIONS), "world"].find((name) => isHere(fitOf(name))) ?? null;

/* Whether the map stands where its address opens it without a view: fitted to what is chosen, else to where the data is. */
export function isAsOpened() {
  const [left, up, closeness] = fitOf(place ? "route" : "");
  const [x, y, zoom] = viewNow();
  const away = Math.max(Math.abs(x - left), Math.abs(y - up)) * (worldPixels(zoom) / 360);
  return away < NEAR && Math.abs(zoom - closeness) < 0.02;
}

const sizeNow = () => [panel().clientWidth, panel().clientHeight];
const isAsLarge = () => sizeNow().every((pixels, side) => Math.abs(pixels - fittedSize[side]) < BAR);

/* Fit the map anew where a panel beside or below has taken from its size, or has given it back. */
function keepFit() {
  if (!innerMap() || document.getElementById("first") || isAsLarge()) return;
  fittedSize = sizeNow();
  const view = here === null ? NOWHERE : fitOf(here);
  if (view !== NOWHERE) glideTo(view);
}

/* Put the map somewhere for good: what it was fitted to before is over. */
export function look(view) {
  openFitted(null);
  glideTo(view);
}

/* Remember that the map opens fitted to a width: to what is chosen, or to where the data is. */
export function openFitted(name, wide = panel().clientWidth) {
  [here, fittedSize] = [name, [wide, panel().clientHeight]];
}

/* Return what leads back to where the map is: to what it is fitted to, in the room that there will be, or to the view. */
export function wayBack() {
  const [name, view] = [fitNow(), viewNow()];
  return () => (name === null ? view : fitOf(name));
}
const heightCovered = () => covered ?? sheetHeight();

/* Return the box of the map that no part of the page covers. */
export function freeRoom({ left, right, top, bottom }) {
  const foot = hasSheet() ? heightCovered() + CLEAR : Math.min(FOOT, (bottom - top) / 4);
  return { left: left + CLEAR, right: right - CLEAR, top: top + CLEAR, bottom: bottom - foot };
}

/* Return longitude, latitude and zoom at which [west, south, east, north] fits a box of pixels; `room` is of the map. */
export function fitBox([west, south, east, north], map, room) {
  const [low, high] = [southing(south), southing(north)];
  const across = (east - west) / 360;
  const zoom = Math.log2(
    Math.min((room.right - room.left) / (512 * across), (room.bottom - room.top) / (512 * (low - high))),
  );
  const world = worldPixels(zoom);
  const right = (room.left + room.right - map.left - map.right) / 2 / world;
  const down = (room.top + room.bottom - map.top - map.bottom) / 2 / world;
  return [(west + east) / 2 - right * 360, latitudeAt((low + high) / 2 - down), Math.max(zoom, 0)];
}

export function viewOfBox(box) {
  const map = panel().getBoundingClientRect();
  return fitBox(box, map, freeRoom(map));
}

/* Return the view of a box of degrees beside what lies at the foot of the map now: its key and its small print. */
export function viewAboveKey(box) {
  const map = panel().getBoundingClientRect();
  const room = freeRoom(map);
  const feet = [...document.querySelectorAll(".key, .map-panel > :is(.key-word, .map-end)")].filter((one) =>
    one.checkVisibility(),
  );
  const tops = feet.map((one) => one.getBoundingClientRect().top).filter((top) => top > (map.top + map.bottom) / 2);
  return fitBox(box, map, { ...room, top: room.top + TOOLS, bottom: Math.min(room.bottom, ...tops) - CLEAR });
}

/* Where the data is, as the server says; the middle of it where the window is narrow. */
const world = () => panel().dataset.extent.split(",").map(Number);
export function openingBox() {
  const all = world();
  const isWithin = all[0] < MIDDLE[0] && all[2] > MIDDLE[2] && all[1] < MIDDLE[3] && all[3] > MIDDLE[1];
  return isNarrow() && isWithin ? MIDDLE : all;
}

function showPart(name) {
  if (name === "route" && chosen()) glideTo(chosen());
  else glideTo(name === "all" ? viewOfAll() : viewOfBox(REGIONS[name] || world()));
}

/* Yield the centre in degrees and the people of every cell that is drawn with people in it. */
function* placesWithPeople() {
  const values = valuesNow();
  for (let cell = 0; cell < values.length; cell += 1)
    if (values[cell] && isDrawn(now.code[cell])) yield [degreesFrom(now.set, cell), values[cell]];
}

/* Return where every drawn cell with people in it is seen, beside all panels. */
function viewOfAll() {
  const all = [180, 85, -180, -85];
  for (const [[x, y]] of placesWithPeople()) {
    [all[0], all[1]] = [Math.min(all[0], x), Math.min(all[1], y)];
    [all[2], all[3]] = [Math.max(all[2], x), Math.max(all[3], y)];
  }
  const { left, top, right, bottom } = roomLeft();
  const map = panel().getBoundingClientRect();
  const room = { left: left + CLEAR, top: top + CLEAR, right: right - CLEAR, bottom: bottom - CLEAR };
  return fitBox(all, { left: 0, top: 0, right: map.width, bottom: map.height }, room);
}

/* Return a round number of kilometres and the pixels that it takes, at most `most`. */
export function scaleOf(latitude, zoom, most) {
  const perPixel = (40075.017 * Math.cos((latitude * Math.PI) / 180)) / worldPixels(zoom);
  const power = 10 ** Math.floor(Math.log10(perPixel * most));
  const round = [5, 2, 1].find((digit) => digit * power <= perPixel * most) * power;
  return [round, round / perPixel];
}

function drawScale(map) {
  const longest = Math.min(map.getContainer().clientWidth / 4, 130);
  const [kilometres, pixels] = scaleOf(map.getCenter().lat, map.getZoom(), longest);
  const bar = document.querySelector(".scale");
  bar.style.width = `${Math.round(pixels)}px`;
  bar.textContent = `${kilometres.toLocaleString("en")} km`;
}

/* Cover what would show a second time beside one world. */
const coverBeyond = (map) => panel().style.setProperty("--beyond", `${beyondWorld(map)[0]?.wide ?? 0}px`);

/* Return the people in drawn cells whose centre is not seen: outside the frame, or under a panel. */
function outside(map) {
  const { clientWidth, clientHeight } = map.getContainer();
  const [size, round, boxes] = [[clientWidth, clientHeight], worldPixels(map.getZoom()), panelBoxes(map)];
  let sum = 0;
  for (const [degrees, people] of placesWithPeople()) {
    const { x, y } = map.project(degrees);
    if (!isSeen([x, y], size, round, boxes)) sum += people;
  }
  return sum;
}

function tellOutside(map) {
  const pill = document.querySelector(".pill:not(.kept-pill)");
  const measure = new URLSearchParams(now.query || "").get("measure") || PEOPLE[0];
  const isKnown = now.set && now.code && now.answer && !now.isHidden && !now.isBoxed && PEOPLE.includes(measure);
  const people = isKnown ? outside(map) : 0;
  pill.hidden = !(people > 0);
  const words = pill.querySelector("[data-words]");
  const said = people === 1 ? words.dataset.word : words.dataset.words;
  words.textContent = said.replace("{}", people.toLocaleString("en"));
}

/* Which jump shows what is on the map now. */
function markJumps() {
  for (const button of document.querySelectorAll(".jumps [data-jump]")) {
    const name = button.dataset.jump;
    button.setAttribute("aria-pressed", String(isHere(fitOf(name))));
  }
}

function isHere([left, up, closeness]) {
  const [x, y, zoom] = viewNow();
  return Math.abs(x - left) < 0.5 && Math.abs(y - up) < 0.5 && Math.abs(zoom - closeness) < 0.05;
}

/* A small map has its key behind a word. */
function foldKey() {
  const [wide, high] = sizeNow();
  const isSmall = wide < SMALL[0] || (high < SMALL[1] && wide < LARGE);
  document.body.classList.toggle("is-map-small", isSmall);
}

export function refresh() {
  const map = innerMap();
  if (!map || !document.querySelector(".pill")) return;
  foldKey();
  keepFit();
  drawScale(map);
  coverBeyond(map);
  const keys = [...document.querySelectorAll(".key")].map((key) => key.offsetHeight);
  panel().style.setProperty("--key-high", `${Math.max(...keys)}px`); // the foot of the map stands above it
  tellOutside(map);
  markJumps();
  if (isAsLarge()) here = fitNow();
}

async function follow() {
  const map = await ready();
  fittedSize ??= sizeNow();
  map.on("move", () => {
    drawScale(map);
    coverBeyond(map);
  });
  for (const act of ["idle", "moveend", "resize"]) map.on(act, soon); // told while sizes are observed: what changes one waits
  whenCellsDrawn(refresh);
  const sizes = new ResizeObserver(soon); // a panel narrows the map before the map itself knows
  for (const part of document.querySelectorAll(".key, .map-panel")) sizes.observe(part);
  document.addEventListener("scroll", soon, { capture: true, passive: true }); // the sheet of a phone
  refresh();
}

let due = 0;
function soon() {
  window.cancelAnimationFrame(due);
  due = window.requestAnimationFrame(refresh);
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-jump], [data-zoom]");
    if (!button) return;
    if (button.dataset.jump) return showPart(button.dataset.jump);
    const [x, y, zoom] = viewNow();
    glideTo([x, y, Math.max(zoom + Number(button.dataset.zoom), 0)]);
  });
  follow();
}
