/* A set of cells: `centre` on the square of projection.mjs, and for each corner the way from its centre, so that a cell is
   never torn where the square wraps. `sizes` are [resolution, number of cells, units of a step] of each run of cells of
   one size; wider ones come first. */
import { kindOf, NOTHING } from "./classes.mjs";
import { degreesOf, unitsOf } from "./projection.mjs";

const REACH = 1024; // no corner is as many steps away from its centre

export const emptySet = () => ({ id: [], centre: new Int32Array(0), corner: new Int16Array(0), corners: 6, sizes: [] });

/* Return where each run of cells of one size begins, how many it has, its step, and whether it is of wider areas: those
   among the first `wider` cells. */
export function runsOf({ sizes }, wider) {
  let from = 0;
  return sizes.map(([, count, step]) => {
    from += count;
    return { from: from - count, count, step, isWider: from <= wider };
  });
}

/* Return the units of a step of one cell. */
export function stepOf({ sizes }, cell) {
  let end = 0;
  for (const [, count, step] of sizes) {
    end += count;
    if (cell < end) return step;
  }
  return 1;
}

/* Return the vertices of a set, centre, then corners, of each cell in turn: the cell's centre and the way from it; and
   its triangles, a fan around the centre, as numbers of vertices. */
export function fansOf({ id, centre, corner, corners }) {
  const vertices = corners + 1;
  const [centres, ways] = [new Int32Array(2 * vertices * id.length), new Int16Array(2 * vertices * id.length)];
  const triangles = new Uint32Array(3 * corners * id.length);
  for (let cell = 0, next = 0; cell < id.length; cell++) {
    const [x, y, first] = [centre[2 * cell], centre[2 * cell + 1], vertices * cell];
    for (let at = 2 * first; at < 2 * (first + vertices); at += 2) [centres[at], centres[at + 1]] = [x, y];
    ways.set(corner.subarray(2 * corners * cell, 2 * corners * (cell + 1)), 2 * first + 2);
    for (let turn = 0; turn < corners; turn++) {
      triangles[next++] = first;
      triangles[next++] = first + 1 + turn;
      triangles[next++] = first + 1 + ((turn + 1) % corners);
    }
  }
  return { centres, ways, triangles };
}

/* Return the place of the finest cell whose outline holds a point and that holds something; −1 where there is none. */
export function cellUnder(set, code, point) {
  const { centre, corner, corners } = set;
  const [x, y] = unitsOf(point);
  for (const { from, count, step } of runsOf(set, 0).toReversed()) {
    for (let cell = from; cell < from + count; cell++) {
      if (kindOf(code[cell]) === NOTHING) continue;
      const [right, down] = [((x - centre[2 * cell]) | 0) / step, ((y - centre[2 * cell + 1]) | 0) / step];
      if (Math.abs(right) > REACH || Math.abs(down) > REACH) continue;
      if (isWithin(right, down, corner, cell * corners, corners)) return cell;
    }
  }
  return -1;
}

function isWithin(x, y, corner, from, count) {
  let isIn = false;
  for (let one = 0, other = count - 1; one < count; other = one++) {
    const [ax, ay] = [corner[2 * (from + one)], corner[2 * (from + one) + 1]];
    const [bx, by] = [corner[2 * (from + other)], corner[2 * (from + other) + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
  }
  return isIn;
}

/* Return longitude and latitude of a cell's centre, or of what is so many units right and down of it. */
export const degreesFrom = ({ centre }, cell, right = 0, down = 0) =>
  degreesOf(centre[2 * cell] + right, centre[2 * cell + 1] + down);

/* Return a cell's outline in degrees, or one at a share of it; its first corner is also its last. */
export function ringOf(set, cell, share = 1) {
  const step = share * stepOf(set, cell);
  return Array.from({ length: set.corners + 1 }, (_, turn) => {
    const from = 2 * (cell * set.corners + (turn % set.corners));
    return degreesFrom(set, cell, set.corner[from] * step, set.corner[from + 1] * step);
  });
}

export const placeOf = (set, cell) => (cell && set ? set.id.indexOf(BigInt(`0x${cell}`)) : -1);
export const nameOf = (set, place) => set.id[place].toString(16);
