import assert from "node:assert/strict";
import test from "node:test";
import { fill, lineOf } from "../../layouts/assets/questions/alerts.mjs";
import { lastVisit, readVisits, visited } from "../../layouts/assets/questions/visits.mjs";

test("a sector that was never opened has no last visit", () => {
  assert.equal(lastVisit(undefined, "2025-03-01"), "");
  assert.equal(lastVisit(visited(null, "2025-03-01", {}), "2025-03-01"), "");
});

test("the last visit is the day before this one, however often it is opened today", () => {
  const first = visited(null, "2025-03-01", { incidents_above: "5" });
  assert.equal(lastVisit(first, "2025-04-01"), "2025-03-01");
  const second = visited(first, "2025-04-01", first.limits);
  assert.deepEqual(second, { day: "2025-04-01", before: "2025-03-01", limits: { incidents_above: "5" } });
  assert.equal(lastVisit(second, "2025-04-01"), "2025-03-01");
  assert.equal(lastVisit(visited(second, "2025-04-01", {}), "2025-04-01"), "2025-03-01");
});

test("what the browser kept is read, and what is no visit or no threshold is left out", () => {
  const visit = { day: "2025-03-01", before: "", limits: { incidents_above: "5" } };
  assert.deepEqual(readVisits(JSON.stringify({ "place=Lampedusa&radius_km=100": visit })), {
    "place=Lampedusa&radius_km=100": visit,
  });
  for (const text of ["", "{", "null", "[]", '{"x":{"day":"yesterday","before":""}}', '{"x":{"day":"","before":""}}'])
    assert.deepEqual(readVisits(text), {});
  const odd = { day: "2025-03-01", before: "", limits: { incidents_above: "many", from: "5" } };
  assert.deepEqual(readVisits(JSON.stringify({ x: odd })), { x: { ...odd, limits: {} } });
});

test("an alert is one sentence, and a name that looks like a pattern is left as it is", () => {
  const words = { line: "{name}. {measure}: {value}, {state} {threshold}.", measure: { incidents: "Incidents" } };
  const told = { measure: "incidents", value: 7, threshold: 5, state: "above" };
  const said = { ...words, state: { above: "above" } };
  assert.equal(lineOf("{value}", told, said, "en"), "{value}. Incidents: 7, above 5.");
  assert.equal(fill("{one} {other}", { one: "1" }), "1 {other}");
});
