import assert from "node:assert/strict";
import test from "node:test";
import { dayOf, reachOf, stepsBetween, textOf, windowOf, wordsOf } from "../../layouts/assets/time/calendar.mjs";

const day = dayOf;
const MONTHS = ["2015-12-01", "2016-01-01", "2016-02-01", "2016-03-01"].map(dayOf); // three, and the day after

const texts = (window) => window.map(textOf);

test("a day comes back, whatever the reader's clock", () => {
  for (const text of ["1969-12-31", "1970-01-01", "2016-02-29", "2025-12-31"]) assert.equal(textOf(day(text)), text);
  assert.equal(day("2016-02-29T23:59:00"), day("2016-02-29"));
  assert.equal(day("1970-01-02"), 1);
});

test("a period's window holds both of its ends", () => {
  assert.deepEqual(texts(windowOf(MONTHS, 1, "period", null)), ["2016-01-01", "2016-01-31"]);
});

test("a year ends with its period, leap or not", () => {
  assert.deepEqual(texts(windowOf(MONTHS, 2, "year", null)), ["2015-03-01", "2016-02-29"]);
});

test("until a period begins with what is chosen, else with the axis", () => {
  assert.deepEqual(texts(windowOf(MONTHS, 2, "until", null)), ["2015-12-01", "2016-02-29"]);
  assert.deepEqual(texts(windowOf(MONTHS, 2, "until", [day("2016-01-01"), 0])), ["2016-01-01", "2016-02-29"]);
});

test("play stays between its ends, and goes over all where fewer than two periods are", () => {
  assert.deepEqual(stepsBetween(MONTHS, null), [0, 1, 2]);
  assert.deepEqual(stepsBetween(MONTHS, [day("2016-01-01"), day("2016-02-29")]), [1, 2]);
  assert.deepEqual(stepsBetween(MONTHS, [day("2016-01-01"), day("2016-02-28")]), [0, 1, 2]);
  assert.deepEqual(stepsBetween([], null), []);
});

test("a window is told by its months", () => {
  assert.equal(wordsOf(day("2016-01-01"), day("2016-01-31")), "January 2016");
  assert.equal(wordsOf(day("2015-03-01"), day("2016-02-29")), "March 2015 to February 2016");
});

test("a window is counted on every day, some days or none", () => {
  const spans = [
    [10, 19],
    [30, 39],
  ];
  assert.equal(reachOf(spans, 10, 19), "every");
  assert.equal(reachOf(spans, 19, 30), "some");
  assert.equal(reachOf(spans, 20, 29), "none");
  assert.equal(reachOf(spans, 10, 39), "some");
  assert.equal(reachOf([], 1, 1), "none");
});
