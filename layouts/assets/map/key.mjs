/* The key as a control of the classes: a press keeps only that class on the map, Shift adds another, a press again shows
   all. Another question shows all, too. */
import { draw, whenAsked } from "./cells.mjs";
import { now } from "./shown.mjs";
import { note } from "./tip.mjs";

const buttons = () => [...document.querySelectorAll(".key-class")];
const ofButton = (button) => Number(button.dataset.class);

/* Return the classes that are kept once one is pressed; null for all. */
export function keptAfter(kept, pressed, isAdded) {
  const before = kept ?? [];
  const without = before.filter((one) => one !== pressed);
  if (without.length < before.length) return isAdded && without.length ? without : null;
  return isAdded ? [...before, pressed] : [pressed];
}

function show(kept) {
  now.kept = kept;
  for (const button of buttons())
    button.setAttribute("aria-pressed", String(kept?.includes(ofButton(button)) ?? false));
}

function onPress(event) {
  const button = event.target.closest?.(".key-class");
  if (!button || !now.code) return;
  show(keptAfter(now.kept, ofButton(button), event.shiftKey));
  draw(now.code);
  const names = buttons()
    .filter((one) => now.kept?.includes(ofButton(one)))
    .map((one) => one.getAttribute("aria-label"));
  note(names.length ? `Only ${names.join(" and ")}. Press again to show all.` : "");
}

export function start() {
  whenAsked(() => show(null));
  document.addEventListener("click", onPress);
}
