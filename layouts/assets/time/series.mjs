/* The rows of the dock: puts in what the server has drawn, keeps its periods, marks the window that plays. */
import { shareOf } from "./axis.mjs";
import { dayOf } from "./calendar.mjs";

const LEAST = 2; // pixels of the band

/* What the rows show: `periods` as axis.mjs has them, the lines of each, the window as days. */
export const shown = { periods: [], lines: [], played: 0, window: [], isChosen: false };
const followers = [];

export const whenDrawn = (act) => followers.push(act);

/* Draw the rows of an answer; the row that the reader has alone stays so. */
export function draw(answer) {
  const rows = document.getElementById("series");
  if (!answer || !rows) return;
  const { html, periods, lines, played, window: days, isChosen } = answer.rows;
  const alone = rows.querySelector(".row-alone")?.dataset.row;
  rows.innerHTML = html; // the server's own template, which escapes every value
  Object.assign(shown, { lines, played: played ?? 0, isChosen });
  shown.periods = periods.map(dayOf);
  shown.window = windowShown(shown.periods, days);
  if (alone) showAlone(rows.querySelector(`[data-row="${alone}"]`));
  for (const act of followers) act();
}

function windowShown(periods, days) {
  if (!periods.length) return [];
  return [days[0] ? dayOf(days[0]) : periods[0], days[1] ? dayOf(days[1]) : periods.at(-1) - 1];
}

/* Return the first day of each period that can be played, and the day after the last: those with figures of deaths. */
export const periodsShown = () => shown.periods.slice(0, shown.played + 1);

/* Lay a band over the window that is shown. */
export function markWindow(first, last) {
  const { style } = document.getElementById("play-cursor");
  if (!shown.periods.length) return;
  const [from, to] = [first, last + 1].map((day) => shareOf(shown.periods, day) * 100);
  style.left = `${from}%`;
  style.width = `max(${LEAST}px, ${to - from}%)`;
}

function showAlone(row) {
  row.classList.add("row-alone");
  row.querySelector(".series-name").setAttribute("aria-pressed", "true");
}

/* A row's name shows it alone; pressed again, all. */
function toggle(row) {
  const isAlone = row.classList.contains("row-alone");
  for (const each of document.querySelectorAll(".series-row")) {
    each.classList.remove("row-alone");
    each.querySelector(".series-name").setAttribute("aria-pressed", "false");
  }
  if (!isAlone) showAlone(row);
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const name = target.closest?.(".series-name");
    if (name) toggle(name.closest(".series-row"));
  });
}
