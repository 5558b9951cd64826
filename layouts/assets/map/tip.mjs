/* Words at the pointer and below the map. */
import { innerMap } from "./inner_map.mjs";
import { coverBoxes, meets } from "./room.mjs";

const [ASIDE, BELOW, EDGE] = [14, 12, 4]; // pixels from the point, and from the map's edges
const CORNERS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
];
let last = null; // where the tip was put: its point, and the direction that it leaves free

export const tip = () => document.getElementById("cell-tip");

/* Say a sentence below the map; one that the tip says too is for those who hear it alone. */
export function note(sentence, { isHeard = false } = {}) {
  const element = document.getElementById("map-note");
  if (!element || element.textContent === sentence) return;
  element.classList.toggle("is-heard", isHeard);
  element.textContent = sentence;
}

/* Say lines beside a point of the map; `away` is the direction in which a key travels, where the tip does not lie. */
export function tellAt(lines, point, away = [0, 0]) {
  tip().hidden = false;
  last = { point, away };
  tell(lines);
}

/* Say lines where the last ones were. */
export function tell(lines) {
  tip().replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  if (last && innerMap()) place(tip(), last);
}

function place(box, { point, away }) {
  const map = innerMap();
  const { clientWidth, clientHeight } = map.getContainer();
  const size = [box.offsetWidth, box.offsetHeight];
  const [left, top] = besideOf(point, size, { room: [clientWidth, clientHeight], covers: coverBoxes(map), away });
  box.style.transform = `translate(${left}px, ${top}px)`;
}

const within = (at, long, room) => Math.max(Math.min(at, room - long - EDGE), EDGE);

/* Return where a box lies beside a point: right of it and below, else at the corner at which it is most within the room,
   over none of the covers and not in the way of a key. */
export function besideOf({ x, y }, [wide, high], { room, covers, away = [0, 0] }) {
  const placed = CORNERS.map(([across, down]) => {
    const wanted = [across > 0 ? x + ASIDE : x - ASIDE - wide, down > 0 ? y + BELOW : y - BELOW - high];
    const [left, top] = [within(wanted[0], wide, room[0]), within(wanted[1], high, room[1])];
    const moved = Math.abs(left - wanted[0]) + 4 * Math.abs(top - wanted[1]); // up or down, it would lie on the point
    const isOver = covers.some((cover) => meets({ left, top, wide, high }, cover));
    const isInTheWay = across === away[0] || down === away[1];
    return { at: [left, top], wrong: moved + (isOver ? 1000 : 0) + (isInTheWay ? 100 : 0) };
  });
  return placed.reduce((best, one) => (one.wrong < best.wrong ? one : best)).at;
}
