/* What of the map is free: the boxes of what lies over it, in pixels of the map; the area that panels leave; what of the
   cells lies under a box. Boxes are read once for many questions, as to ask the page what is at a point costs half a
   millisecond over thousands of drawn cells. */
import { innerMap } from "./inner_map.mjs";
import { worldPixels } from "./projection.mjs";
import { depthAt } from "./shown.mjs";

export const DARK = 4; // the lowest of the two darkest classes
const PANELS = ".key, .dock, .drawer, .sheet, .tabs"; // what hides a part of the map
const TOOLS = ".map-tools"; // what a card of the map keeps clear of as well

export function boxOn(map, element) {
  const [around, box] = [map.getContainer(), element].map((each) => each.getBoundingClientRect());
  return { left: box.left - around.left, top: box.top - around.top, wide: box.width, high: box.height };
}

/* Return the boxes of what an expression names that are seen over the map. */
function boxesOf(map, names) {
  const { width, height } = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll(names)]
    .filter((panel) => !panel.closest("#first"))
    .filter((panel) => panel.offsetParent || getComputedStyle(panel).position === "fixed")
    .map((panel) => boxOn(map, panel))
    .filter(({ left, top, wide, high }) => wide && left < width && top < height && left + wide > 0 && top + high > 0);
}

/* Call `act` whenever a panel that is there now grows or shrinks. */
export function whenPanelsChange(act) {
  const watch = new ResizeObserver(() => window.requestAnimationFrame(act));
  for (const panel of document.querySelectorAll(PANELS)) watch.observe(panel);
}

/* Return what is covered beside one world, where that is narrower than the map: each place is seen once. */
export function beyondWorld(map) {
  const { clientWidth, clientHeight: high } = map.getContainer();
  const wide = Math.max((clientWidth - worldPixels(map.getZoom())) / 2, 0);
  return wide ? [0, clientWidth - wide].map((left) => ({ left, top: 0, wide, high })) : [];
}

export const panelBoxes = (map) => [...boxesOf(map, PANELS), ...beyondWorld(map)];
export const coverBoxes = (map) => boxesOf(map, `${PANELS}, ${TOOLS}`);

export const holds = ({ left, top, wide, high }, x, y) => x >= left && y >= top && x < left + wide && y < top + high;

export const meets = (one, other) =>
  one.left < other.left + other.wide + 6 &&
  other.left < one.left + one.wide + 6 &&
  one.top < other.top + other.high + 4 &&
  other.top < one.top + one.high + 4;

/* Whether a point, in pixels of the map, is seen: on one copy of the world, within the map and under no panel. */
export function isSeen([x, y], [wide, high], world, boxes) {
  if (y < 0 || y > high) return false;
  for (let at = x - world * Math.floor(x / world); at <= wide; at += world)
    if (!boxes.some((box) => holds(box, at, y))) return true;
  return false;
}

const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.id !== "first";

/* Return what of an element stops the pointer: itself, or those of its children that do, where it lets the pointer
   through or has no box of its own. */
function stopping(element) {
  const { display, pointerEvents } = getComputedStyle(element);
  if (display !== "contents" && !isShown(element)) return [];
  const isThrough = display === "contents" || pointerEvents === "none";
  return isThrough ? [...element.children].flatMap(stopping) : [element];
}

/* Return the boxes of all that lies over the map. The first picture does not count: it goes as soon as the map is there. */
export function coversOf(map) {
  const beside = [];
  for (let around = map.getContainer(); around !== document.body; around = around.parentElement)
    beside.push(...[...around.parentElement.children].filter((each) => each !== around));
  return [...beside.flatMap(stopping).map((each) => boxOn(map, each)), ...marksOf(map), ...beyondWorld(map)];
}

/* Return the boxes of what the figure itself writes over the map, that its data is invented: the pointer goes through. */
export const marksOf = (map) => [...document.querySelectorAll("#map .annotation")].map((mark) => boxOn(map, mark));

const FINE = 14; // pixels, at most, from one look to the next: less than the smallest cell that is drawn

const stepsOf = (from, long) => {
  const steps = Math.max(Math.ceil(long / FINE), 2);
  return Array.from({ length: steps + 1 }, (_, at) => from + (at * long) / steps);
};

const samples = ({ left, top, wide, high }) =>
  stepsOf(left, wide).flatMap((x) => stepsOf(top, high).map((y) => [x, y]));

/* Return what lies under a box: the highest class of cell, −1 for none; null where a cover or the edge does. A dark one is
   enough to know. */
export function under(map, box, covers) {
  const { clientWidth, clientHeight } = map.getContainer();
  let highest = -1;
  for (const [x, y] of samples(box)) {
    const isOff = x < 0 || y < 0 || x >= clientWidth || y >= clientHeight;
    if (isOff || covers.some((cover) => holds(cover, x, y))) return null;
    highest = Math.max(highest, depthAt(map.unproject([x, y])));
    if (highest >= DARK) break;
  }
  return highest;
}

/* Return the part of the map that no panel covers, in pixels of the map. */
export function freeRoom() {
  const map = innerMap();
  const { width, height } = map.getContainer().getBoundingClientRect();
  const area = { left: 0, top: 0, right: width, bottom: height };
  for (const { left, top, wide, high } of coverBoxes(map))
    cut(area, { left, top, right: left + wide, bottom: top + high });
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
