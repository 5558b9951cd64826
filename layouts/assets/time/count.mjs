/* Counts the cells of any window from one table held in the browser, as the server counts them
   (data/counting/incident_arrays.py). */
import { codeOf } from "../map/classes.mjs";

const UNKNOWN = { 2: -32768, 4: -2147483648 }; // by bytes of a number

/* Return code, value and their sum for the records of `cube` that lie wholly between two days. Rows are sorted by cell,
   then by event; is_new marks where an event begins. */
export function countCells(cube, cells, first, last) {
  const { cell, is_new: isNew, first: from, last: to, dead_or_missing: toll } = cube;
  const people = cube[cube.measure];
  const unknown = people ? UNKNOWN[people.BYTES_PER_ELEMENT] : 0;
  const missing = UNKNOWN[toll.BYTES_PER_ELEMENT];
  const [value, total, largest, incidents] = [0, 1, 2, 3].map(() => new Int32Array(cells));
  const isKnown = new Uint8Array(cells);
  let event = 0;
  let isSeen = false;
  const close = (at) => {
    if (!isSeen) return;
    if (event > largest[at]) largest[at] = event;
    if (cube.measure === "events") value[at] += 1;
    [event, isSeen] = [0, false];
  };
  for (let row = 0; row < cell.length; row++) {
    if (isNew[row] && row) close(cell[row - 1]);
    if (!from[row] || from[row] < first || to[row] > last) continue;
    const at = cell[row];
    isSeen = true;
    incidents[at] += 1;
    if (toll[row] !== missing) [total[at], event] = [total[at] + toll[row], event + toll[row]];
    if (people && people[row] !== unknown) [value[at], isKnown[at]] = [value[at] + people[row], 1];
  }
  if (cell.length) close(cell[cell.length - 1]);
  if (cube.measure === "incidents") value.set(incidents);
  const sum = value.reduce((added, one) => added + one, 0); // with adjustments below zero (RULES C3)
  const code = new Uint8Array(cells);
  for (let at = 0; at < cells; at++) {
    const isSilent = people && !isKnown[at] && incidents[at] > 0;
    const isWider = at < (cube.wider || 0);
    const of = { value: value[at], isSilent, total: total[at], largest: largest[at], isWider };
    code[at] = codeOf(of, isWider ? cube.wider_floors : cube.floors);
    if (value[at] < 0) value[at] = 0;
  }
  return { code, value, sum };
}

/* Return who is on no cell in a window, in words: people at no place in these very days, people without a date. */
export function apartWords({ apart: [some, none], not_placed: parts }, first, last) {
  const held = parts.filter(([from, to]) => from >= first && to <= last);
  const people = held.reduce((sum, [, , toll]) => sum + toll, 0);
  return people ? some.replace("{}", people.toLocaleString("en")) : none;
}
