/* The card of a route: opened at a click, a label or a key, filled by the server (callbacks/page/route_card.py), placed
   beside the line. What it chooses, it chooses as the reader would: by the filter of routes. */
import * as steps from "../page/steps.mjs";
import { innerMap, moveTo, viewNow } from "./inner_map.mjs";
import { extentOf, mark, pointsOf, shownRoutes, whenDrawn } from "./routes.mjs";

const SPACE = 12; // pixels between a card and what it is of, and around it
const EDGES = 40; // around a route that is shown whole
const PANELS = ".key, .map-tools, .dock, .drawer, .sheet, .tabs"; // what may lie on the map
const open = { only: null, route: null, point: null, back: null, view: null, chosen: "" };

const card = () => document.getElementById("route-card");
const setRoute = (value) => window.dash_clientside.set_props("route", { value });

/* The route whose card is open, else the only one that is chosen. */
export const chosenRoute = () => open.route ?? open.only;

/* Open the card of a route beside a point of the map; `back` gets the focus when it is closed. */
export function openRoute(route, point, back = null) {
  Object.assign(open, { route, point: point || middleOf(route), back: back || document.activeElement });
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

/* Return the part of the map that no panel covers, in pixels of the map. */
export function freeRoom() {
  const map = innerMap().getContainer().getBoundingClientRect();
  const area = { left: 0, top: 0, right: map.width, bottom: map.height };
  for (const panel of document.querySelectorAll(PANELS)) {
    const box = panel.getBoundingClientRect();
    if (panel.closest("#first")) continue;
    if (!panel.offsetParent && getComputedStyle(panel).position !== "fixed") continue;
    if (box.width === 0 || box.right <= map.left || box.left >= map.right) continue;
    if (box.bottom <= map.top || box.top >= map.bottom) continue;
    cut(area, {
      left: box.left - map.left,
      right: box.right - map.left,
      top: box.top - map.top,
      bottom: box.bottom - map.top,
    });
  }
  return area;
}

/* Take from an area the side that a panel leaves smallest. */
function cut(area, box) {
  const losses = {
    left: Math.max(box.right - area.left, 0) * (area.bottom - area.top),
    right: Math.max(area.right - box.left, 0) * (area.bottom - area.top),
    top: Math.max(box.bottom - area.top, 0) * (area.right - area.left),
    bottom: Math.max(area.bottom - box.top, 0) * (area.right - area.left),
  };
  const isClear = box.right <= area.left || box.left >= area.right || box.bottom <= area.top || box.top >= area.bottom;
  if (isClear) return;
  const [side] = Object.entries(losses).sort((one, other) => one[1] - other[1])[0];
  area[side] = { left: box.right, right: box.left, top: box.bottom, bottom: box.top }[side];
}

function fitTo(points) {
  const map = innerMap();
  const room = freeRoom();
  const { clientWidth, clientHeight } = map.getContainer();
  const padding = {
    left: room.left + EDGES,
    top: room.top + EDGES,
    right: clientWidth - room.right + EDGES,
    bottom: clientHeight - room.bottom + EDGES,
  };
  const [across, up] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const bounds = [
    [Math.min(...across), Math.min(...up)],
    [Math.max(...across), Math.max(...up)],
  ];
  const camera = map.cameraForBounds(bounds, { padding, maxZoom: 7 });
  if (camera) moveTo([camera.center.lng, camera.center.lat, camera.zoom]);
}

/* Fit the map to routes that were chosen since, and offer the way back. */
function follow() {
  const chosen = Object.keys(shownRoutes());
  const isAll = chosen.length > 3 || !chosen.length;
  const name = isAll ? "" : chosen.sort().join(",");
  const before = open.chosen;
  Object.assign(open, { chosen: name, only: chosen.length === 1 ? chosen[0] : null });
  mark(chosenRoute());
  if (before === null || before === name) return;
  if (!isAll) {
    const points = extentOf(chosen);
    open.view ??= viewNow();
    if (points.length) fitTo(points);
  } else open.view = null;
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

/* Follow what the server has put into the card: place it, and bring the focus to it. */
function onFilled() {
  if (open.route === null || card().hidden) return;
  placeCard();
  card().querySelector("h2, h3")?.focus({ preventScroll: true });
}

export function filled(children) {
  window.requestAnimationFrame(onFilled);
  return !children || open.route === null;
}

const ACTS = { "route-show": show, "route-close": closeRoute, "route-back": goBack };

export function start() {
  open.chosen = null; // the routes that the page is opened with move no map
  whenDrawn(follow);
  document.addEventListener("click", ({ target }) => ACTS[target.closest?.("button")?.id]?.());
  steps.register({
    height: 4,
    names: ["route-card"],
    isStep: () => true,
    open: () => (open.route === null ? [] : ["route-card"]),
    close: closeRoute,
  });
}
