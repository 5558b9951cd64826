import assert from "node:assert/strict";
import test from "node:test";
import { patient, pause } from "../../layouts/assets/page/status.mjs";

const answer = (status, after) => new Response(null, { status, headers: after ? { "Retry-After": after } : {} });

/* Ask a server that answers so, and return what came, how often it waited and how often that was told. */
async function asked(...answers) {
  const slept = [];
  let told = 0;
  const tell = () => {
    told += 1;
  };
  const ask = patient(
    async () => answers.shift(),
    tell,
    async (seconds) => slept.push(seconds),
  );
  const came = await ask("/cells/values", {});
  return { status: came.status, slept: slept.length, told, left: answers.length };
}

test("what a busy server has put off is asked again", async () => {
  assert.deepEqual(await asked(answer(429, "2"), answer(503, "5"), answer(200)), {
    status: 200,
    slept: 2,
    told: 2,
    left: 0,
  });
});

test("after a few times its refusal is given", async () => {
  const busy = () => answer(503, "1");
  assert.deepEqual(await asked(busy(), busy(), busy(), busy(), answer(200)), {
    status: 503,
    slept: 3,
    told: 3,
    left: 1,
  });
});

test("nothing else is asked twice", async () => {
  for (const status of [200, 204, 400, 404, 500]) {
    assert.deepEqual(await asked(answer(status), answer(200)), { status, slept: 0, told: 0, left: 1 });
  }
});

test("it waits as long as it is told, within bounds, and not as long as all others", () => {
  assert.equal(pause(answer(503, "4"), 0), 4);
  assert.equal(pause(answer(503, "4"), 1), 6);
  assert.equal(pause(answer(503, "900"), 0), 15);
  assert.equal(pause(answer(503, "0"), 0), 1);
  assert.equal(pause(answer(429), 0), 2);
  assert.equal(pause(answer(429, "soon"), 0), 2);
});
