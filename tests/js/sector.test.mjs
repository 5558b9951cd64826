import assert from "node:assert/strict";
import test from "node:test";
import { circleOf, kilometresBetween, unwrapped, wrapped } from "../../layouts/assets/questions/sphere.mjs";
import { joined, problemOf, readList, writeList } from "../../layouts/assets/questions/watch_list.mjs";

const near = (found, expected, by) => assert.ok(Math.abs(found - expected) < by, `${found} is not ${expected}`);

test("a degree of the equator is 111.19 km, and the way is short over the antimeridian", () => {
  near(kilometresBetween([0, 0], [1, 0]), 111.195, 0.001);
  near(kilometresBetween([179.5, 0], [-179.5, 0]), 111.195, 0.001);
  near(kilometresBetween([0, 90], [0, -90]), 20015.1, 0.1);
});

test("every point of a circle is at its distance, near a pole and over the antimeridian too", () => {
  for (const middle of [
    [14, 36],
    [179.9, -17],
    [20, 88],
  ]) {
    const ring = circleOf(middle, 300);
    assert.equal(ring.length, 97);
    for (const point of ring) near(kilometresBetween(middle, point), 300, 1e-6);
  }
});

test("a line takes the short way, and a longitude comes back into the world", () => {
  assert.deepEqual(
    unwrapped([
      [179, 0],
      [-179, 1],
      [178, 2],
    ]),
    [
      [179, 0],
      [181, 1],
      [178, 2],
    ],
  );
  assert.deepEqual([181, -181, 540, 14].map(wrapped), [-179, 179, -180, 14]);
});

test("a watch list comes back from its file", () => {
  const sectors = [{ query: "place=14,36&radius_km=50", name: "South of Malta" }];
  assert.deepEqual(readList(writeList(sectors)), sectors);
  assert.equal(problemOf(writeList(sectors)), "");
});

test("what is no watch list is none, and a file says why", () => {
  for (const text of ["", "{", "null", "[]", '{"format":"crossings-watch-list","version":1}'])
    assert.equal(readList(text), null);
  assert.equal(readList(writeList([{ query: 1, name: "x" }])), null);
  assert.equal(readList(writeList([{ query: "x", name: "x".repeat(81) }])), null);
  assert.match(problemOf("{"), /not JSON/);
  for (const text of ["null", "[]", '{"format":"other"}']) assert.match(problemOf(text), /no watch list/);
});

test("a sector is watched once, and a list ends at a hundred", () => {
  const many = Array.from({ length: 99 }, (_, at) => ({ query: `place=${at}`, name: "x" }));
  const [same, fresh, left] = joined(many, [many[0]]);
  assert.deepEqual([same.length, fresh, left], [99, 0, 0]);
  const [longer, taken, over] = joined(many, [{ query: "a", name: "a" }, { query: "b", name: "b" }, many[0]]);
  assert.deepEqual([longer.length, taken, over], [100, 1, 1]);
});
