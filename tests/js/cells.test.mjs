import assert from "node:assert/strict";
import test from "node:test";
import {
  classOf,
  codeOf,
  depthOf,
  DOMINATED,
  isDrawn,
  kindOf,
  MUTED,
  NOT_REPORTED,
  NOTHING,
  overAll,
} from "../../layouts/assets/map/classes.mjs";
import { boxOfName } from "../../layouts/assets/map/names.mjs";
import { nextTowards } from "../../layouts/assets/map/pointer.mjs";
import {
  cellUnder,
  degreesFrom,
  emptySet,
  fansOf,
  nameOf,
  placeOf,
  ringOf,
  runsOf,
  stepOf,
} from "../../layouts/assets/map/cell_shapes.mjs";
import { unitsOf } from "../../layouts/assets/map/projection.mjs";

const FLOORS = [1, 10, 100];

test("a value is in the class of the last floor that it reaches", () => {
  assert.deepEqual(
    [-3, 0, 1, 9, 10, 99, 100, 1e6].map((value) => classOf(value, FLOORS)),
    [-1, -1, 0, 0, 1, 1, 2, 2],
  );
});

test("a cell that nobody counted is not a cell without deaths", () => {
  assert.equal(codeOf({ value: 0, isSilent: true, total: 0, largest: 0 }, FLOORS), NOT_REPORTED);
  assert.equal(codeOf({ value: 0, isSilent: false, total: 0, largest: 0 }, FLOORS), NOTHING);
  assert.deepEqual([0, 5, NOT_REPORTED, NOTHING, 5 + DOMINATED].map(isDrawn), [true, true, false, false, true]);
});

test("a cell is hatched where one event is more than half of it", () => {
  assert.equal(codeOf({ value: 20, isSilent: false, total: 20, largest: 10 }, FLOORS), 1);
  assert.equal(codeOf({ value: 20, isSilent: false, total: 20, largest: 11 }, FLOORS), 1 + DOMINATED);
  assert.equal(codeOf({ value: 19, isSilent: false, total: 19, largest: 19 }, FLOORS), 1); // below 20 that is the rule
  assert.equal(codeOf({ value: 20, isSilent: false, total: 20, largest: 20, isWider: true }, FLOORS), 1);
  assert.equal(codeOf({ value: 1, isSilent: false, total: 0, largest: 0 }, FLOORS), 0);
});

/* Squares of 2 · 500 steps around places. */
function squares(...places) {
  const step = 1000;
  const corner = [-500, -500, 500, -500, 500, 500, -500, 500];
  return {
    id: BigUint64Array.from(places, (_, at) => BigInt(at + 10)),
    centre: Int32Array.from(places.flatMap(([lng, lat]) => unitsOf({ lng, lat }))),
    corner: Int16Array.from(places.flatMap(() => corner)),
    corners: 4,
    sizes: [[3, places.length, step]],
  };
}

test("the cell under a point is the one whose outline holds it", () => {
  const set = squares([14, 36], [15, 36]);
  const code = Uint8Array.of(0, 3);
  assert.equal(cellUnder(set, code, { lng: 14, lat: 36 }), 0);
  assert.equal(cellUnder(set, code, { lng: 15.01, lat: 36.01 }), 1);
  assert.equal(cellUnder(set, code, { lng: 14.5, lat: 36 }), -1);
  assert.equal(cellUnder(set, code, { lng: 14 + 360, lat: 36 }), 0);
});

test("of a wider area and a cell within it the pointer is on the cell, unless it holds nothing", () => {
  const set = {
    ...squares([14, 36], [14, 36]),
    sizes: [
      [2, 1, 30_000],
      [4, 1, 1000],
    ],
  };
  assert.equal(cellUnder(set, [0, 3], { lng: 14, lat: 36 }), 1);
  assert.equal(cellUnder(set, [0, NOTHING], { lng: 14, lat: 36 }), 0);
  assert.equal(cellUnder(set, [0, 3], { lng: 15, lat: 36 }), 0);
  assert.deepEqual(
    runsOf(set, 1).map(({ from, count, isWider }) => [from, count, isWider]),
    [
      [0, 1, true],
      [1, 1, false],
    ],
  );
  assert.deepEqual(
    [0, 1].map((cell) => stepOf(set, cell)),
    [30_000, 1000],
  );
});

test("a cell over the antimeridian is found from both sides", () => {
  const set = squares([180, -17]);
  for (const lng of [179.99, -179.99, 180.01, 539.99]) assert.equal(cellUnder(set, [2], { lng, lat: -17 }), 0);
  assert.equal(cellUnder(set, [2], { lng: 0, lat: -17 }), -1);
});

test("a cell that holds nothing is not under the pointer, one that is not reported is", () => {
  const set = squares([14, 36]);
  assert.equal(cellUnder(set, [NOTHING], { lng: 14, lat: 36 }), -1);
  assert.equal(cellUnder(set, [NOT_REPORTED], { lng: 14, lat: 36 }), 0);
  assert.equal(cellUnder(emptySet(), [], { lng: 14, lat: 36 }), -1);
});

test("a fan has a triangle for each corner, all from the centre, and closes", () => {
  const { centres, ways, triangles } = fansOf(squares([14, 36], [15, 36]));
  assert.equal(centres.length, 2 * 2 * 5);
  assert.deepEqual(Array.from(ways.slice(0, 4)), [0, 0, -500, -500]);
  assert.deepEqual(Array.from(triangles.slice(0, 12)), [0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 1]);
  assert.deepEqual(Array.from(triangles.slice(12, 15)), [5, 6, 7]);
});

test("an outline is closed and lies around its centre", () => {
  const set = squares([14, 36]);
  const ring = ringOf(set, 0);
  const [x, y] = degreesFrom(set, 0);
  assert.equal(ring.length, 5);
  assert.deepEqual(ring[0], ring[4]);
  assert.ok(Math.abs(x - 14) < 1e-6 && Math.abs(y - 36) < 1e-6);
  assert.ok(ring[0][0] < x && ring[0][1] > y && ring[2][0] > x && ring[2][1] < y);
});

test("a cell is found by its name, and no cell by none", () => {
  const set = squares([14, 36], [15, 36]);
  assert.equal(placeOf(set, nameOf(set, 1)), 1);
  assert.equal(placeOf(set, "83"), -1);
  assert.equal(placeOf(set, null), -1);
  assert.equal(placeOf(null, "a"), -1);
});

test("cells that a month does not hold stay, pale; what held nothing stays nothing", () => {
  const all = Uint8Array.of(2, 4 + DOMINATED, NOTHING, 0);
  const month = Uint8Array.of(NOTHING, NOTHING, NOTHING, 1);
  assert.deepEqual([...overAll(month, all)], [2 | MUTED, 4 + DOMINATED + MUTED, NOTHING, 1]);
  assert.equal(kindOf(overAll(month, all)[1]), 4);
});

test("an arrow leads to the nearest cell that way, not to one that is mostly aside", () => {
  const points = [
    [100, 100],
    [130, 104],
    [160, 100],
    [101, 60],
    [104, 300],
  ];
  assert.equal(nextTowards(points[0], [1, 0], points), 1);
  assert.equal(nextTowards(points[0], [0, -1], points), 3);
  assert.equal(nextTowards(points[0], [0, 1], points), 4);
  assert.equal(nextTowards(points[0], [-1, 0], points), -1);
});

test("a long name takes two lines about its point", () => {
  const [short, long] = ["Mali", "United States of America"].map((name) => boxOfName(name, 12, { x: 50, y: 40 }));
  assert.ok(short.high < long.high && long.wide <= 96);
  assert.equal(short.left + short.wide / 2, 50);
  assert.equal(long.top + long.high / 2, 40);
});

test("a class around zero is dark at both ends, and an outline is not", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(depthOf), [5, 3, 1, 1, 3, 5]);
  assert.equal(depthOf(NOT_REPORTED + DOMINATED), 0);
});
