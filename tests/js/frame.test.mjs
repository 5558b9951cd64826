import assert from "node:assert/strict";
import test from "node:test";
import { fitBox, scaleOf } from "../../layouts/assets/map/frame.mjs";
import { keptAfter } from "../../layouts/assets/map/key.mjs";
import { southing, worldPixels } from "../../layouts/assets/map/projection.mjs";
import { isSeen } from "../../layouts/assets/map/room.mjs";
import { doCross, doesRunThrough, leadOf } from "../../layouts/assets/map/leaders.mjs";
import { keptCodes } from "../../layouts/assets/map/shown.mjs";
import { besideOf } from "../../layouts/assets/map/tip.mjs";
import { placesLike } from "../../layouts/assets/page/find.mjs";

test("a box of degrees fits the free room of the map, and lies in its middle", () => {
  const map = { left: 0, right: 1440, top: 100, bottom: 650 };
  const room = { left: 20, right: 1420, top: 120, bottom: 540 };
  const [x, y, zoom] = fitBox([-124, -35, 138, 62], map, room);
  const world = worldPixels(zoom);
  const across = (degrees) => (map.left + map.right) / 2 + ((degrees - x) / 360) * world;
  const down = (degrees) => (map.top + map.bottom) / 2 + (southing(degrees) - southing(y)) * world;
  assert.ok(across(-124) >= room.left - 1e-6 && across(138) <= room.right + 1e-6);
  assert.ok(down(62) >= room.top - 1e-6 && down(-35) <= room.bottom + 1e-6);
  assert.ok(Math.abs(across(7) - 720) < 1e-6 && Math.abs(down(62) + down(-35) - 660) < 1e-6);
});

test("the scale bar is a round number of kilometres and no longer than asked", () => {
  for (const [latitude, zoom] of [
    [0, 1],
    [36, 4],
    [60, 9.3],
  ]) {
    const [kilometres, pixels] = scaleOf(latitude, zoom, 90);
    const real = (40075.017 * Math.cos((latitude * Math.PI) / 180) * pixels) / (512 * 2 ** zoom);
    assert.ok(/^[125]0*$/.test(String(kilometres)) || kilometres < 1);
    assert.ok(pixels <= 90 && pixels > 30 && Math.abs(real - kilometres) < 1e-6 * kilometres);
  }
});

test("a place is found without its accents, the larger first, those that begin with the words before the others", () => {
  const named = (name) => ({ properties: { name } });
  const known = ["São Tomé", "Tripoli", "New Tripoli", "Tripolis", "Niger", "Nigeria"].map(named);
  const found = (words) => placesLike(words, known).map((one) => one.properties.name);
  assert.deepEqual(found("sao t"), ["São Tomé"]);
  assert.deepEqual(found("tripoli"), ["Tripoli", "Tripolis", "New Tripoli"]);
  assert.deepEqual(found("t"), []);
});

test("a class that is pressed stays alone, with Shift beside others, and pressed again gives all back", () => {
  assert.deepEqual(keptAfter(null, 3, false), [3]);
  assert.deepEqual(keptAfter([3], 5, true), [3, 5]);
  assert.deepEqual(keptAfter([3, 5], 5, true), [3]);
  assert.equal(keptAfter([3], 3, false), null);
  const codes = new Uint8Array([1, 3, 3 + 8, 5, 7]);
  assert.deepEqual([...keptCodes(codes, [3], 1)], [7, 3, 3 + 8, 7, 7]);
  assert.equal(keptCodes(codes, null, 1), codes);
});

test("what a panel hides or the frame cuts is not seen, on any copy of the world", () => {
  const key = { left: 0, top: 300, wide: 200, high: 100 };
  const size = [800, 400];
  assert.ok(isSeen([100, 100], size, 1000, [key]));
  assert.ok(!isSeen([100, 350], size, 1000, [key]));
  assert.ok(!isSeen([900, 100], size, 1000, [key]));
  assert.ok(isSeen([-400, 100], size, 1000, [key]), "a copy of the world is at 600");
  assert.ok(isSeen([100, 350], size, 500, [key]), "the next copy is beside the key");
  assert.ok(!isSeen([100, 401], size, 1000, []));
});

test("a label's line ends at the side of its box, and is told from one that crosses it", () => {
  const box = { left: 100, top: 40, wide: 80, high: 20 };
  assert.deepEqual(leadOf({ x: 20, y: 50 }, box), [20, 50, 100, 50]);
  assert.deepEqual(leadOf({ x: 140, y: 200 }, box), [140, 200, 140, 60]);
  assert.ok(doesRunThrough([0, 50, 300, 50], box));
  assert.ok(!doesRunThrough([0, 70, 300, 70], box));
  assert.ok(doCross([0, 0, 10, 10], [0, 10, 10, 0]));
  assert.ok(!doCross([0, 0, 10, 10], [20, 0, 30, 10]));
});

test("a tip lies within the map, under no button, and not where a key leads", () => {
  const covers = [{ left: 1380, top: 10, wide: 44, high: 66 }];
  const given = { room: [1440, 550], covers };
  const isWithin = ([left, top], [wide, high]) => left >= 0 && top >= 0 && left + wide <= 1440 && top + high <= 550;
  for (const x of [2, 200, 720, 1300, 1438])
    for (const y of [2, 60, 300, 548])
      assert.ok(isWithin(besideOf({ x, y }, [240, 160], given), [240, 160]), `${x} ${y}`);
  const [left, top] = besideOf({ x: 1200, y: 20 }, [240, 160], given);
  assert.ok(left + 240 < 1380 || top > 76);
  assert.ok(besideOf({ x: 700, y: 200 }, [240, 160], { ...given, away: [1, 0] })[0] < 700 - 240);
  assert.ok(besideOf({ x: 700, y: 300 }, [240, 160], { ...given, away: [0, 1] })[1] < 300 - 160);
});
