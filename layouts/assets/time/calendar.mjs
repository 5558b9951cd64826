/* Days as numbers since 1970, in UTC; windows of days, both ends included. */
const DAY = 86400000;

export const dayOf = (text) => Math.round(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY);
export const textOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const monthOf = (day) =>
  new Date(day * DAY).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });

/* Return the window of a step. `periods` are the first days of each, and the day after the last: the period alone, the
   year that ends with it, or all until its end, from the first of `ends` where a window is chosen. */
export function windowOf(periods, at, mode, ends) {
  const [first, last] = [periods[at], periods[at + 1] - 1];
  if (mode === "until") return [ends ? ends[0] : periods[0], last];
  if (mode !== "year") return [first, last];
  const back = new Date((last + 1) * DAY);
  back.setUTCFullYear(back.getUTCFullYear() - 1);
  return [Math.round(back.getTime() / DAY), last];
}

/* Return the numbers of the periods that lie wholly between two ends; of all, where fewer than two do. */
export function stepsBetween(periods, ends) {
  const all = periods.slice(0, -1).map((_, at) => at);
  if (!ends) return all;
  const within = all.filter((at) => periods[at] >= ends[0] && periods[at + 1] - 1 <= ends[1]);
  return within.length < 2 ? all : within;
}

/* Return how much of a window some spans of days hold, which are in order and apart: "every" day, "some", or "none".
   Days outside them are no data, not zero (RULES R10). */
export function reachOf(spans, first, last) {
  let held = 0;
  for (const [from, to] of spans) held += Math.max(Math.min(to, last) - Math.max(from, first) + 1, 0);
  return held === last - first + 1 ? "every" : held ? "some" : "none";
}

/* Return a window in words, by its months. */
export function wordsOf(first, last) {
  const [from, to] = [monthOf(first), monthOf(last)];
  return from === to ? to : `${from} to ${to}`;
}
