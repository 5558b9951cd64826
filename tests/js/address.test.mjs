import assert from "node:assert/strict";
import test from "node:test";
import * as address from "../../layouts/assets/page/address.mjs";
import { pressed, sheetOf } from "../../layouts/assets/page/panels.mjs";

test("a view is three numbers, or none", () => {
  assert.deepEqual(address.viewOf("?view=14,36,4.5&step=year"), [14, 36, 4.5]);
  for (const search of [
    "",
    null,
    "?view=14,36",
    "?view=14,36,x",
    "?view=1,2,3,4",
    "?view=181,0,3",
    "?view=0,86,3",
    "?view=0,0,15",
  ])
    assert.equal(address.viewOf(search), null);
});

test("an address states what is shown and nothing that is not", () => {
  assert.equal(
    address.searchOf("step=year", [14.12345, 36, 4.499], "ask=risk"),
    "v=2&step=year&view=14.123,36,4.5&ask=risk",
  );
  assert.equal(address.searchOf("", null, ""), "");
  assert.equal(address.searchOf("", [190, 89, 16], ""), "v=2&view=-170,85,14");
  assert.equal(address.withoutZoomed("zoomed=3&step=year"), "step=year");
  assert.equal(address.withoutZoomed("step=year&zoomed=3"), "step=year");
});

test("what is shared is versioned, and pinned once", () => {
  assert.equal(address.sharedSearch("", null), "?v=2");
  assert.equal(address.sharedSearch("?v=2&route=a%2Cb", false), "?v=2&route=a,b");
  assert.equal(address.sharedSearch("?step=year", "v000002"), "?v=2&step=year&vintage=v000002");
  assert.equal(address.sharedSearch("?vintage=v000001", "v000002"), "?v=2&vintage=v000001");
});

test("a frame shows the map alone: no question goes into it", () => {
  assert.equal(
    address.framedQuery("?v=1&step=year&ask=risk&ask.by=cell&asked=1", "4"),
    "v=1&step=year&asked=1&zoomed=4",
  );
  assert.equal(address.framedQuery("?v=1", null), "v=1");
});

test("a question states what differs from how its form began", () => {
  assert.equal(
    address.askedPart("risk", { by: "cell", per: "1000" }, { by: "route", per: "1000" }),
    "ask=risk&ask.by=cell",
  );
  assert.equal(address.askedPart("risk", { place: "" }, {}), "ask=risk");
  assert.equal(address.askedPart("sector", { polygon: "1,2;".repeat(900) }, {}), "ask=sector");
});

test("the size of the cells follows the zoom, from 2 to 4", () => {
  assert.deepEqual([0, 2.5, 2.6, 3.9, 4, 9].map(address.resolutionAt), [2, 2, 3, 3, 4, 4]);
});

test("a fitted view is moved out from under the panels, and never comes closer", () => {
  const map = { left: 0, right: 1440, top: 0, bottom: 900 };
  const [x, y, zoom] = address.viewWithin([14, 36, 4], map, map);
  assert.ok(x === 14 && Math.abs(y - 36) < 1e-9 && zoom === 4);
  const [left, up, far] = address.viewWithin([14, 36, 4], map, { left: 300, right: 1440, top: 100, bottom: 400 });
  assert.ok(left < 14 && up < 36 && far < 4);
});

test("only a query that names a place can open the map elsewhere", () => {
  assert.deepEqual(["route=a", "step=year&country=mt", "subregion=a", ""].map(address.namesPlace), [
    true,
    true,
    false,
    false,
  ]);
});

test("a choice is a step of the history, a move of the map and a question are none", () => {
  const chosen = address.selectedIn("?v=2&route=a&from=2019-01-01&view=1,2,3&ask=risk&ask.by=year");
  assert.equal(chosen, address.selectedIn("?from=2019-01-01&route=a"));
  assert.ok(chosen !== address.selectedIn("?from=2019-01-01"));
  assert.equal(address.placeOf("step=year&route=a&country=mt"), "route=a&country=mt");
});

test("a button opens its sheet and closes it again; a tab leaves it open", () => {
  const opened = pressed("show-table", ["page"]);
  assert.deepEqual(opened, ["page", "show-table"]);
  assert.deepEqual(pressed("show-table", opened), ["page"]);
  assert.deepEqual(pressed("tab-table", opened), ["page", "show-table"]);
  assert.deepEqual(pressed("show-questions", opened), ["page", "show-questions"]);
  assert.deepEqual(pressed("tab-map", opened), ["page"]);
  const unfolded = pressed("fold-dock", opened); // beside a panel the series are folded until they are asked for
  assert.deepEqual(unfolded, ["page", "show-table", "dock-unfolded"]);
  assert.deepEqual(pressed("show-table", unfolded), ["page"]);
  assert.deepEqual(pressed("fold-dock", ["page", "dock-folded"]), ["page"]);
  assert.deepEqual(pressed("tab-questions", opened), ["page", "show-questions"]);
  assert.deepEqual([["show-table"], ["show-questions"], ["show-sources"], ["page"]].map(sheetOf), [
    "table",
    "questions",
    "sources",
    "",
  ]);
});
