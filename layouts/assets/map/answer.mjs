/* The map while a question is answered: the answer's own cells, corridors and routes in place of those of the selection,
   its key in place of the map's. What is shown stands in the answer (layouts/questions/on_map.py). Nothing counts here. */
import { clearAnswer, drawAnswer, recolour } from "./answer_layers.mjs";
import { fetchTable } from "./binary_columns.mjs";
import { degreesFrom, emptySet, ringOf } from "./cell_shapes.mjs";
import { redraw } from "./cells.mjs";
import { isDrawn } from "./classes.mjs";
import { chosenPlace, chosenView, look, openingBox, refresh, viewAboveKey, viewOfBox, wayBack } from "./frame.mjs";
import { glideTo, ready, viewNow } from "./inner_map.mjs";
import { hover } from "./pointer.mjs";
import { pointsOf, shownRoutes, whenDrawn } from "./routes.mjs";
import { now } from "./shown.mjs";
import { note } from "./tip.mjs";

const BESIDE = 900; // pixels of a window from which on the map stands beside the answer
const SOON = 80; // milliseconds
const ROOM = 0.04; // of a route's extent, around it
const LEAST = 0.5; // degrees around it
const FEW = 0.005; // of a change, at each end, that may lie outside the frame
const state = { wanted: "", left: "", shown: "", question: "", asked: null, before: null, fitted: null, draw: null };
const element = (id) => document.getElementById(id);
const stated = () => element("answer")?.querySelector("[data-on-map]");
const isOpen = () => element("page").classList.contains("show-questions");
const isBeside = () => window.innerWidth >= BESIDE;

/* Show what the answer says, unless the reader has gone back to the map. Where the answer covers the map, it stays on it
   until the reader goes back. */
function follow() {
  if (isAskedAnew()) return recede();
  state.question = element("answer").dataset.asked;
  const found = stated();
  const has = found && (isOpen() || (!isBeside() && state.shown === found.dataset.onMap));
  const wanted = has && found.dataset.onMap !== state.left ? found.dataset.onMap : "";
  if (has && found.dataset.onMap !== state.left) state.left = "";
  if (wanted === state.wanted) return;
  state.wanted = wanted;
  if (wanted) show(wanted, found).catch((problem) => problem.name !== "AbortError" && note(problem.message));
  else leave();
}

/* Whether another question is asked than the one whose answer is still there. */
function isAskedAnew() {
  const answer = element("answer");
  return isOpen() && answer.getAttribute("aria-busy") === "true" && answer.dataset.asked !== state.question;
}

/* Take what an answer drew from the map at once, with its key; where the map looks is for the answer that comes. */
function recede() {
  state.asked?.abort();
  Object.assign(state, { wanted: null, shown: "" });
  clear();
}

function clear() {
  if (now.asked) {
    hover(-1);
    now.asked = null;
    clearAnswer();
    redraw();
  }
  document.body.classList.remove("is-answered");
}

async function show(wanted, found) {
  state.asked?.abort();
  state.asked = new AbortController();
  const { signal } = state.asked;
  const given = JSON.parse(wanted);
  const map = await ready();
  if (now.isPlain) return;
  const [cells, near] = await Promise.all(
    [given.cells, given.corridors].map((address) => (address ? fetchTable(address, signal) : null)),
  );
  const places = given.countries ? await import("./countries.mjs") : null; // few answers mark any
  if (state.wanted !== wanted) return;
  hover(-1);
  now.asked = { set: cells ?? emptySet(), code: cells?.code ?? new Uint8Array(0), answer: cells ?? { says: [] } };
  redraw();
  state.draw = () => {
    drawAnswer(map, now.asked, near, given.routes, given.countries ?? []);
    places?.mark(map, given.countries);
    fit(given);
  };
  state.draw();
  state.shown = wanted;
  tellKey(found, cells);
}

function tellKey(found, cells) {
  const key = element("answer-key");
  const parts = [...found.querySelector("[data-answer-key]").cloneNode(true).childNodes];
  key.replaceChildren(...parts);
  key.querySelector("[data-dropped]").textContent = cells?.dropped ?? "";
  document.body.classList.add("is-answered");
}

/* Put the map where the answer looks: at its own cells where a place is chosen, at its own box, at its one route or at all
   there is; once for each, so that a reader who moves the map is left there. */
function fit({ box, routes, stays }) {
  if (stays) return;
  const alone = routes.length === 1 ? routes[0].route : null;
  const own = chosenPlace() ? boxOfCells(alone ? pointsOf(alone) : []) : null;
  const isChosen =
    !own && !box && chosenView() && (!alone || Object.keys(shownRoutes()).every((route) => route === alone));
  const wanted = own ?? box ?? (alone && !isChosen ? boxOf(pointsOf(alone)) : openingBox());
  const name = isChosen ? chosenPlace() : JSON.stringify(wanted);
  if (!wanted || state.fitted?.name === name) return;
  whenLive(() => {
    if (!now.asked) return;
    state.before ??= wayBack();
    const view = isChosen ? chosenView() : own ? viewAboveKey(own) : viewOfBox(wanted);
    state.fitted = { name, view };
    look(view);
  });
}

/* Return the box of degrees around the answer's fine cells, whole, without the few that lie far from most of what they
   hold, and around some points; null without a cell. */
function boxOfCells(points) {
  const { set, code, answer } = now.asked;
  const weights = new Map();
  for (const [cell, one] of code.entries())
    if (cell >= (answer.wider ?? 0) && isDrawn(one) && answer.value[cell])
      weights.set(cell, Math.abs(Number(answer.value[cell])));
  if (!weights.size) return null;
  const within = [0, 1].map((axis) =>
    mostOf([...weights].map(([cell, weight]) => [degreesFrom(set, cell)[axis], weight])),
  );
  const isWithin = (place) => within.every(([low, high], axis) => place[axis] >= low && place[axis] <= high);
  const kept = [...weights.keys()].filter((cell) => isWithin(degreesFrom(set, cell)));
  return boxOf([...kept.flatMap((cell) => ringOf(set, cell)), ...points], 0);
}

/* Return between which values most of the weight lies. */
function mostOf(pairs) {
  const sorted = pairs.toSorted(([one], [other]) => one - other);
  const all = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let held = 0;
  const kept = sorted.filter(([, weight]) => {
    held += weight;
    return held > FEW * all && held - weight < (1 - FEW) * all;
  });
  return [kept[0][0], kept.at(-1)[0]];
}

/* Once the panel has taken its room, and the live map is in the place of the first picture, which it takes over as it is. */
function whenLive(act) {
  setTimeout(() => (element("first") ? whenLive(act) : act()), SOON);
}

/* Put the map at a box of degrees that is asked of. */
export function lookAt(box) {
  whenLive(() => look(viewOfBox(box)));
}

/* Return the box of degrees around points, with room around it; null for none. */
export function boxOf(points, least = LEAST) {
  if (!points.length) return null;
  const [across, up] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [west, east, south, north] = [Math.min(...across), Math.max(...across), Math.min(...up), Math.max(...up)];
  const [aside, along] = [ROOM * (east - west) + least, ROOM * (north - south) + least];
  return [west - aside, south - along, east + aside, north + along];
}

/* Show the map as it was; where the reader has not moved it, it looks where it looked before. */
function leave() {
  state.asked?.abort();
  state.shown = "";
  clear();
  const { before, fitted } = state;
  Object.assign(state, { before: null, fitted: null });
  if (before && fitted && isThere(fitted.view)) glideTo(before());
  else refresh();
}

const isThere = (view) => viewNow().every((part, at) => Math.abs(part - view[at]) < 0.05);

/* The way back, and the way to the map again. */
function pressed({ target }) {
  const act = target.closest?.("[data-answer]")?.dataset.answer;
  if (act === "leave") {
    state.left = state.wanted;
    follow();
    stated()?.querySelector('[data-answer="show"]').focus();
  }
  if (act !== "show") return;
  state.left = "";
  follow();
  if (!isBeside()) element(element("tab-map")?.offsetParent ? "tab-map" : "questions-close").click();
}

export function start() {
  whenDrawn(() => now.asked && state.draw()); // lines that come later
  document.addEventListener("click", pressed);
  window.addEventListener("steppedback", () => {
    state.shown = ""; // a step back from the answer is a step back from its map too
    follow();
  });
  window.addEventListener("themechange", () => now.asked && recolour());
  const seen = new MutationObserver(() => {
    if (!element("answer")) return;
    seen.disconnect();
    const act = new MutationObserver(follow);
    act.observe(element("answer"), { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
    act.observe(element("page"), { attributeFilter: ["class"] });
  });
  seen.observe(document.body, { childList: true, subtree: true });
}
