/* A set of cells: `centre` on the square of projection.mjs, and for each corner the way from its centre, in steps of
   `step` units, so that a cell is never torn where the square wraps. */
import { kindOf, NOTHING } from "./classes.mjs";
import { degreesOf, unitsOf } from "./projection.mjs";

const REACH = 1024; // no corner is as many steps away from its centre

export const emptySet = () => ({ id: [], centre: new Int32Array(0), corner: new Int16Array(0), corners: 6, step: 1 });

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

/* Return the place of the cell whose outline holds a point; −1 where there is none or it holds nothing. */
export function cellUnder({ centre, corner, corners, step }, code, point) {
  const [x, y] = unitsOf(point);
  for (let cell = 0; cell < code.length; cell++) {
    const [right, down] = [((x - centre[2 * cell]) | 0) / step, ((y - centre[2 * cell + 1]) | 0) / step];
    if (Math.abs(right) > REACH || Math.abs(down) > REACH) continue;
    if (isWithin(right, down, corner, cell * corners, corners)) return kindOf(code[cell]) === NOTHING ? -1 : cell;
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

/* Return a cell's outline in degrees; its first corner is also its last. */
export function ringOf(set, cell) {
  return Array.from({ length: set.corners + 1 }, (_, turn) => {
    const from = 2 * (cell * set.corners + (turn % set.corners));
    return degreesFrom(set, cell, set.corner[from] * set.step, set.corner[from + 1] * set.step);
  });
}

export const placeOf = (set, cell) => (cell && set ? set.id.indexOf(BigInt(`0x${cell}`)) : -1);
export const nameOf = (set, place) => set.id[place].toString(16);
