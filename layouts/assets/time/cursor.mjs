/* The pointer over the rows: a line through all of them with one box of figures, and a drag that chooses dates. */
import { boxLeft, daysBetween, handleAt, periodAfterKey, periodAt, shareOf } from "./axis.mjs";
import { textOf } from "./calendar.mjs";
import { shown, whenDrawn } from "./series.mjs";

const STARTS = 4; // pixels from which a drag is one
const REACH = { mouse: 6, touch: 22, pen: 12 }; // pixels of a handle, on each side
const HOLD = 300; // milliseconds after which the map shows the period as well
const KINDS = ["", "dead", "flow", "arrivals"]; // of the lines of a period

const state = { at: -1, drag: null, hold: 0, peek: () => {}, unpeek: () => {} };
const field = () => document.getElementById("series-cursor");
const part = (name) => field().querySelector(name);
const percent = (share) => `${share * 100}%`;
const isReady = () => shown.periods.length > 1;
const share = (event) => {
  const box = field().getBoundingClientRect();
  return (event.clientX - box.left) / box.width;
};
const endsShown = () => [shareOf(shown.periods, shown.window[0]), shareOf(shown.periods, shown.window[1] + 1)];

/* Give what shows a period on the map while the pointer rests on it, and what ends that. */
export function peekWith(peek, unpeek) {
  Object.assign(state, { peek, unpeek });
}

/* Show a period: line, box, words for those who cannot see it. */
function read(at) {
  if (at === state.at || !isReady()) return;
  state.at = at;
  const cursor = field();
  const middle = (shown.periods[at] + shown.periods[at + 1]) / 2;
  cursor.classList.add("is-reading");
  part(".line").style.left = percent(shareOf(shown.periods, middle));
  cursor.setAttribute("aria-valuenow", String(at));
  cursor.setAttribute("aria-valuetext", shown.lines[at].join("; "));
  fillBox(shown.lines[at], shareOf(shown.periods, middle));
  clearTimeout(state.hold);
  state.hold = setTimeout(() => state.peek(shown.periods[at], shown.periods[at + 1] - 1), HOLD);
}

function fillBox(lines, place) {
  const box = document.getElementById("series-box");
  const paragraphs = lines.map((words, at) => {
    const line = document.createElement("p");
    line.className = KINDS[at];
    line.textContent = words;
    return line;
  });
  box.replaceChildren(...paragraphs);
  box.hidden = false;
  const { offsetLeft, offsetWidth, parentElement } = field();
  box.style.left = `${boxLeft(offsetLeft + place * offsetWidth, box.offsetWidth, parentElement.offsetWidth)}px`;
}

function leave() {
  clearTimeout(state.hold);
  if (state.at < 0) return;
  state.at = -1;
  field().classList.remove("is-reading");
  document.getElementById("series-box").hidden = true;
  state.unpeek();
}

/* Place the handles at the chosen dates, or at those that are being drawn. */
function showEnds([from, to]) {
  part(".handle.start").style.left = percent(from);
  part(".handle.end").style.left = percent(to);
  part(".veil.before").style.cssText = `left: 0; width: ${percent(from)}`;
  part(".veil.after").style.cssText = `left: ${percent(to)}; right: 0`;
}

function drawn() {
  const cursor = field();
  if (!cursor) return;
  leave();
  cursor.setAttribute("aria-valuemax", String(Math.max(shown.lines.length - 1, 0)));
  cursor.classList.toggle("is-chosen", shown.isChosen && isReady());
  cursor.classList.remove("is-brushing");
  if (isReady()) showEnds(endsShown());
}

function choose(days) {
  window.dash_clientside.set_props("brushed", { data: days.map(textOf) });
}

function press(event) {
  if (!isReady() || event.button !== 0) return;
  const at = share(event);
  const reach = REACH[event.pointerType] / field().offsetWidth;
  const isTouch = event.pointerType === "touch";
  const handle = shown.isChosen || isTouch ? handleAt(endsShown(), at, reach) : -1;
  const fixed = handle < 0 ? at : endsShown()[1 - handle];
  field().setPointerCapture(event.pointerId);
  if (isTouch && handle < 0) read(periodAt(shown.periods, at)); // press and slide reads
  else state.drag = { from: event.clientX, fixed: handle === 0 ? fixed - 1e-9 : fixed, isDrawn: false };
}

function move(event) {
  if (!isReady()) return;
  const at = share(event);
  read(periodAt(shown.periods, at));
  const { drag } = state;
  if (!drag) {
    const reach = REACH[event.pointerType] / field().offsetWidth;
    field().classList.toggle("is-at-handle", shown.isChosen && handleAt(endsShown(), at, reach) >= 0);
    return;
  }
  if (!drag.isDrawn && Math.abs(event.clientX - drag.from) < STARTS) return;
  drag.isDrawn = true;
  drag.days = daysBetween(shown.periods, drag.fixed, at);
  field().classList.add("is-brushing");
  showEnds([drag.days[0], drag.days[1] + 1].map((day) => shareOf(shown.periods, day)));
}

function release() {
  const { drag } = state;
  state.drag = null;
  if (drag?.isDrawn) choose(drag.days);
}

function cancel() {
  state.drag = null;
  field().classList.remove("is-brushing");
  if (isReady()) showEnds(endsShown());
}

function key(event) {
  if (!isReady() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && state.at >= 0) {
    event.stopPropagation();
    leave();
  } else if (event.key === "Enter" && state.at >= 0) choose([shown.periods[state.at], shown.periods[state.at + 1] - 1]);
  else {
    const present = state.at < 0 ? periodAt(shown.periods, endsShown()[1] - 1e-9) : state.at;
    const next = periodAfterKey(event.key, present, shown.lines.length);
    if (next === null) return;
    event.preventDefault();
    read(next);
  }
}

const ACTS = { pointerdown: press, pointermove: move, pointerup: release, pointercancel: cancel, keydown: key };

export function start() {
  whenDrawn(drawn);
  for (const [name, act] of Object.entries(ACTS)) {
    document.addEventListener(name, (event) => event.target.closest?.("#series-cursor") && act(event));
  }
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && event.target.id === "series-cursor" && !state.drag) leave();
  });
  document.addEventListener("focusout", (event) => event.target.id === "series-cursor" && leave());
  document.addEventListener("pointerdown", (event) => event.target.closest?.(".series") || (field() && leave()));
}
