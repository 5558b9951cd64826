/* The card of a route: opened at a click, a label or a key, filled by the server (callbacks/page/route_card.py), placed
   beside the line. What it chooses, it chooses as the reader would: by the filter of routes. */
import * as steps from "../page/steps.mjs";
import { clickMap, innerMap, moveTo, viewNow } from "./inner_map.mjs";
import { freeRoom } from "./room.mjs";
import { mark, pointsOf, shownRoutes, whenDrawn } from "./routes.mjs";

const SPACE = 12; // pixels between a card and what it is of, and around it
const open = { only: null, route: null, point: null, cell: null, back: null, view: null, chosen: "" };

const card = () => document.getElementById("route-card");
const setRoute = (value) => window.dash_clientside.set_props("route", { value });

/* The route whose card is open, else the only one that is chosen. */
export const chosenRoute = () => open.route ?? open.only;

/* Open the card of a route beside a point of the map; `back` gets the focus when it is closed; `cell` is what lies under the
   line there: its words, and what a press on it would be. */
export function openRoute(route, point, back = null, cell = null) {
  Object.assign(open, { route, point: point || middleOf(route), cell, back: back || document.activeElement });
  mark(route);
  window.dash_clientside.set_props("route-asked", { data: { route, at: Date.now() } });
  steps.follow();
}

export function closeRoute() {
  if (open.route === null) return;
  const { back } = open;
  Object.assign(open, { route: null, back: null });
  mark(chosenRoute());
  const hadFocus = card().contains(document.activeElement);
  window.dash_clientside.set_props("route-card", { hidden: true });
  window.dash_clientside.set_props("route-asked", { data: null });
  steps.follow();
  if (hadFocus) inPlaceOf(back)?.focus({ preventScroll: true });
}

/* Return what opened the card: itself, what has been written anew in its place, or the map. */
function inPlaceOf(element) {
  if (element?.isConnected && element !== document.body) return element;
  const route = element?.dataset.route;
  const place = element?.classList.contains("route-label") ? ".route-label" : "#route-list button";
  return (route && document.querySelector(`${place}[data-route="${route}"]`)) || innerMap()?.getCanvas();
}

function middleOf(route) {
  const points = pointsOf(route);
  const { x, y } = innerMap().project(points[Math.floor(points.length / 2)] || innerMap().getCenter());
  return { x, y };
}

/* Put the card beside its point, within what of the map is free. */
function placeCard() {
  const box = card();
  if (box.hidden || !open.point) return;
  const area = freeRoom();
  const [wide, high] = [box.offsetWidth, box.offsetHeight];
  const isRight = open.point.x + SPACE + wide <= area.right;
  const left = isRight ? open.point.x + SPACE : open.point.x - SPACE - wide;
  const top = open.point.y - high / 3;
  box.style.left = `${within(left, area.left + SPACE, area.right - wide - SPACE)}px`;
  box.style.top = `${within(top, area.top + SPACE, area.bottom - high - SPACE)}px`;
}

const within = (value, low, high) => Math.max(low, Math.min(value, high));

/* Keep where the map is, before it goes to routes that were chosen: the way back leads there. */
export const keepView = () => (open.view ??= viewNow());

/* Follow which routes are chosen, and offer the way back. */
function follow() {
  const chosen = Object.keys(shownRoutes());
  const isAll = chosen.length > 3 || !chosen.length;
  const name = isAll ? "" : chosen.sort().join(",");
  const before = open.chosen;
  Object.assign(open, { chosen: name, only: chosen.length === 1 ? chosen[0] : null });
  mark(chosenRoute());
  if (before === null || before === name) return;
  if (isAll) open.view = null;
  back().hidden = isAll;
}

const back = () => document.getElementById("route-back");

function goBack() {
  setRoute([]);
  if (open.view) moveTo(open.view);
  closeRoute();
  innerMap()?.getCanvas().focus({ preventScroll: true });
}

function show() {
  if (!open.route) return;
  setRoute([open.route]);
  closeRoute();
}

/* Open the cell that lies under the line. */
function showCell() {
  const { cell } = open;
  closeRoute();
  if (cell) clickMap(cell.pressed);
}

function offerCell() {
  const offer = document.getElementById("route-cell");
  offer.hidden = !open.cell;
  offer.textContent = open.cell ? offer.dataset.words.replace("{}", open.cell.words) : "";
}

/* Follow what the server has put into the card: place it, and bring the focus to it. */
function onFilled() {
  if (open.route === null || card().hidden) return;
  document.getElementById("route-show").hidden = open.route === open.only; // it is shown alone already
  offerCell();
  placeCard();
  card().querySelector("h2, h3")?.focus({ preventScroll: true });
}

export function filled(children) {
  window.requestAnimationFrame(onFilled);
  return !children || open.route === null;
}

const ACTS = { "route-show": show, "route-cell": showCell, "route-close": closeRoute, "route-back": goBack };

export function start() {
  open.chosen = null; // the routes that the page is opened with move no map
  whenDrawn(follow);
  document.addEventListener("click", ({ target }) => ACTS[target.closest?.("button")?.id]?.());
  const unfolded = ({ target }) => target.closest?.("#route-card") && placeCard(); // it is higher, or lower
  document.addEventListener("toggle", unfolded, true);
  steps.register({
    height: 4,
    names: ["route-card"],
    isStep: () => true,
    open: () => (open.route === null ? [] : ["route-card"]),
    close: closeRoute,
  });
}
