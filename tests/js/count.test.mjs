import assert from "node:assert/strict";
import test from "node:test";
import { DOMINATED, NOT_REPORTED, NOTHING } from "../../layouts/assets/map/classes.mjs";
import { apartWords, countCells } from "../../layouts/assets/time/count.mjs";

const UNKNOWN = -32768;

/* A table of rows [cell, is a new event, first day, last day, dead or missing, dead]. */
function table(measure, ...rows) {
  const column = (at, kind) => kind.from(rows, (row) => row[at]);
  return {
    measure,
    floors: [1, 10, 100],
    cell: column(0, Uint32Array),
    is_new: column(1, Uint8Array),
    first: column(2, Uint16Array),
    last: column(3, Uint16Array),
    dead_or_missing: column(4, Int16Array),
    dead: column(5, Int16Array),
  };
}

const counted = (cube, first = 1, last = 9999) => {
  const { code, value, sum } = countCells(cube, 3, first, last);
  return { code: [...code], value: [...value], sum };
};

test("people are counted in the cell of their record, and in no other", () => {
  const found = counted(table("dead_or_missing", [0, 1, 5, 5, 4, 4], [0, 1, 6, 6, 4, 4], [2, 1, 6, 6, 12, 12]));
  assert.deepEqual(found, { code: [0, NOTHING, 1], value: [8, 0, 12], sum: 20 });
});

test("a record counts where it lies wholly within the window", () => {
  const cube = table("dead_or_missing", [0, 1, 5, 9, 4, 4], [0, 1, 10, 10, 3, 3]);
  assert.equal(counted(cube, 5, 9).sum, 4);
  assert.equal(counted(cube, 6, 9).sum, 0);
  assert.equal(counted(cube, 5, 8).sum, 0);
  assert.equal(counted(cube, 5, 10).sum, 7);
});

test("a record without a day is in no window", () => {
  assert.equal(counted(table("dead_or_missing", [0, 1, 0, 0, 4, 4]), 0, 65535).sum, 0);
});

test("unknown is not zero: a cell of unknown numbers is not reported", () => {
  const cube = table(
    "dead",
    [0, 1, 5, 5, 4, UNKNOWN],
    [1, 1, 5, 5, 4, 0],
    [2, 1, 5, 5, 4, UNKNOWN],
    [2, 1, 5, 5, 4, 2],
  );
  assert.deepEqual(counted(cube), { code: [NOT_REPORTED, NOTHING, 0], value: [0, 0, 2], sum: 2 });
});

test("a number that was corrected downwards lowers the sum", () => {
  const cube = table("dead_or_missing", [0, 1, 5, 5, 9, 9], [0, 1, 6, 6, -4, -4], [1, 1, 6, 6, -1, -1]);
  assert.deepEqual(counted(cube).value, [5, 0, 0]);
  assert.equal(counted(cube).sum, 4);
});

test("records of one event are one event, once in each cell that it reaches", () => {
  const rows = [
    [0, 1, 5, 5, 1, 1],
    [0, 0, 6, 6, 1, 1],
    [0, 1, 6, 6, 1, 1],
    [1, 1, 5, 5, 1, 1],
  ];
  assert.deepEqual(counted(table("events", ...rows)).value, [2, 1, 0]);
  assert.deepEqual(counted(table("events", ...rows), 5, 5).value, [1, 1, 0]);
  assert.deepEqual(counted(table("incidents", ...rows)).value, [3, 1, 0]);
});

test("a cell is hatched by its largest event, not by its largest record", () => {
  const [one, other, third] = [
    [0, 1, 5, 5, 6, 6],
    [0, 0, 5, 5, 6, 6],
    [0, 1, 5, 5, 9, 9],
  ];
  assert.deepEqual(counted(table("dead_or_missing", one, other, third)).code[0], 1 + DOMINATED);
  assert.deepEqual(counted(table("dead_or_missing", one, [0, 1, 5, 5, 6, 6], third)).code[0], 1);
});

test("a wider area has classes of its own and is never hatched", () => {
  const cube = table("dead_or_missing", [0, 1, 5, 5, 40, 40], [1, 1, 5, 5, 40, 40]);
  assert.deepEqual(counted({ ...cube, wider: 1, wider_floors: [1, 100, 1000] }).code, [0, 1 + DOMINATED, NOTHING]);
});

test("an empty table counts nothing", () => {
  assert.deepEqual(counted(table("events")), { code: [NOTHING, NOTHING, NOTHING], value: [0, 0, 0], sum: 0 });
});

test("who is on no cell is told for the window that is shown: whole records alone", () => {
  const parts = [
    [5, 5, 1200],
    [6, 40, 3],
    [7, 7, 2],
  ];
  const of = (first, last) => apartWords({ apart: ["{} not placed", "none"], not_placed: parts }, first, last);
  assert.equal(of(5, 5), "1,200 not placed");
  assert.equal(of(6, 39), "2 not placed");
  assert.equal(of(41, 90), "none");
});
