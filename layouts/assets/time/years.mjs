/* The years in the dates' popover: a press chooses one, a drag or Shift with an arrow key several. */
const bars = () => [...document.querySelectorAll(".year-bar")];
const yearOf = (bar) => Number(bar.dataset.year);
const barUnder = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY)?.closest(".year-bar");

let from = null; // the year at which a drag, or a choice by keys, began
let to = null;
let isDragged = false;

/* Return the first and last day of the years from one to another, in either order. */
export const daysOf = (one, other) => [`${Math.min(one, other)}-01-01`, `${Math.max(one, other)}-12-31`];

/* Return whether any of a year is between two days; a day that is not stated is no end. Without either, no year is. */
export function isWithin(year, first, last) {
  if (!first && !last) return false;
  return (!first || `${year}-12-31` >= first) && (!last || `${year}-01-01` <= last);
}

function mark(first, last) {
  for (const bar of bars()) bar.setAttribute("aria-pressed", String(isWithin(yearOf(bar), first, last)));
}

/* Show which years a question is about. */
export function show(query) {
  const given = new URLSearchParams(query);
  mark(given.get("from"), given.get("to"));
}

const choose = () => window.dash_clientside.set_props("brushed", { data: daysOf(from, to) });

function onDown(event) {
  const bar = event.target.closest?.(".year-bar");
  if (!bar || event.button) return;
  if (!event.shiftKey || from === null) from = yearOf(bar);
  [to, isDragged] = [yearOf(bar), true];
  mark(...daysOf(from, to));
}

function onMove(event) {
  const bar = isDragged && barUnder(event);
  if (!bar || yearOf(bar) === to) return;
  to = yearOf(bar);
  mark(...daysOf(from, to));
}

function onUp() {
  if (isDragged) choose();
  isDragged = false;
}

/* A press by keys has no place of a pointer. */
function onClick({ target, detail }) {
  const bar = target.closest?.(".year-bar");
  if (!bar || detail) return;
  [from, to] = [yearOf(bar), yearOf(bar)];
  choose();
}

function onKey(event) {
  const bar = event.target.closest?.(".year-bar");
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!bar || !by) return;
  event.preventDefault();
  const all = bars();
  const next = all[all.indexOf(bar) + by];
  if (!next) return;
  next.focus();
  if (!event.shiftKey) return;
  if (from === null || to !== yearOf(bar)) from = yearOf(bar);
  to = yearOf(next);
  choose();
}

export function start() {
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", () => (isDragged = false));
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
}
