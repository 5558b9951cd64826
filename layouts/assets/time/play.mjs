/* Play: moves the window over the shared axis, step by step, and draws the cells of each. */
import { fetchTable } from "../map/binary_columns.mjs";
import { draw, whenAsked } from "../map/cells.mjs";
import { overAll } from "../map/classes.mjs";
import { now } from "../map/shown.mjs";
import { note } from "../map/tip.mjs";
import { dayOf, monthOf, reachOf, stepsBetween, textOf, windowOf, wordsOf } from "./calendar.mjs";
import { apartWords, countCells } from "./count.mjs";
import { peekWith } from "./cursor.mjs";
import { markWindow, periodsShown } from "./series.mjs";

const SETTLING = 3000; // milliseconds in which our own last window may still become the selection

export const play = {
  isPlaying: false,
  cube: null, // the table, and the question that it is of
  of: null,
  periods: [],
  steps: [], // numbers of periods
  at: -1, // which of the steps is shown
  shown: null, // its window
  ends: null, // the window that is chosen
  wrote: null, // the last window that play itself has chosen, and when
  wroteAt: -1e9,
  due: 0,
  peeks: 0, // how often a period was pointed at
  before: null, // what the map showed before
  times: [], // milliseconds of each step
  turn: Promise.resolve(),
};
const element = (id) => document.getElementById(id);

/* Wait until the cells of the selection are drawn: the table's cells are those of that set. */
async function settled() {
  while (now.query !== now.asks) {
    const awaited = now.asking;
    await awaited;
    if (awaited === now.asking && now.query !== now.asks) throw new Error("The cells of this selection are not here.");
  }
}

/* Fetch the table of the selection, unless it is here. */
async function loadCube(of) {
  await settled();
  const { shapes } = now.answer;
  if (of !== play.of || play.cube.shapes !== shapes) {
    const cube = await fetchTable(`/cells/cube?${of}`);
    [play.cube, play.of] = [cube, of];
  }
  if (play.cube.shapes !== now.answer.shapes) throw new Error("The data has changed. Load the page again.");
}

/* Return the question of the selection without its dates: that of the table. */
function undated() {
  const given = new URLSearchParams(now.asks);
  for (const name of ["from", "to"]) given.delete(name);
  return given.toString();
}

async function load() {
  const given = new URLSearchParams(now.asks);
  const chosen = [given.get("from"), given.get("to")];
  await loadCube(undated());
  play.periods = periodsShown();
  const isWritten = String(chosen) === String(play.wrote);
  const isOnItsWay = !isWritten && performance.now() - play.wroteAt < SETTLING;
  if (!isWritten && !isOnItsWay) play.ends = chosen[0] && chosen[1] ? chosen.map(dayOf) : null;
  play.steps = stepsBetween(play.periods, play.ends);
  if (isOnItsWay) return;
  const last = isWritten && chosen[1] ? dayOf(chosen[1]) + 1 : null;
  play.at = last === null ? -1 : play.steps.findIndex((at) => play.periods[at + 1] === last);
}

/* Show one step, without the server where the table is here. */
async function show(at) {
  play.at = at;
  const [first, last] = windowOf(play.periods, play.steps[at], element("play-mode").value, play.ends);
  const started = performance.now();
  const { set, box, asks } = now;
  const view = box ? `&box=${box}` : "";
  const counted = play.cube.is_too_large
    ? await fetchTable(`/cells/values?${play.of}&from=${textOf(first)}&to=${textOf(last)}${view}`)
    : countCells(play.cube, set.id.length, first, last);
  if (set !== now.set || asks !== now.asks) return; // the cells or the selection have changed meanwhile
  now.values = counted.value;
  draw(counted.code);
  play.shown = [textOf(first), textOf(last)];
  play.times.push(performance.now() - started);
  tell(first, last, counted.sum, Boolean(box));
}

const isSlow = () => navigator.connection?.saveData || /2g|3g/.test(navigator.connection?.effectiveType);

/* Show the cells of one period while the pointer rests on it; nothing is chosen, and nothing is fetched on a weak link. */
async function peek(first, last) {
  const turn = ++play.peeks;
  if (play.isPlaying || now.isHidden || (isSlow() && undated() !== play.of)) return;
  try {
    await loadCube(undated());
  } catch {
    return; // what is shown stays
  }
  if (turn !== play.peeks || play.isPlaying || play.cube.is_too_large) return;
  play.before ??= { code: now.code, values: now.values, answer: now.answer };
  const counted = countCells(play.cube, now.set.id.length, first, last);
  now.values = counted.value;
  document.body.classList.add("is-peeking");
  draw(overAll(counted.code, play.before.code));
  const said = play.cube.words.replace("{}", counted.sum.toLocaleString("en"));
  note(`${wordsOf(first, last)}: ${said[0].toLowerCase()}${said.slice(1)} on the map`);
}

/* Show again what was shown before the pointer rested. */
function unpeek() {
  play.peeks += 1;
  const { before } = play;
  play.before = null;
  if (before) note("");
  document.body.classList.remove("is-peeking");
  if (!before || before.answer !== now.answer || play.isPlaying) return;
  now.values = before.values;
  draw(before.code);
}

function tell(first, last, sum, isInView) {
  const { measure, words } = play.cube;
  const where = `${measure === "events" ? "counted in each cell they reach" : "in cells"}${isInView ? " in view" : ""}`;
  const axis = play.periods[0];
  const short = first < axis ? ` Fewer than 12 months: the axis begins in ${monthOf(axis)}.` : "";
  const reach = reachOf(play.cube.covered, first, last);
  const count = words.replace("{}", sum.toLocaleString("en"));
  const missing = reach === "some" ? " Not all of these days are counted." : "";
  const said = reach === "none" && !sum ? "No figures: these days are not counted" : `${count}, ${where}`;
  element("play-note").textContent =
    `${wordsOf(first, last)}. ${said}.${missing}${short} ${apartWords(play.cube, first, last)} Routes stay as chosen.`;
  markWindow(first, last);
}

function say(isPlaying) {
  play.isPlaying = isPlaying;
  document.body.classList.toggle("is-playing", isPlaying);
  const button = element("play");
  button.textContent = isPlaying ? "Pause" : "Play";
  button.setAttribute("aria-pressed", String(isPlaying));
}

/* Stop; the window that is shown becomes the reader's choice, so that sentence, series and table say the same. */
function stop(isKept) {
  if (!play.isPlaying) return;
  say(false);
  if (!isKept || !play.shown) return;
  [play.wrote, play.wroteAt] = [play.shown, performance.now()];
  window.dash_clientside.set_props("brushed", { data: play.shown });
}

/* Which window plays, and how fast: shown once it plays, or behind a small mark. */
function openSettings(mark, isOpen) {
  mark.setAttribute("aria-expanded", String(isOpen));
}

async function begin() {
  unpeek();
  try {
    await load();
  } catch (problem) {
    note(problem.message);
    return;
  }
  if (!play.steps.length) return;
  say(true);
  openSettings(document.querySelector(".play-more"), true);
  play.due = 0;
  window.requestAnimationFrame(beat);
}

const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/* One step at a time, never two: a slow machine plays slower, and shows every period. */
async function beat(time) {
  if (!play.isPlaying) return;
  const wait = 1000 / (isCalm() ? 1 : Number(element("play-speed").value));
  if (time >= play.due) {
    if (play.at + 1 >= play.steps.length && play.due) {
      stop(true);
      return;
    }
    play.due = time + wait;
    await show(play.at + 1 >= play.steps.length ? 0 : play.at + 1);
  }
  window.requestAnimationFrame(beat);
}

async function step(by) {
  if (play.isPlaying) stop(false);
  await load();
  if (!play.steps.length) return;
  const next = play.at < 0 ? (by > 0 ? 0 : play.steps.length - 1) : play.at + by;
  say(true);
  await show(Math.min(Math.max(next, 0), play.steps.length - 1));
  stop(true);
}

export function start() {
  whenAsked(() => stop(false));
  peekWith(peek, unpeek);
  document.addEventListener("click", ({ target }) => {
    const { id } = target;
    if (target.className === "play-more") openSettings(target, target.getAttribute("aria-expanded") !== "true");
    if (id === "play" && play.isPlaying) stop(true);
    else if (id === "play") begin();
    const by = { "play-back": -1, "play-on": 1 }[id];
    if (by) play.turn = play.turn.then(() => step(by)).catch((problem) => note(problem.message));
  });
}
