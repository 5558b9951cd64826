/* Which panels are open or folded, by names of classes of the page, and at which of its stops the sheet of a phone is. */
import { endAbove, sheetHeight } from "../map/frame.mjs";
import { focusAnswer } from "../questions/questions.mjs";
import { closeMenu } from "./lists.mjs";
import * as steps from "./steps.mjs";

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
const FOLDED = "dock-folded";
const UNFOLDED = "dock-unfolded"; // beside a panel, where it is folded else
const LOW = "(max-height: 560px)"; // windows with no room for map and series at once, as widths.css has them
const CLOSES = { "show-table": "table-close", "show-questions": "questions-close", "show-sources": "sources-close" };
const TABS = { "show-time": "tab-time", "show-table": "tab-table", "show-questions": "tab-questions" };
const PEEK = 96; // pixels of the sheet of a phone at its lowest, --peek of widths.css
const RESTS = 150; // ms without a scroll after which a sheet is at rest
const STOPS = ["half", "whole"]; // of that sheet, above its lowest
let isByKeys = false; // the last act of the reader
let opener = null; // what had the focus before a panel was opened

const turned = (names, name) => (names.includes(name) ? names.filter((one) => one !== name) : [...names, name]);

/* Return the names once a button was pressed: a sheet's own button closes it again, a tab does not. */
export function pressed(button, names) {
  if (button === "fold-dock") return turned(names, shownIn(names) ? UNFOLDED : FOLDED);
  const sheet = OPENS[button];
  const rest = names.filter((name) => !SHEETS.includes(name) && name !== UNFOLDED);
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
  const button = document.getElementById("fold-dock");
  const isFolded = shownIn(names) ? !names.includes(UNFOLDED) : names.includes(FOLDED);
  button.textContent = isFolded ? "Show" : "Hide";
  button.setAttribute("aria-expanded", String(!isFolded));
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

function giveFocus(before, after) {
  if (after === "show-table") focus("#table .panel-body");
  else if (after === "show-questions" && isByKeys) focus("#questions input:checked"); // arrows choose another
  else if (after === "show-questions") focusAnswer();
  else if (after === "show-sources") focus("#sources .panel-body");
  else if (before) window.requestAnimationFrame(() => wayIn(before)?.focus());
}

/* Return what opened a panel; where an address did, the button or tab that would have. */
function wayIn(name) {
  if (opener?.isConnected && opener !== document.body) return opener;
  const ways = [name, name.replace("show-", "tab-")].map((id) => document.getElementById(id));
  return ways.find((way) => way?.checkVisibility());
}

/* The page wears the names at once: Dash draws what it is given a moment later. */
function wear(names) {
  document.getElementById("page").className = names.join(" ");
  say(names);
}

/* Follow a press of a button; return the page's class, the open sheet and the kind of table. */
export function press(button, className, kind) {
  const given = (className || "page").split(" ").filter(Boolean);
  const names = pressed(button, given);
  const [before, after] = [shownIn(given), shownIn(names)];
  if (after && !before) opener = document.activeElement;
  closeMenu();
  wear(names);
  steps.follow();
  if (button !== "fold-dock") giveFocus(before, after);
  if (button === "tab-map") closeCell();
  window.requestAnimationFrame(() => raise(Boolean(after)));
  const chosen = { "show-periods": "periods", "show-table": "cells" }[button] || kind;
  return [names.join(" "), sheetOf(names), chosen];
}

/* Open what a step back or forward states; "" closes what is open. */
function turn(wanted) {
  const names = [...document.getElementById("page").classList];
  const after = [...names.filter((name) => !SHEETS.includes(name)), ...(wanted ? [wanted] : [])];
  wear(after);
  window.dash_clientside.set_props("page", { className: after.join(" ") });
  window.dash_clientside.set_props("open-panel", { data: sheetOf(after) });
  giveFocus(shownIn(names), wanted);
  if (!wanted) window.dispatchEvent(new Event("steppedback"));
  window.requestAnimationFrame(() => raise(Boolean(wanted)));
}

/* A tab replaces whatever the sheet holds. */
function closeCell() {
  if (cellOpen().length) document.getElementById("drawer-close").click();
}

const cellOpen = () => (document.getElementById("drawer")?.hidden === false ? ["cell"] : []);

let isRaised = false; // to its middle, once it is there
let lowest = 1; // the lowest stop at which the reader has had the sheet

/* At which stop the sheet is: 0 is the lowest, 2 the whole height. */
function stopNow() {
  const sheets = document.querySelector(".sheets");
  const whole = document.querySelector(".sheet-space")?.offsetHeight;
  if (!whole) return lowest;
  return [(sheetHeight() - PEEK) / 2, (sheetHeight() - PEEK + whole) / 2].filter((edge) => sheets.scrollTop > edge)
    .length;
}

/* Above that, each stop of the map's sheet is a step. */
function stopsOpen() {
  if (!isRaised || openPanel() || !document.getElementById("drawer")?.hidden) return [];
  const stop = stopNow();
  lowest = Math.min(lowest, stop);
  return STOPS.slice(lowest, stop);
}

function lower(name) {
  const sheets = document.querySelector(".sheets");
  sheets.scrollTop = name === "whole" ? sheetHeight() - PEEK : 0;
}

/* The sheet has come to rest: the map ends above it. */
function rested() {
  steps.follow();
  const sheets = document.querySelector(".sheets");
  const isMap = !openPanel() && document.querySelector(".sheet-space").offsetHeight;
  if (isMap) endAbove(PEEK + Math.min(sheets.scrollTop, sheetHeight() - PEEK));
}

const openPanel = () => shownIn([...(document.getElementById("page")?.classList || [])]);

function closePanel(name) {
  const button = document.getElementById(CLOSES[name] || "tab-map");
  if (button?.offsetParent) button.click();
}

/* A low window begins with the series folded. */
function foldWhereLow({ matches }) {
  const names = [...document.getElementById("page").classList].filter((name) => name !== FOLDED);
  wear(matches ? [...names, FOLDED] : names);
  window.dash_clientside.set_props("page", { className: document.getElementById("page").className });
}

/* Call `act` whenever `one` has come to rest; WebKit says so itself since Safari 26.2 alone. */
function atRest(one, act) {
  if ("onscrollend" in window) {
    one.addEventListener("scrollend", act);
    return;
  }
  let waiting = 0;
  one.addEventListener("scroll", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(act, RESTS);
  });
}

/* The sheet stands at its middle as soon as it is there, and when a cell is opened. */
function watchSheet() {
  const seen = new MutationObserver(() => {
    if (!document.querySelector(".sheets")) return;
    seen.disconnect();
    raise(false);
    isRaised = true;
    const low = window.matchMedia(LOW);
    low.addEventListener("change", foldWhereLow);
    if (low.matches) foldWhereLow(low);
    const drawer = document.getElementById("drawer");
    new MutationObserver(() => !drawer.hidden && raise(false)).observe(drawer, { attributeFilter: ["hidden"] });
    atRest(document.querySelector(".sheets"), rested);
    window.addEventListener("resize", rested);
  });
  seen.observe(document.body, { childList: true, subtree: true });
}

const KINDS = [
  { height: 1, names: STOPS, isKept: true, isStep: () => true, open: stopsOpen, close: lower },
  { height: 2, names: ["cell"], isStep: () => false, open: cellOpen, close: closeCell }, // a choice, so a step already
  {
    height: 3,
    names: SHEETS,
    isKept: true,
    isStep: () => true,
    open: () => [openPanel()].filter(Boolean),
    close: (name, isBack) => (isBack ? turn("") : closePanel(name)),
    reopen: turn,
  },
];

/* The map's own focus is set by a script, which browsers take for one by keys. */
function noteKeys(isKeys) {
  isByKeys = isKeys;
  document.documentElement.classList.toggle("by-keys", isKeys);
}

export function start() {
  watchSheet();
  KINDS.forEach(steps.register);
  document.addEventListener("pointerdown", () => noteKeys(false), true);
  document.addEventListener("keydown", () => noteKeys(true), true);
}
