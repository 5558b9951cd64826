/* Tests that must fail: one for each assertion, so that none of them says yes to everything. */
import assert from "node:assert/strict";
import test from "node:test";

test("ok", () => assert.ok(false));
test("equal", () => assert.equal(1, "1"));
test("deepEqual", () => assert.deepEqual({ a: [1, 2] }, { a: [1, 3] }));
test("deepEqual of different lengths", () => assert.deepEqual([1], [1, undefined]));
test("match", () => assert.match("a", /b/));
test("rejects", () => assert.rejects(Promise.resolve(1), /x/));
