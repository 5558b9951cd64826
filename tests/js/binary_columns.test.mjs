import assert from "node:assert/strict";
import test from "node:test";
import { fetchTable, unpack } from "../../layouts/assets/map/binary_columns.mjs";

/* Two columns as callbacks/binary.py packs them: the length of the details, the details, each column on a multiple of 8. */
function packed(pad = 0) {
  const columns = [
    ["id", "u8", 2],
    ["code", "u1", 3],
    ["toll", "i2", 1],
  ];
  const details = new TextEncoder().encode(JSON.stringify({ columns, words: "ü".repeat(pad) }));
  const begin = Math.ceil((4 + details.length) / 8) * 8;
  const buffer = new ArrayBuffer(begin + 16 + 8 + 8);
  const view = new DataView(buffer);
  view.setUint32(0, details.length, true);
  new Uint8Array(buffer).set(details, 4);
  view.setBigUint64(begin, 0x83_1e_8d_ff_ff_ff_ff_ffn, true);
  view.setBigUint64(begin + 8, 2n ** 63n, true);
  [7, 0, 255].forEach((code, at) => view.setUint8(begin + 16 + at, code));
  view.setInt16(begin + 24, -32768, true);
  return buffer;
}

test("a table is read whatever the length of its details", () => {
  for (let pad = 0; pad < 8; pad++) {
    const found = unpack(packed(pad));
    assert.equal(found.words, "ü".repeat(pad));
    assert.deepEqual([...found.code], [7, 0, 255]);
    assert.deepEqual([...found.toll], [-32768]);
  }
});

test("the number of a cell keeps all of its 64 bits", () => {
  const { id } = unpack(packed());
  assert.equal(id[0].toString(16), "831e8dffffffffff");
  assert.equal(id[1], 2n ** 63n);
});

test("a refusal is told in the server's own words", async () => {
  const kept = globalThis.fetch;
  try {
    globalThis.fetch = async () => Response.json({ detail: "There is no such measure." }, { status: 400 });
    await assert.rejects(fetchTable("/cells/values"), /There is no such measure/);
    globalThis.fetch = async () => new Response("<h1>Bad gateway</h1>", { status: 502 });
    await assert.rejects(fetchTable("/cells/values"), /The server did not answer/);
  } finally {
    globalThis.fetch = kept;
  }
});
