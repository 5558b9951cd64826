/* Which panels are open or folded, by names of classes of the page; what opens under a word; the steps of the browser's
   history: Back closes what is open. */
import { sheetHeight } from "../map/frame.mjs";
import { focusAnswer } from "../questions/questions.mjs";

const SHEETS = ["show-questions", "show-table", "show-sources", "show-time"];
const OPENS = {
  "show-table": "show-table",
  "show-periods": "show-table",
  "tab-table": "show-table",
  "show-sources": "show-sources",
  "show-questions": "show-questions",
  "tab-questions": "show-questions",
  "tab-time": "show-time",
};
const FOLDS = { "fold-dock": "dock-folded" };
const CLOSES = { "show-table": "table-close", "show-questions": "questions-close", "show-sources": "sources-close" };
const TABS = { "show-time": "tab-time", "show-table": "tab-table", "show-questions": "tab-questions" };
const PEEK = 96; // pixels of the sheet of a phone at its lowest, --peek of widths.css
const WORDS = "details.export, details.opens"; // what opens under a word
let isByKeys = false; // the last act of the reader
let opener = null; // what had the focus before a panel was opened

/* Return the names once a button was pressed: a sheet's own button closes it again, a tab does not. */
export function pressed(button, names) {
  const folded = FOLDS[button];
  if (folded) return names.includes(folded) ? names.filter((name) => name !== folded) : [...names, folded];
  const sheet = OPENS[button];
  const rest = names.filter((name) => !SHEETS.includes(name));
  const isClosed = names.includes(sheet) && !button.startsWith("tab-");
  return sheet && !isClosed ? [...rest, sheet] : rest;
}

const shownIn = (names) => SHEETS.find((name) => names.includes(name)) || "";

/* Return which sheet asks the server for its content. */
export function sheetOf(names) {
  if (names.includes("show-table")) return "table";
  if (names.includes("show-questions")) return "questions";
  return names.includes("show-sources") ? "sources" : "";
}

function say(names) {
  for (const [id, name] of Object.entries(FOLDS)) {
    const button = document.getElementById(id);
    const isFolded = names.includes(name);
    button.textContent = isFolded ? "Show" : "Hide";
    button.setAttribute("aria-expanded", String(!isFolded));
  }
  const tab = TABS[shownIn(names)] || "tab-map";
  for (const each of document.querySelectorAll(".tab")) {
    if (each.id === tab) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
  window.requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
}

/* The sheet of a phone: at its middle over the map, whole where it is read. */
function raise(isWhole) {
  const sheets = document.querySelector(".sheets");
  const space = document.querySelector(".sheet-space");
  if (!sheets || !space?.offsetHeight) return;
  sheets.scrollTop = isWhole ? space.offsetHeight : sheetHeight() - PEEK;
}

const focus = (selector) => window.requestAnimationFrame(() => document.querySelector(selector)?.focus());

/* A panel that opens is a step of the history; one that closes by its own button takes that step back. */
function step(before, after) {
  if (before === after) return;
  const { state } = window.history;
  if (after) window.history[before ? "replaceState" : "pushState"]({ panel: after, isOpened: true }, "");
  else if (state?.isOpened) window.history.back();
  else window.history.replaceState({ ...state, panel: "" }, "");
}

function giveFocus(before, after) {
  if (after === "show-table") focus("#table .panel-body");
  else if (after === "show-questions" && isByKeys) focus("#questions input:checked"); // arrows choose another
  else if (after === "show-questions") focusAnswer();
  else if (after === "show-sources") focus("#sources .panel-body");
  else if (before && opener?.isConnected) window.requestAnimationFrame(() => opener.focus());
}

/* Follow a press of a button; return the page's class, the open sheet and the kind of table. */
export function press(button, className, kind) {
  const given = (className || "page").split(" ").filter(Boolean);
  const names = pressed(button, given);
  const [before, after] = [shownIn(given), shownIn(names)];
  if (after && !before) opener = document.activeElement;
  closeMenu();
  say(names);
  step(before, after);
  if (!FOLDS[button]) giveFocus(before, after);
  if (button === "tab-map") closeCell();
  window.requestAnimationFrame(() => raise(Boolean(after)));
  const chosen = { "show-periods": "periods", "show-table": "cells" }[button] || kind;
  return [names.join(" "), sheetOf(names), chosen];
}

/* A step back or forward: what is open is what was open then. */
function stepped({ state }) {
  const page = document.getElementById("page");
  if (!page) return;
  window.dash_clientside.set_props("stepped", { data: [window.location.search, Date.now()] });
  const wanted = state?.panel || "";
  const names = [...page.classList];
  if (shownIn(names) === wanted) return;
  const after = [...names.filter((name) => !SHEETS.includes(name)), ...(wanted ? [wanted] : [])];
  say(after);
  window.dash_clientside.set_props("page", { className: after.join(" ") });
  window.dash_clientside.set_props("open-panel", { data: sheetOf(after) });
  giveFocus(shownIn(names), wanted);
  window.requestAnimationFrame(() => raise(Boolean(wanted)));
}

/* A tab replaces whatever the sheet holds. */
function closeCell() {
  const drawer = document.getElementById("drawer");
  if (drawer && !drawer.hidden) document.getElementById("drawer-close").click();
}

function closeMenu() {
  const menu = document.querySelector("[data-menu]");
  menu?.closest(".bar-buttons").classList.remove("is-open");
  menu?.setAttribute("aria-expanded", "false");
}

function turnMenu(menu) {
  const isOpen = menu.closest(".bar-buttons").classList.toggle("is-open");
  menu.setAttribute("aria-expanded", String(isOpen));
}

/* What opens under a word closes at a click elsewhere. */
function clicked({ target }) {
  for (const list of document.querySelectorAll(WORDS)) if (list.open && !list.contains(target)) list.open = false;
  const menu = target.closest?.("[data-menu]");
  if (menu) turnMenu(menu);
  else if (!target.closest?.(".bar-buttons.is-open")) closeMenu();
  const close = target.closest?.(".popover-close");
  if (close) closeList(close.closest("details"));
}

function closeList(list) {
  list.open = false;
  list.querySelector("summary").focus();
}

/* Escape closes what is open: what is under a word, the menu, sheets, then the drawer. */
function closeTopmost() {
  const list = [...document.querySelectorAll(WORDS)].findLast((one) => one.open);
  if (list) return closeList(list);
  const menu = document.querySelector('[data-menu][aria-expanded="true"]');
  if (menu) {
    closeMenu();
    return menu.focus();
  }
  const page = document.getElementById("page");
  if (!page) return undefined;
  const sheet = Object.keys(CLOSES).find((name) => page.classList.contains(name));
  const button = document.getElementById(CLOSES[sheet] || "drawer-close");
  if (button?.offsetParent) button.click();
  return undefined;
}

/* The sheet stands at its middle as soon as it is there, and when a cell is opened. */
function watchSheet() {
  const seen = new MutationObserver(() => {
    if (!document.querySelector(".sheets")) return;
    seen.disconnect();
    raise(false);
    const drawer = document.getElementById("drawer");
    new MutationObserver(() => !drawer.hidden && raise(false)).observe(drawer, { attributeFilter: ["hidden"] });
  });
  seen.observe(document.body, { childList: true, subtree: true });
}

export function start() {
  watchSheet();
  document.addEventListener("pointerdown", () => (isByKeys = false), true);
  document.addEventListener("keydown", () => (isByKeys = true), true);
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeTopmost());
  window.addEventListener("popstate", stepped);
}
