/* node:assert/strict as far as tests/js uses it, for a browser. What it does not have fails the test that asks for it. */
function isSame(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const keys = Object.keys(one);
  const isAll = keys.length === Object.keys(other).length && one.length === other.length;
  return isAll && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}

const shown = (value) => JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each));

function ok(is, words = "not true") {
  if (!is) throw new Error(words);
}

export default {
  ok,
  equal: (found, expected) => ok(Object.is(found, expected), `${shown(found)} is not ${shown(expected)}`),
  deepEqual: (found, expected) => ok(isSame(found, expected), `${shown(found)} is not ${shown(expected)}`),
  match: (text, pattern) => ok(pattern.test(text), `${text} does not match ${pattern}`),
  async rejects(promise, pattern) {
    const problem = await promise.then(
      () => null,
      (error) => error,
    );
    ok(problem !== null, "nothing was refused");
    ok(pattern.test(problem.message), `${problem.message} does not match ${pattern}`);
  },
};
