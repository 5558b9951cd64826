/* Web Mercator: degrees, the way down from the equator in parts of the world's side, and the integers of a square of
   2^32 units whose differences wrap over the antimeridian by themselves (geo/map/cell_shapes.py). */
export const SIDE = 2 ** 32;
const TILE = 512; // pixels of the world's side at zoom 0

export const worldPixels = (zoom) => TILE * 2 ** zoom;
export const southing = (latitude) => -Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);
export const latitudeAt = (down) => (Math.atan(Math.sinh(-down * 2 * Math.PI)) * 180) / Math.PI;

/* Return a point's place on the square, as integers that wrap. */
export function unitsOf({ lng, lat }) {
  const across = ((((lng / 360) % 1) + 1.5) % 1) - 0.5;
  return [Math.round(across * SIDE) | 0, Math.round(southing(lat) * SIDE) | 0];
}

/* Return longitude and latitude of a place on the square; beyond ±180 where the place is beyond it. */
export const degreesOf = (x, y) => [(x / SIDE) * 360, latitudeAt(y / SIDE)];

/* Return the view [west, south, east, north] with a quarter around it, in whole steps, so that a small move asks for
   nothing new. */
export function boxAround([west, south, east, north]) {
  const grid = 2 ** Math.floor(Math.log2((east - west) / 4));
  let [left, right] = [Math.floor(west / grid - 1) * grid, Math.ceil(east / grid + 1) * grid];
  if (right - left >= 360) [left, right] = [-180, 180];
  const [low, high] = [Math.floor(south / grid - 1) * grid, Math.ceil(north / grid + 1) * grid];
  return [Math.max(left, -360), Math.max(low, -90), Math.min(right, 540), Math.min(high, 90)];
}

/* Return whether a view reaches out of a box that was asked for; the map itself ends at 85 degrees. */
export function isOutside([west, south, east, north], box) {
  const isAcross = box[2] - box[0] >= 360 || (west >= box[0] && east <= box[2]);
  return !(isAcross && Math.max(south, -85) >= box[1] && Math.min(north, 85) <= box[3]);
}

export const sidesOf = (bounds) => [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
