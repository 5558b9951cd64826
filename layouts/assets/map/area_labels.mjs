/* How many are somewhere in a wider area, written inside it where the fewest cells lie: from as many pixels on as a line of
   words fits, the largest first. The same numbers are said at the pointer and stand in the table, so these are not read
   aloud. */
import { ringOf } from "./cell_shapes.mjs";
import { isDrawn } from "./classes.mjs";
import { isWider, cellAt, now, valuesNow } from "./shown.mjs";

const WIDEST = 150; // pixels from side to side, at least
const MOST = 16;
const INSIDE = 17; // pixels from the side to the middle of the words
const HIGH = 19;
let layer = null;
let written = [];

/* Write the words of a map where it is still, and move them with it. */
export function labelAreas(map) {
  layer?.remove();
  layer = Object.assign(document.createElement("div"), { className: "area-labels" });
  layer.setAttribute("aria-hidden", "true");
  map.getContainer().append(layer);
  map.on("move", () => follow(map));
  map.on("idle", () => requestAnimationFrame(() => write(map))); // after the names of routes, which come first
}

export function write(map) {
  layer.replaceChildren();
  const { left, top } = map.getContainer().getBoundingClientRect();
  const names = [...map.getContainer().querySelectorAll(".route-label")].map((name) => name.getBoundingClientRect());
  const taken = names.map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
  written = largest(map).flatMap((area) => writeOne(map, area, taken));
  follow(map);
}

function writeOne(map, area, taken) {
  const label = Object.assign(document.createElement("span"), { className: "area-label" });
  label.textContent = now.answer.wider_label.replace("{}", valuesNow()[area.cell].toLocaleString("en"));
  layer.append(label);
  const place = quietest(map, area, label.offsetWidth, taken);
  if (place) return [{ label, place: map.unproject(place) }];
  label.remove();
  return [];
}

function follow(map) {
  for (const { label, place } of written) {
    const { x, y } = map.project(place);
    label.style.transform = `translate(-50%, -50%) translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}

/* Return the wider areas in view that are wide enough, with their corners and middle in pixels. */
function largest(map) {
  if (!now.answer?.wider || now.isHidden || now.isPlain || !now.code) return [];
  const { clientWidth: wide, clientHeight: high } = map.getContainer();
  const values = valuesNow();
  const areas = [];
  for (let cell = 0; isWider(cell); cell++) {
    if (!isDrawn(now.code[cell])) continue;
    const corners = ringOf(now.set, cell).map((point) => map.project(point));
    const [x, y] = ["x", "y"].map(
      (axis) => corners.slice(1).reduce((sum, one) => sum + one[axis], 0) / now.set.corners,
    );
    const reach = Math.hypot(corners[0].x - x, corners[0].y - y);
    if (reach * Math.sqrt(3) >= WIDEST && x > 0 && y > 0 && x < wide && y < high) areas.push({ cell, corners, x, y });
  }
  return areas.sort((one, other) => values[other.cell] - values[one.cell]).slice(0, MOST);
}

/* Return the place inside a side of an area at which words cover the fewest cells and no name of a route, if there is
   one; level sides hold words best. */
function quietest(map, { corners, x, y }, wide, taken) {
  const tries = corners.slice(1).map((corner, at) => {
    const [middleX, middleY] = [(corner.x + corners[at].x) / 2, (corner.y + corners[at].y) / 2];
    const length = Math.hypot(middleX - x, middleY - y) || 1;
    const inwards = INSIDE + ((wide / 2) * Math.abs(middleX - x)) / length;
    const place = [middleX + ((x - middleX) * inwards) / length, middleY + ((y - middleY) * inwards) / length];
    return { place, covered: coveredBy(map, place, wide), inwards };
  });
  const free = tries.filter(({ place }) => !taken.some((box) => meets(box, place, wide)));
  return free.toSorted((one, other) => one.covered - other.covered || one.inwards - other.inwards)[0]?.place;
}

const meets = ([left, top, right, bottom], [x, y], wide) =>
  x + wide / 2 > left && x - wide / 2 < right && y + HIGH / 2 > top && y - HIGH / 2 < bottom;

function coveredBy(map, [x, y], wide) {
  const points = [-0.5, -0.25, 0, 0.25, 0.5].flatMap((part) =>
    [-HIGH / 2, HIGH / 2].map((down) => [part * wide, down]),
  );
  const cells = points.map(([right, down]) => cellAt(map.unproject([x + right, y + down])));
  return cells.filter((cell) => cell >= 0 && !isWider(cell)).length;
}
