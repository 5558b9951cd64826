/* The shared axis: its periods, the window that is marked on it, what is brushed and what is under the pointer. */
import { dayOf } from "./calendar.mjs";

let hint = null;

const graphOfSeries = () => document.querySelector("#series .js-plotly-plot");

/* Return the first day of each period that the series shows, and the day after the last. */
export function periodsShown() {
  const graph = graphOfSeries();
  const bars = graph?.data.find((trace) => trace.type === "bar");
  if (!bars?.x.length) return [];
  return [...bars.x.map(dayOf), dayOf(graph.layout.xaxis.range[1])];
}

/* Lay a band over the window that is shown. */
export function markWindow(first, last) {
  const graph = graphOfSeries();
  const field = graph?.querySelector(".nsewdrag");
  const cursor = document.getElementById("play-cursor");
  if (!field) return;
  const [plot, around] = [field.getBoundingClientRect(), cursor.parentElement.getBoundingClientRect()];
  const [from, to] = graph.layout.xaxis.range.map(dayOf);
  const across = (day) => ((Math.min(Math.max(day, from), to) - from) / (to - from)) * plot.width;
  cursor.style.left = `${plot.left - around.left + across(first)}px`;
  cursor.style.width = `${Math.max(across(last + 1) - across(first), 2)}px`;
}

/* Return the two edges of a brush, as days; null where nothing is brushed. */
export function edgesOf(selected) {
  const edges = selected?.range?.x;
  return edges ? edges.map((edge) => String(edge).slice(0, 10)) : null;
}

/* Return the words of the period under the pointer; else what stood there at first. */
export function periodWords(hovered) {
  const element = document.getElementById("period");
  if (hint === null && element) hint = element.textContent;
  const point = (hovered?.points || []).find((each) => typeof each.customdata === "string");
  return point ? point.customdata : hint;
}
