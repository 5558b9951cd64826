/* The shared axis as numbers: days since 1970, shares of its width, and which period lies where. `periods` are the first
   days of each, and the day after the last. */

export const shareOf = (periods, day) => {
  const [first, end] = [periods[0], periods.at(-1)];
  return (Math.min(Math.max(day, first), end) - first) / (end - first);
};

/* Return the number of the period at a share of the axis, the first or last beyond its ends. */
export function periodAt(periods, share) {
  const day = periods[0] + Math.min(Math.max(share, 0), 1) * (periods.at(-1) - periods[0]);
  const at = periods.findIndex((first) => first > day) - 1;
  return at < 0 ? periods.length - 2 : at;
}

/* Return the first and last day of the periods between two shares, whichever comes first. */
export function daysBetween(periods, one, other) {
  const [from, to] = [periodAt(periods, Math.min(one, other)), periodAt(periods, Math.max(one, other))];
  return [periods[from], periods[to + 1] - 1];
}

/* Return which end of the chosen dates lies within reach of a share, as 0 or 1; -1 for none. */
export function handleAt(ends, share, reach) {
  const far = ends.map((end) => Math.abs(end - share));
  const nearest = far[0] <= far[1] ? 0 : 1;
  return far[nearest] <= reach ? nearest : -1;
}

/* Return which period a key leads to; null for a key that leads nowhere. */
export function periodAfterKey(key, at, count) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 12, PageDown: -12 }[key];
  return by ? Math.min(Math.max(at + by, 0), count - 1) : null;
}

/* Return where a box of a width stands at a place of a room: after it, before it where it would reach beyond the end. */
export function boxLeft(place, width, room) {
  const after = place + 12;
  if (after + width <= room) return after;
  return Math.max(place - 12 - width, 0);
}
