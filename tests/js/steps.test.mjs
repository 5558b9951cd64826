/* The steps of the browser's history: what opens is one, what was closed otherwise leaves no step behind. */
import assert from "node:assert/strict";
import test from "node:test";
import { entryFor, entryOfChoice } from "../../layouts/assets/page/steps.mjs";

const opened = { at: 1, open: ["list-0"], isOpened: true, isFree: false };

test("what opens is a new entry, and another in its place is not", () => {
  assert.deepEqual(entryFor({}, ["list-0"]), [opened, true]);
  assert.deepEqual(entryFor(opened, ["list-1"]), [{ ...opened, open: ["list-1"] }, false]);
});

test("what is closed leaves its entry to the next that opens", () => {
  const [closed, isNew] = entryFor(opened, []);
  assert.deepEqual([closed.isFree, isNew], [true, false]);
  assert.deepEqual(entryFor(closed, ["menu"]), [{ ...opened, open: ["menu"] }, false]);
});

test("a choice in a list is one step with its list, and one beside a panel is a step of its own", () => {
  assert.deepEqual(entryOfChoice(opened, false), [{ ...opened, isOpened: false }, false]);
  assert.deepEqual(entryOfChoice({ ...opened, open: ["show-table"] }, true)[1], true);
  const [state] = entryOfChoice(opened, false);
  assert.deepEqual(entryFor(state, [])[0].isFree, false); // Back undoes the choice
  assert.deepEqual(entryOfChoice(state, false)[1], true);
});
