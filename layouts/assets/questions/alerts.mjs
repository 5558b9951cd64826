/* Tells which watched sectors stand above a threshold since they were last opened, and shows what that looks like. The
   server counts; the words are those of layouts/questions/alerts.py. */
import { lastVisit, today, visits } from "./visits.mjs";

const MOST = 10; // sectors that are asked for as the page opens
const panel = () => document.getElementById("alerts");
const language = () => document.documentElement.lang;

export const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/* Return one threshold of an answer in words. */
export function lineOf(name, { measure, value, threshold, state }, said, tongue = language()) {
  const number = (count) => (typeof count === "number" ? count.toLocaleString(tongue) : "–");
  return fill(said.line, {
    name: name.charAt(0).toUpperCase() + name.slice(1), // it begins the sentence
    measure: said.measure[measure],
    value: number(value),
    state: said.state[state],
    threshold: number(threshold),
  });
}

async function thresholdsOf(query) {
  const answer = await fetch(`/api/v1/sector?${query}`);
  return answer.ok ? (await answer.json()).thresholds : [];
}

const words = () => JSON.parse(panel().dataset.words);

function tell(heading, lines) {
  const rows = lines.map((line) => Object.assign(document.createElement("li"), { textContent: line }));
  panel()
    .querySelector("ul")
    .replaceChildren(...rows);
  panel().querySelector("strong").textContent = heading;
  panel().hidden = false;
}

/* Show the alert of the sector that is answered, whatever its state; the sheet's link states all that it is asked. */
export async function tryAlert(button) {
  const { words: name } = button.closest("[data-sector]").dataset;
  const link = button.closest("[data-sector]").querySelector(".sheet-link");
  const found = await thresholdsOf(link.href.split("?")[1]).catch(() => []);
  const said = words();
  tell(said.test, found.length ? found.map((one) => lineOf(name, one, said)) : [said.failed]);
}

/* Tell the watched sectors that stand above a threshold since their last visit; nothing where none does. */
export async function watchOver(watched) {
  const known = visits();
  const planned = watched.filter(({ query }) => Object.keys(known[query]?.limits ?? {}).length).slice(0, MOST);
  const lines = [];
  for (const { query, name } of planned) {
    const since = lastVisit(known[query], today());
    const asked = new URLSearchParams(known[query].limits).toString();
    if (!since) continue;
    const found = await thresholdsOf(`${query}&since=${since}&${asked}`).catch(() => []);
    lines.push(...found.filter(({ state }) => state === "above").map((one) => lineOf(name, one, words())));
  }
  if (lines.length) tell(words().heading, lines);
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("#alerts-dismiss")) return;
    panel().hidden = true;
    const opener = document.querySelector('[data-list="try-alert"]') ?? document.getElementById("show-questions");
    opener.focus();
  });
}
