/* Which panels and sheets are open or folded: names of classes of the page. */
const SHEETS = ["show-questions", "show-table", "show-sources", "show-filters", "show-time"];
const OPENS = {
  "show-table": "show-table",
  "show-periods": "show-table",
  "tab-table": "show-table",
  "show-sources": "show-sources",
  "show-questions": "show-questions",
  "tab-filters": "show-filters",
  "tab-time": "show-time",
};
const FOLDS = { "fold-side": "side-folded", "fold-dock": "dock-folded" };
const CLOSES = { "show-table": "table-close", "show-questions": "questions-close", "show-sources": "sources-close" };

/* Return the names once a button was pressed: a sheet's own button closes it again, a tab does not. */
export function pressed(button, names) {
  const folded = FOLDS[button];
  if (folded) return names.includes(folded) ? names.filter((name) => name !== folded) : [...names, folded];
  const sheet = OPENS[button];
  const rest = names.filter((name) => !SHEETS.includes(name));
  const isClosed = names.includes(sheet) && !button.startsWith("tab-");
  return sheet && !isClosed ? [...rest, sheet] : rest;
}

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
  const tabs = ["tab-time", "tab-table", "tab-filters"];
  const tab = tabs.find((id) => names.includes(id.replace("tab-", "show-"))) || "tab-map";
  for (const each of document.querySelectorAll(".tab")) {
    if (each.id === tab) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
  window.requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
}

const focus = (selector) => window.requestAnimationFrame(() => document.querySelector(selector).focus());

/* Follow a press of a button; return the page's class, the open sheet and the kind of table. */
export function press(button, className, kind) {
  const names = pressed(button, (className || "page").split(" ").filter(Boolean));
  say(names);
  const sheet = sheetOf(names);
  if (sheet === "table") focus("#table .panel-body");
  if (names.includes("show-questions")) focus("#questions input:checked");
  const chosen = { "show-periods": "periods", "show-table": "cells" }[button] || kind;
  return [names.join(" "), sheet, chosen];
}

/* The list of files closes at a click elsewhere. */
function closeLists(event) {
  for (const list of document.querySelectorAll("details.export[open]")) {
    if (!list.contains(event.target)) list.open = false;
  }
}

/* Escape closes what is open: the list of files, sheets, then the drawer. */
function closeTopmost() {
  const list = document.querySelector("details.export[open]");
  if (list) {
    list.open = false;
    list.querySelector("summary").focus();
    return;
  }
  const page = document.getElementById("page");
  if (!page) return;
  const sheet = Object.keys(CLOSES).find((name) => page.classList.contains(name));
  const button = document.getElementById(CLOSES[sheet] || "drawer-close");
  if (button?.offsetParent) button.click();
}

export function start() {
  document.addEventListener("click", closeLists);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeTopmost());
}
