/* Words beside what they are of, each with a line on paper that ends in a dot on it: where they may stand, and the line. */
import { holds, meets } from "./room.mjs";

const PARTS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95]; // of what is seen of a line: where its dot may be
const WAYS = [0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180]; // degrees around the dot
const AWAY = [12, 24, 40, 60, 84, 112, 142, 174, 208]; // pixels
const NEAREST = 16; // pixels that a box may stand further off than its line is long
const DOT = 2.2; // pixels
const SVG = "http://www.w3.org/2000/svg";

/* Return where on a line its dot may be, of those points of it that are seen. */
export const dotsOf = (seen) => [...new Set(PARTS.map((part) => seen[Math.round(part * (seen.length - 1))]))];

function* around(dots, [wide, high], longest) {
  for (const away of AWAY.filter((one) => one <= longest))
    for (const dot of dots)
      for (const degrees of WAYS) {
        const turn = (degrees * Math.PI) / 180;
        const [across, down] = [Math.cos(turn), -Math.sin(turn)];
        const middle = [dot.x + across * (away + wide / 2), dot.y + down * (away + high / 2)];
        const box = { left: middle[0] - wide / 2, top: middle[1] - high / 2, wide, high };
        const lead = leadOf(dot, box);
        yield { dot, box, lead, long: Math.hypot(lead[2] - lead[0], lead[3] - lead[1]) };
      }
}

/* Return where a label and its dot may be, the shortest line first. */
export const tries = (dots, size, longest) =>
  [...around(dots, size, longest + NEAREST)]
    .filter(({ long }) => long <= longest)
    .sort((one, other) => one.long - other.long);

/* Return the line from a dot to the nearest point of a box: x, y of both. */
export function leadOf({ x, y }, { left, top, wide, high }) {
  return [x, y, Math.max(left, Math.min(x, left + wide)), Math.max(top, Math.min(y, top + high))];
}

/* Whether two lines cross. */
export function doCross([ax, ay, bx, by], [cx, cy, dx, dy]) {
  const side = (x, y, [px, py, qx, qy]) => Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  const [one, other] = [
    [ax, ay, bx, by],
    [cx, cy, dx, dy],
  ];
  return side(ax, ay, other) * side(bx, by, other) < 0 && side(cx, cy, one) * side(dx, dy, one) < 0;
}

/* Whether a line runs through a box. */
export function doesRunThrough([ax, ay, bx, by], box) {
  const steps = 12;
  for (let at = 0; at <= steps; at++)
    if (holds(box, ax + ((bx - ax) * at) / steps, ay + ((by - ay) * at) / steps)) return true;
  return false;
}

/* Whether words and their line are clear of those that are placed, and of boxes that are taken: neither may make another's
   look like its own. */
export function isClear({ lead, box }, placed, taken) {
  if (taken.some((other) => meets(box, other))) return false;
  return placed.every(
    (other) =>
      !meets(box, other.box) &&
      !doesRunThrough(lead, other.box) &&
      !doesRunThrough(other.lead, box) &&
      !doCross(lead, other.lead),
  );
}

export function sheetOfLeads() {
  const sheet = document.createElementNS(SVG, "svg");
  sheet.setAttribute("aria-hidden", "true");
  return sheet;
}

const drawn = (name, className, values) => {
  const shape = document.createElementNS(SVG, name);
  shape.setAttribute("class", className);
  for (const [key, value] of Object.entries(values)) shape.setAttribute(key, value);
  return shape;
};

/* Return what is drawn of the line from a dot to a box of words. */
export function leadTo({ x, y }, box) {
  const [x1, y1, x2, y2] = leadOf({ x, y }, box);
  const ends = { x1, y1, x2, y2 };
  return [drawn("line", "halo", ends), drawn("line", "lead", ends), drawn("circle", "dot", { cx: x, cy: y, r: DOT })];
}
