/* The watched sectors: kept in this browser alone, and as a file (data/sectors/watch_list.py has its form). */
import { ready } from "../map/inner_map.mjs";
import { tryAlert, watchOver } from "./alerts.mjs";
import { state, thresholds } from "./sector.mjs";
import { dayInWords, keepVisit, lastVisit, today, visited, visits } from "./visits.mjs";

const KEY = "crossings-watch-list";
const [FORMAT, VERSION, MOST, LONGEST, LONGEST_NAME] = [KEY, 1, 100, 24000, 80];
const LARGEST_FILE = 2000000; // bytes; the server counts characters
const list = () => document.getElementById("watch-list");
const say = (words) => {
  list().querySelector("[role=status]").textContent = words;
};
let watched = [];

const isText = (value, longest) => typeof value === "string" && value.length <= longest;
const isEntry = (one) => one && isText(one.query, LONGEST) && isText(one.name, LONGEST_NAME);

export const writeList = (sectors) => JSON.stringify({ format: FORMAT, version: VERSION, sectors }, null, 1);

/* Return the sectors that this browser kept; null where that is no watch list. */
export function readList(text) {
  try {
    const { format, version, sectors } = JSON.parse(text);
    if (format !== FORMAT || version !== VERSION || !sectors.every(isEntry)) return null;
    return sectors.slice(0, MOST).map(({ query, name }) => ({ query, name }));
  } catch {
    return null;
  }
}

/* Return why a file is no watch list at all; what its sectors say is judged by the server. */
export function problemOf(text) {
  try {
    return JSON.parse(text)?.format === FORMAT ? "" : `This is no watch list: 'format' is not '${FORMAT}'.`;
  } catch {
    return "The watch list is not JSON. Choose a file that this page has saved.";
  }
}

/* Return a list with more sectors, each once, and how many are new and how many found no room. */
export function joined(sectors, more) {
  const known = new Set(sectors.map(({ query }) => query));
  const fresh = more.filter(({ query }) => !known.has(query));
  const room = Math.max(MOST - sectors.length, 0);
  return [[...sectors, ...fresh.slice(0, room)], Math.min(fresh.length, room), Math.max(fresh.length - room, 0)];
}

function read() {
  let text = null;
  try {
    text = window.localStorage.getItem(KEY);
  } catch {
    return; // the browser keeps nothing; the list lives as long as the page, and as a file
  }
  if (text === null) return;
  const found = readList(text);
  if (found) watched = found;
  else say("What this browser kept is no watch list. It starts anew.");
}

function keep(words) {
  say(words);
  try {
    window.localStorage.setItem(KEY, writeList(watched));
  } catch {
    say(`${words} This browser does not keep the list: save it as a file.`);
  }
  show();
}

/* Return a word of the list, and when its sector was last opened. */
function row(name, query) {
  const words = document.createElement("span");
  words.textContent = name;
  const last = lastVisit(visits()[query], today());
  if (!last) return words;
  const said = Object.assign(document.createElement("span"), { className: "caution" });
  said.textContent = list().dataset.opened.replace("{day}", dayInWords(last));
  words.append(" ", said);
  return words;
}

function show() {
  list().open ||= watched.length > 0;
  list().querySelector("summary").textContent = watched.length
    ? `Watched sectors (${watched.length})`
    : "Watched sectors";
  list()
    .querySelector("ul")
    .replaceChildren(
      ...watched.map(({ name, query }, place) => {
        const item = document.createElement("li");
        const button = (words, what) => {
          const made = document.createElement("button");
          Object.assign(made, { type: "button", className: "button", textContent: words });
          Object.assign(made.dataset, { list: what, place });
          made.setAttribute("aria-label", `${words} ${name}`);
          return made;
        };
        item.append(row(name, query), button("Open", "open"), button("Remove", "remove"));
        return item;
      }),
    );
}

function add(entries) {
  const [longer, fresh, left] = joined(watched, entries);
  watched = longer;
  return [fresh, left];
}

/* Add the sectors of a file, and return what to say of it; "" where the list says it. */
async function addFile(file) {
  if (file.size > LARGEST_FILE) return "The watch list is longer than 512,000 characters.";
  const wrong = problemOf(await file.text());
  if (wrong) return wrong;
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/sector/watch-list", { method: "POST", headers, body: file });
  const told = await answer.json();
  if (!answer.ok) return told.detail;
  const [fresh, left] = add(told.sectors);
  keep(`${fresh} added from the file.${left ? ` ${left} left out: a list has at most ${MOST}.` : ""}`);
  return "";
}

function load() {
  const given = { type: "file", accept: ".json,application/json" };
  const chooser = Object.assign(document.createElement("input"), given);
  chooser.addEventListener("change", async () => {
    const problem = await addFile(chooser.files[0]).catch(() => "The file could not be read. Try again.");
    if (problem) say(problem);
  });
  chooser.click();
}

function save() {
  const address = URL.createObjectURL(new Blob([writeList(watched)], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: address, download: "watch-list.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/* Ask for a watched sector: what is new since its last visit, with its thresholds. */
function open({ query }) {
  const visit = visits()[query];
  const since = lastVisit(visit, today());
  keepVisit(query, visited(visit, today(), visit?.limits ?? {}));
  const given = new URLSearchParams(query);
  const by = given.has("area") ? "area" : given.has("polygon") ? "polygon" : "place";
  const place = given.get("at") || given.get("place") || "";
  state({
    by,
    place,
    area: given.get("area") || "",
    polygon: given.get("polygon") || "",
    radius_km: given.get("radius_km") || "100",
    since,
    ...thresholds(visit?.limits ?? {}),
  });
}

/* The thresholds that are typed for a watched sector are its own from then on. */
function keepThresholds() {
  const query = document.querySelector("#answer [data-sector]")?.dataset.sector;
  if (!watched.some((one) => one.query === query)) return;
  const { day, before } = visits()[query] ?? { day: today(), before: "" };
  keepVisit(query, { day, before, limits: thresholds() });
}

const ACTS = {
  keep(button) {
    const found = button.closest("[data-sector]").dataset;
    const name =
      button.parentElement.querySelector("input").value.trim().slice(0, LONGEST_NAME) ||
      found.words.slice(0, LONGEST_NAME);
    const [fresh, left] = add([{ query: found.sector, name }]);
    if (fresh) keepVisit(found.sector, visited(null, today(), thresholds()));
    const full = left ? `A list has at most ${MOST} sectors.` : "This sector is watched already.";
    keep(fresh ? `“${name}” is watched.` : full);
    button.closest("details").open = false;
    list().open = true;
  },
  open: (button) => open(watched[+button.dataset.place]),
  remove(button) {
    const [gone] = watched.splice(+button.dataset.place, 1);
    keepVisit(gone.query, null);
    keep(`“${gone.name}” is removed.`);
    list().querySelector("summary").focus();
  },
  save,
  load,
  "try-alert": tryAlert,
};

export async function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-list]");
    if (button) ACTS[button.dataset.list]?.(button);
  });
  document.addEventListener("change", ({ target }) => target.closest?.('[data-ask$="_above"]') && keepThresholds());
  await ready();
  read();
  show();
  watchOver(watched);
}
