/* Distances and circles on the sphere that the server counts on (geo/sphere/great_circle.py), in degrees:
   [longitude, latitude]. */
const EARTH = 6371.007180918475; // kilometres
const STEPS = 96; // corners of a circle
const rad = Math.PI / 180;

export const wrapped = (x) => ((((x + 180) % 360) + 360) % 360) - 180;

export function kilometresBetween([ax, ay], [bx, by]) {
  const [across, down] = [Math.sin(((bx - ax) * rad) / 2), Math.sin(((by - ay) * rad) / 2)];
  const half = down ** 2 + Math.cos(ay * rad) * Math.cos(by * rad) * across ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
}

/* Return all points at a distance of so many kilometres, as the server draws a circle (geo/areas/areas.py). */
export function circleOf([x, y], radius) {
  const [far, sin, cos] = [radius / EARTH, Math.sin(y * rad), Math.cos(y * rad)];
  return Array.from({ length: STEPS + 1 }, (_, turn) => {
    const bearing = (turn / STEPS) * 2 * Math.PI;
    const up = Math.asin(sin * Math.cos(far) + cos * Math.sin(far) * Math.cos(bearing));
    const east = Math.atan2(Math.sin(bearing) * Math.sin(far) * cos, Math.cos(far) - sin * Math.sin(up));
    return [x + east / rad, up / rad];
  });
}

/* Return points as one line: none is more than half the world beside the one before it. */
export function unwrapped(points) {
  let before = null;
  return points.map(([x, y]) => {
    const near = before === null ? x : x + 360 * Math.round((before - x) / 360);
    before = near;
    return [near, y];
  });
}
