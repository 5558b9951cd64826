/* node:test as far as tests/js uses it, for a browser: each test is run in turn, and what failed is told. */
const waiting = [];

export default function test(name, act) {
  waiting.push([name, act]);
}

/* Return the number of tests, and of each that failed its name and why. */
export async function runAll() {
  const failed = [];
  for (const [name, act] of waiting) {
    try {
      await act();
    } catch (problem) {
      failed.push(`${name}: ${problem.stack}`);
    }
  }
  return { count: waiting.length, failed };
}
