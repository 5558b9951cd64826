import assert from "node:assert/strict";
import test from "node:test";
import { boxLeft, daysBetween, handleAt, periodAfterKey, periodAt, shareOf } from "../../layouts/assets/time/axis.mjs";

const YEARS = [0, 365, 730, 1096]; // three years, the last of 366 days

test("a day lies at its share of the axis, and beyond the ends at them", () => {
  assert.deepEqual(
    [0, 548, 1096, 2000, -9].map((day) => shareOf(YEARS, day)),
    [0, 0.5, 1, 1, 0],
  );
});

test("a share of the axis lies in one period, its ends in the first and the last", () => {
  assert.deepEqual(
    [-1, 0, 0.34, 0.999, 1, 2].map((share) => periodAt(YEARS, share)),
    [0, 0, 1, 2, 2, 2],
  );
});

test("a drag takes whole periods, whichever way it goes", () => {
  assert.deepEqual(daysBetween(YEARS, 0.1, 0.5), [0, 729]);
  assert.deepEqual(daysBetween(YEARS, 0.5, 0.1), [0, 729]);
  assert.deepEqual(daysBetween(YEARS, 0.5, 0.5), [365, 729]);
});

test("the nearer end of the chosen dates is taken within reach, else none", () => {
  assert.deepEqual(
    [0.2, 0.24, 0.5, 0.79].map((share) => handleAt([0.2, 0.8], share, 0.02)),
    [0, -1, -1, 1],
  );
});

test("keys move by periods and stay on the axis", () => {
  const keys = ["ArrowRight", "ArrowLeft", "Home", "End", "a"];
  assert.deepEqual(
    keys.map((key) => periodAfterKey(key, 2, 3)),
    [2, 1, 0, 2, null],
  );
});

test("the box stands after the line, before it at the edge", () => {
  assert.deepEqual([boxLeft(10, 200, 500), boxLeft(400, 200, 500), boxLeft(50, 200, 240)], [22, 188, 0]);
});
