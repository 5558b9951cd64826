/* What opens under a word of the page, and the menu of the bar: they close at a click elsewhere, by their own button, by
   Escape, and by Back where they cover a narrow screen. */
import * as steps from "./steps.mjs";

const WORDS = "details.export, details.opens";
const OVER_ALL = "(max-width: 599px), (max-height: 560px)"; // as widths.css and export.css lay them

const lists = () => [...document.querySelectorAll(WORDS)];
const openLists = () => lists().filter((list) => list.open);
const openMenu = () => document.querySelector('[data-menu][aria-expanded="true"]');
const nameOf = (list) => `list-${lists().indexOf(list)}`;

export function closeList(list) {
  list.open = false;
  list.querySelector("summary").focus();
}

export function closeMenu() {
  const menu = openMenu();
  if (menu) turnMenu(menu);
}

function turnMenu(menu) {
  const isOpen = menu.closest(".bar-buttons").classList.toggle("is-open");
  menu.setAttribute("aria-expanded", String(isOpen));
  steps.follow();
}

function clicked({ target }) {
  for (const list of openLists()) if (!list.contains(target)) list.open = false;
  const menu = target.closest?.("[data-menu]");
  if (menu) turnMenu(menu);
  else if (!target.closest?.(".bar-buttons.is-open")) closeMenu();
  const close = target.closest?.(".popover-close, .export-close");
  if (close) closeList(close.closest(WORDS));
}

const isOverAll = () => window.matchMedia(OVER_ALL).matches;
const KINDS = [
  {
    height: 5,
    names: ["menu"],
    isStep: isOverAll,
    open: () => (openMenu() ? ["menu"] : []),
    close() {
      const menu = openMenu();
      closeMenu();
      menu.focus();
    },
  },
  {
    height: 6,
    names: [],
    isStep: isOverAll,
    open: () => openLists().map(nameOf),
    close: (name) =>
      openLists()
        .filter((list) => nameOf(list) === name)
        .forEach(closeList),
  },
];

export function start() {
  KINDS.forEach(steps.register);
  document.addEventListener("click", clicked);
  document.addEventListener("toggle", ({ target }) => target.matches?.(WORDS) && steps.follow(), true);
}
