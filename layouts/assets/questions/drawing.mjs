/* Draws a sector on the map, by pointer, fingers or keys: a circle, or a polygon corner by corner. */
import { innerMap, ready } from "../map/inner_map.mjs";
import { outline, outlineAnswer, stateDrawn } from "./sector.mjs";
import { circleOf, kilometresBetween, unwrapped, wrapped } from "./sphere.mjs";

const [LEAST, MOST] = [1, 500]; // kilometres of a radius
const STEPS = [1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500];
const pad = () => document.getElementById("sector-pad");
const catcher = () => pad().querySelector(".draw-catch");
const plain = (value) => String(+value.toFixed(4));
const written = ([x, y]) => `${plain(wrapped(x))},${plain(y)}`;
const fresh = () => ({ corners: [], circle: null, down: null, radius: 100, last: null, fingers: new Map() });
let draft = fresh();
let opener = null; // what gets the focus when drawing is left

const say = (words) => {
  pad().querySelector(".draw-said").textContent = words;
};

function show() {
  const { circle, corners } = draft;
  if (circle) {
    const [x, y] = circle.middle;
    outline(circleOf(circle.middle, circle.km));
    say(
      `A circle of ${circle.km.toLocaleString("en")} km around ${plain(y)}, ${plain(wrapped(x))} (latitude, longitude).`,
    );
    return;
  }
  outline(unwrapped(corners.length > 2 ? [...corners, corners[0]] : corners));
  say(corners.length ? `${corners.length} ${corners.length === 1 ? "corner" : "corners"}.` : "");
}

/* Begin at once, from whatever was pressed; the map takes the pointer and says what to do. */
export function begin(event, pressed) {
  draft = fresh();
  opener = pressed;
  pad().hidden = false;
  document.body.classList.add("is-drawing");
  catcher().querySelector(".crosshair").hidden = true;
  catcher().focus();
  if (event.detail === 0) crosshair(); // by keyboard
  else show();
}

function end() {
  pad().hidden = true;
  document.body.classList.remove("is-drawing");
  outlineAnswer();
  const back = opener?.offsetParent ? opener : document.querySelector("#map canvas");
  back?.focus();
}

function crosshair() {
  const { lng, lat } = innerMap().getCenter();
  catcher().querySelector(".crosshair").hidden = false;
  draft.corners = [];
  draft.circle = { middle: [+lng.toFixed(4), +lat.toFixed(4)], km: draft.radius };
  show();
}

function take() {
  const { circle, corners } = draft;
  if (circle) {
    openQuestion();
    stateDrawn({ by: "place", place: written(circle.middle), radius_km: plain(circle.km) });
  } else if (corners.length > 2) {
    openQuestion();
    stateDrawn({ by: "polygon", polygon: corners.map(written).join(";") });
  } else {
    say("A polygon needs three corners. Press and drag for a circle.");
    return;
  }
  end();
}

/* What is drawn is asked of; where the drawing began elsewhere, the question opens now. */
function openQuestion() {
  window.dash_clientside.set_props("question", { value: "sector" });
  if (!document.getElementById("page").classList.contains("show-questions"))
    document.getElementById("show-questions").click();
}

function at(event) {
  const box = innerMap().getCanvas().getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function degrees({ x, y }) {
  const { lng, lat } = innerMap().unproject([x, y]);
  return [+lng.toFixed(4), +lat.toFixed(4)];
}

const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

function pinch(fingers) {
  const [one, other] = fingers;
  const now = { apart: apart(one, other), x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  const was = draft.pinch;
  draft.pinch = now;
  if (!was || !now.apart || !was.apart) return;
  const map = innerMap();
  map.panBy([was.x - now.x, was.y - now.y], { duration: 0 });
  map.jumpTo({ zoom: map.getZoom() + Math.log2(now.apart / was.apart) });
}

const POINTER = {
  pointerdown(event) {
    if (event.button) return;
    catcher().setPointerCapture(event.pointerId);
    draft.fingers.set(event.pointerId, at(event));
    draft.down = draft.fingers.size === 1 ? at(event) : null;
    if (draft.fingers.size > 1) draft.circle = draft.pinch = null;
  },
  pointermove(event) {
    if (!draft.fingers.has(event.pointerId)) return;
    draft.fingers.set(event.pointerId, at(event));
    if (draft.fingers.size === 2) {
      pinch([...draft.fingers.values()]);
      return;
    }
    if (!draft.down || draft.corners.length || apart(draft.down, at(event)) < 6) return;
    const middle = degrees(draft.down);
    const far = Math.min(Math.max(kilometresBetween(middle, degrees(at(event))), LEAST), MOST);
    catcher().querySelector(".crosshair").hidden = true;
    draft.isDragged = true;
    draft.circle = { middle, km: +far.toFixed(far < 10 ? 1 : 0) };
    show();
  },
  pointerup(event) {
    draft.fingers.delete(event.pointerId);
    const here = at(event);
    if (!draft.down) return;
    draft.down = null;
    if (draft.isDragged) {
      take();
      return;
    }
    draft.circle = null;
    const isTwice = draft.last && event.timeStamp - draft.last.when < 450 && apart(draft.last, here) < 12;
    draft.last = { ...here, when: event.timeStamp };
    if (isTwice) {
      take();
      return;
    }
    draft.corners.push(degrees(here));
    show();
  },
  pointercancel(event) {
    draft.fingers.delete(event.pointerId);
    Object.assign(draft, { down: null, circle: null, isDragged: false });
    show();
  },
};

function scale(by) {
  const next = by > 0 ? STEPS.find((one) => one > draft.radius) : STEPS.findLast((one) => one < draft.radius);
  draft.radius = next || draft.radius;
  crosshair();
}

function move(right, down) {
  innerMap().panBy([right, down], { duration: 0 });
  crosshair();
}

function zoom(by) {
  const map = innerMap();
  map.jumpTo({ zoom: map.getZoom() + by });
  if (draft.circle) show();
}

const KEYS = {
  ArrowLeft: () => move(-40, 0),
  ArrowRight: () => move(40, 0),
  ArrowUp: () => move(0, -40),
  ArrowDown: () => move(0, 40),
  "+": () => scale(1),
  "=": () => scale(1),
  "-": () => scale(-1),
  "−": () => scale(-1),
  PageUp: () => zoom(1),
  PageDown: () => zoom(-1),
  Enter: () => (draft.circle || draft.corners.length ? take() : crosshair()),
  Backspace: () => {
    draft.corners.pop();
    show();
  },
};

/* Keys while a sector is drawn; the map's own do not get them. */
function followKeys(event) {
  if (!document.body.classList.contains("is-drawing")) return;
  const act = event.key === "Escape" ? end : event.target === catcher() && KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act();
}

export async function start() {
  window.addEventListener("keydown", followKeys, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#sector-draw");
    if (button) begin(event, button);
    const what = event.target.closest("[data-draw]");
    if (what) (what.dataset.draw === "take" ? take : end)();
  });
  await ready();
  for (const [name, act] of Object.entries(POINTER)) catcher().addEventListener(name, act);
  const wheel = (event) => {
    event.preventDefault();
    innerMap().getCanvas().dispatchEvent(new WheelEvent("wheel", event));
  };
  catcher().addEventListener("wheel", wheel, { passive: false });
}
