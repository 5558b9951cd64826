import assert from "node:assert/strict";
import test from "node:test";
import { featuresOf, pointsOf } from "../../layouts/assets/map/basemap.mjs";
import {
  boxAround,
  degreesOf,
  isOutside,
  latitudeAt,
  SIDE,
  southing,
  unitsOf,
} from "../../layouts/assets/map/projection.mjs";

const near = (found, expected, by = 1e-6) => assert.ok(Math.abs(found - expected) < by, `${found} is not ${expected}`);

test("a latitude comes back from the square", () => {
  for (const latitude of [-85, -33.9, 0, 0.001, 36, 85]) near(latitudeAt(southing(latitude)), latitude);
  near(southing(85.0511287798066), -0.5);
});

test("a point comes back from its integers within a centimetre", () => {
  for (const [lng, lat] of [
    [14.123, 36.456],
    [-179.9, -17],
    [0, 0],
  ]) {
    const [x, y] = degreesOf(...unitsOf({ lng, lat }));
    near(x, lng, 1e-7);
    near(y, lat, 1e-7);
  }
});

test("integers wrap over the antimeridian: the way is short", () => {
  const [east] = unitsOf({ lng: 179.5, lat: 0 });
  const [west] = unitsOf({ lng: -179.5, lat: 0 });
  near((west - east) | 0, SIDE / 360, 2);
});

test("a box holds its view with room, and a small move asks for the same box", () => {
  const view = [10.5, 30.5, 18.5, 36.5];
  const box = boxAround(view);
  assert.ok(!isOutside(view, box));
  assert.deepEqual(boxAround([10.8, 30.8, 18.8, 36.8]), box);
  assert.ok(isOutside([10 - 12, 30, 18 - 12, 36], box));
});

test("a view of the whole world is one box, and the map's own edge is not outside", () => {
  const box = boxAround([-200, -88, 220, 88]);
  assert.deepEqual(box, [-180, -90, 180, 90]);
  assert.ok(!isOutside([-500, -89, 500, 89], box));
});

test("differences become degrees; lists keep their depth", () => {
  assert.deepEqual(pointsOf([1400, 3600, -25, 5]), [
    [14, 36],
    [13.75, 36.05],
  ]);
  assert.deepEqual(pointsOf([[[0, 0, 100, 0]]]), [
    [
      [
        [0, 0],
        [1, 0],
      ],
    ],
  ]);
  const [land] = featuresOf([["Malta", "LineString", [1400, 3600]]]);
  assert.deepEqual(land.properties, { name: "Malta" });
  assert.deepEqual(land.geometry, { type: "LineString", coordinates: [[14, 36]] });
});
