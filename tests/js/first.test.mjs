import assert from "node:assert/strict";
import test from "node:test";
import { viewWithin } from "../../layouts/assets/page/first.mjs";
import { southing, worldPixels } from "../../layouts/assets/map/projection.mjs";

const still = { view: [8, 27, 2.75], middle: [1280, 600], size: [2560, 1200] };

test("a live map in the place of the still one has its view", () => {
  const [lon, lat, zoom] = viewWithin(
    still,
    { left: -560, top: -300, width: 2560 },
    { left: 0, right: 1440, top: 0, bottom: 600 },
  );
  assert.ok(Math.abs(lon - 8) < 1e-9 && Math.abs(lat - 27) < 1e-9 && zoom === 2.75);
});

test("a live map elsewhere shows the same ground at the same pixels", () => {
  const box = { left: 100, right: 900, top: 50, bottom: 450 };
  const place = { left: -20, top: 30, width: 1280 };
  const [lon, lat, zoom] = viewWithin(still, place, box);
  const world = worldPixels(zoom);
  const x = 500 + ((8 - lon) / 360) * world;
  const y = 250 + (southing(27) - southing(lat)) * world;
  assert.equal(zoom, 1.75);
  assert.ok(Math.abs(x - (place.left + 640)) < 1e-6 && Math.abs(y - (place.top + 300)) < 1e-6);
});
