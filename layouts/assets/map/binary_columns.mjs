/* Tables from the server: details as JSON, then each column as numbers, as
   callbacks/map_data/binary_columns.py has packed them. */
const KINDS = {
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  u8: BigUint64Array,
};

const aligned = (size) => Math.ceil(size / 8) * 8;

/* Return the details of a table, with each column as a typed array. */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const found = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let from = aligned(4 + length);
  for (const [name, kind, count] of found.columns) {
    found[name] = new KINDS[kind](buffer, from, count);
    from += aligned(found[name].byteLength);
  }
  return found;
}

/* Return the table at an address; where there is none, fail in the server's own words. */
export async function fetchTable(address, signal) {
  const response = await fetch(address, { signal });
  if (response.ok) return unpack(await response.arrayBuffer());
  const said = await response.json().catch(() => ({}));
  throw new Error(said.detail || "The server did not answer.");
}
