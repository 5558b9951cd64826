/* What opens under a word of the page, the menu of the bar, the key of a low window: they close at a click elsewhere, by
   their own button, by Escape, and by Back where they cover a narrow screen. */
import * as steps from "./steps.mjs";

const WORDS = "details.export, details.opens";
const OVER_ALL = "(max-width: 599px), (max-height: 560px)"; // as widths.css and export.css lay them

const lists = () => [...document.querySelectorAll(WORDS)];
const openLists = () => lists().filter((list) => list.open);
const unfolded = () => document.querySelector('[data-unfolds][aria-expanded="true"]');
const nameOf = (list) => `list-${lists().indexOf(list)}`;

export function closeList(list) {
  list.open = false;
  list.querySelector("summary").focus();
}

export function closeMenu() {
  const word = unfolded();
  if (word) turn(word);
}

function turn(word) {
  const isOpen = !document.querySelector(word.dataset.unfolds).classList.contains("is-open");
  for (const one of document.querySelectorAll(word.dataset.unfolds)) one.classList.toggle("is-open", isOpen); // both keys
  word.setAttribute("aria-expanded", String(isOpen));
  steps.follow();
}

/* Whether a click was in what a word has unfolded, and not on the veil around it. */
const isWithin = (word, target) => target.closest?.(word.dataset.unfolds) && !target.matches(".bar-buttons");

function clicked({ target }) {
  for (const list of openLists()) if (!list.contains(target)) list.open = false;
  const [word, open] = [target.closest?.("[data-unfolds]"), unfolded()];
  if (open && open !== word && !isWithin(open, target)) turn(open);
  if (word) turn(word);
  const close = target.closest?.(".popover-close, .export-close");
  if (close) closeList(close.closest(WORDS));
}

const isOverAll = () => window.matchMedia(OVER_ALL).matches;
const KINDS = [
  {
    height: 5,
    names: ["menu"],
    isStep: isOverAll,
    open: () => (unfolded() ? ["menu"] : []),
    close() {
      const word = unfolded();
      turn(word);
      word.focus();
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
