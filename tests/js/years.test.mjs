import assert from "node:assert/strict";
import test from "node:test";
import { daysOf, isWithin } from "../../layouts/assets/time/years.mjs";

test("years are whole, in whichever order they were dragged over", () => {
  assert.deepEqual(daysOf(2018, 2016), ["2016-01-01", "2018-12-31"]);
  assert.deepEqual(daysOf(2017, 2017), ["2017-01-01", "2017-12-31"]);
});

test("a year is chosen where any of its days is, and none is where no date is", () => {
  const years = [2015, 2016, 2017, 2018, 2019];
  const within = (first, last) => years.filter((year) => isWithin(year, first, last));
  assert.deepEqual(within("2016-07-01", "2018-01-31"), [2016, 2017, 2018]);
  assert.deepEqual(within("2018-01-01", null), [2018, 2019]);
  assert.deepEqual(within(null, null), []);
});
