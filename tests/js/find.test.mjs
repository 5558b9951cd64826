/* The places of the map come first, and the server's that are not among them. */
import assert from "node:assert/strict";
import test from "node:test";
import { joined } from "../../layouts/assets/page/find.mjs";

const place = (name, x, y) => ({ properties: { name }, geometry: { coordinates: [x, y] } });

test("a place that the map names is told once, and no more than six are", () => {
  const tripoli = place("Tripoli", 13.19, 32.89);
  const found = joined([tripoli], [place("Tripoli", 13.187, 32.887), place("Tripoli", 35.85, 34.43)]);
  assert.deepEqual(found, [tripoli, place("Tripoli", 35.85, 34.43)]);
  const many = Array.from({ length: 9 }, (_, at) => place("San", at, 0));
  assert.equal(joined([], many).length, 6);
});
