import assert from "node:assert/strict";
import test from "node:test";
import { mayKeep, stillPage } from "../../layouts/assets/page/offline.mjs";

test("only what is for everybody is kept", () => {
  assert.ok(mayKeep(200, "no-cache"));
  assert.ok(mayKeep(200, null));
  for (const control of ["private, no-store", "private, no-cache", "no-store"]) assert.ok(!mayKeep(200, control));
  assert.ok(!mayKeep(503, "no-cache"));
});

test("what is kept is the still page alone, which says as of when", () => {
  const page =
    '<html lang="en"><head><link rel="icon" href="x"><script>1</script></head><body><style>a</style>' +
    '<noscript><style>b</style></noscript><p class="first-kept" hidden>As of</p><a class="y" href="/?from=2023">2023</a><a href="#n">n</a><!--/first--><script>2</script></body></html>';
  assert.equal(
    stillPage(page),
    '<html class="is-still is-alone" lang="en"><head></head><body><style>a</style><p class="first-kept">As of</p>' +
      '<a class="y">2023</a><a href="#n">n</a></body></html>',
  );
  assert.equal(stillPage("<html>"), null);
});
