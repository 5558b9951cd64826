/* The routes in view as a list for the keys: out of sight until the focus is in it. One stop of the Tab key; arrows go
   through it, Enter opens the card. */
import { innerMap } from "./inner_map.mjs";
import { openRoute } from "./route_card.mjs";
import { mark, pointsOf, shownRoutes, whenDrawn } from "./routes.mjs";

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const list = () => document.getElementById("route-list");
let reached = null; // the route that the Tab key comes to

/* Return the routes of which a part is in view, those of most people first. */
function inView() {
  const bounds = innerMap().getBounds();
  return Object.entries(shownRoutes())
    .filter(([id]) => pointsOf(id).some((point) => bounds.contains(point)))
    .sort(([, one], [, other]) => other.toll - one.toll);
}

function made([id, route]) {
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button",
    textContent: [route.name, ...(route.amount ? [route.counted] : []), ...route.full.map(([, words]) => words)].join(
      ", ",
    ),
    tabIndex: id === reached ? 0 : -1,
  });
  button.dataset.route = id;
  const item = document.createElement("li");
  item.append(button);
  return item;
}

/* Write the list anew; the focus stays on its route. */
export function writeList() {
  const box = list();
  if (!innerMap() || !box) return;
  const held = box.contains(document.activeElement);
  const routes = inView();
  if (!routes.some(([id]) => id === reached)) reached = routes[0]?.[0] ?? null;
  box.replaceChildren(...routes.map(made));
  if (held) focusOn(reached);
}

function focusOn(id) {
  reached = id;
  for (const button of list().querySelectorAll("button")) {
    button.tabIndex = button.dataset.route === id ? 0 : -1;
    if (button.dataset.route === id) button.focus({ preventScroll: true });
  }
  list().querySelector('[tabindex="0"]')?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const step = STEPS[event.key];
  const button = event.target.closest?.("#route-list button");
  if (!button || !step) return;
  event.preventDefault();
  event.stopPropagation();
  const ids = [...list().querySelectorAll("button")].map(({ dataset }) => dataset.route);
  focusOn(ids[(ids.indexOf(button.dataset.route) + step + ids.length) % ids.length]);
}

export function start() {
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("focusin", ({ target }) => {
    const button = target.closest?.("#route-list button");
    if (button) mark(button.dataset.route);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("#route-list button");
    if (button) openRoute(button.dataset.route, null, button);
  });
  whenDrawn(() => window.requestAnimationFrame(writeList));
}
