/* What is open over the page, and the steps of the browser's history: Back and Escape close what is on top, else Back
   undoes the last choice. An entry states what is open in it; one whose thing was closed otherwise is taken for the next
   step, so that nothing has to go back by itself while the address is being written. */
import { selectedIn } from "./address.mjs";

const kinds = []; // lowest first
let last = {}; // the entry that the browser showed last

const stateNow = () => window.history.state || {};
const chosenNow = () => selectedIn(window.location.search);
let seen = ""; // what the last entry chose

/* A kind of thing that opens: `open` returns the names of those open, lowest first; `close` closes one by its name;
   `isStep` is whether Back closes it, `isKept` whether a choice made while it is open is a step above it, and `reopen`
   brings one back at a step forward. */
export function register(kind) {
  kinds.push(kind);
  kinds.sort((one, other) => one.height - other.height);
}

const steps = () => kinds.filter((kind) => kind.isStep());
const openNow = () => steps().flatMap((kind) => kind.open());
const isSame = (one, other) => one.join() === other.join();

function put(how, state, address = "") {
  window.history[how](state, "", address);
  last = state;
  seen = chosenNow();
}

/* Return what the entry becomes once `after` is open, and whether that is a new entry. */
export function entryFor(state, after) {
  const before = state.open || [];
  const at = state.at || 0;
  if (after.length <= before.length)
    return [{ ...state, open: after, isFree: state.isFree || isLeft(state, after) }, false];
  const isNew = !state.isFree;
  return [{ ...state, at: isNew ? at + 1 : at, open: after, isOpened: true, isFree: false }, isNew];
}

const isLeft = (state, after) => Boolean(state.isOpened) && after.length < state.open.length;

/* Follow what was opened or closed since. */
export function follow() {
  const after = openNow();
  if (isSame(after, stateNow().open || [])) return;
  const [state, isNew] = entryFor(stateNow(), after);
  put(isNew ? "pushState" : "replaceState", state);
}

/* Return what the entry becomes with another choice, and whether that is a new entry: what was opened only to choose
   makes one step with its choice. */
export function entryOfChoice(state, isKept) {
  const isNew = !(state.isFree || (state.isOpened && !isKept));
  return [{ ...state, at: (state.at || 0) + (isNew ? 1 : 0), isOpened: false, isFree: false }, isNew];
}

/* Write an address; `isStep` is whether it states another choice. */
export function write(address, isStep) {
  const top = kinds.findLast((kind) => kind.isStep() && kind.open().length);
  const [state, isNew] = isStep ? entryOfChoice(stateNow(), top?.isKept) : [stateNow(), false];
  put(isNew ? "pushState" : "replaceState", state, address);
}

/* Close and open until what is open is what the entry states. */
function restore(wanted) {
  for (const kind of steps().toReversed()) {
    for (const name of kind.open().toReversed()) if (!wanted.includes(name)) kind.close(name, true);
    if (kind.reopen)
      for (const name of wanted) if (kind.names.includes(name) && !kind.open().includes(name)) kind.reopen(name);
  }
}

/* A step back that shows nothing else goes on to the one before it. */
function stepped({ state }) {
  const [before, chosen] = [openNow(), seen];
  const isBack = (state?.at || 0) === (last.at || 0) - 1;
  restore(state?.open || []);
  last = state || {};
  seen = chosenNow();
  const isIdle = isSame(before, openNow()) && seen === chosen;
  if (isIdle && isBack) window.history.back();
  else if (seen !== chosen) window.dash_clientside.set_props("stepped", { data: [window.location.search, Date.now()] });
}

/* Close what is on top; return whether there was something. */
export function closeTopmost() {
  const kind = kinds.findLast((one) => one.open().length);
  kind?.close(kind.open().at(-1));
  return Boolean(kind);
}

export function start() {
  put("replaceState", { ...stateNow(), open: [], isOpened: false, isFree: false });
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeTopmost());
  window.addEventListener("popstate", stepped);
}
