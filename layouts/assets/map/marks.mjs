/* How much of its true hexagon a cell of each class is drawn at, the last a cell whose number nobody reported
   (layouts/figures/cell_marks.py); and the colours of all marks, from the page's tokens. */
import { colour } from "./inner_map.mjs";

export const SHARES = [0.46, 0.58, 0.7, 0.82, 0.92, 0.97, 0.46];
export const WASH = [0.07, 0.15, 0.24];
const CLASSES = [1, 2, 3, 4, 5, 6];
const LIGHT = 3; // of the classes a hatch is dark on

/* Of cells around zero, far fewer to far more (layouts/figures/around_marks.py). */
export const AROUND_SHARES = [0.92, 0.74, 0.56, 0.56, 0.74, 0.92, 0.4];
const AROUND = ["fewer-3", "fewer-2", "fewer-1", "more-1", "more-2", "more-3"];
const AROUND_HATCHES = ["paper", "paper", "fewer-edge", "more-edge", "paper", "paper"];

function rgb(name) {
  const hex = colour(name);
  return [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16) / 255);
}

/* Return each colour by the name of the shader that it is for. */
export const marks = () => ({
  fills: CLASSES.flatMap((number) => rgb(`--toll-${number}`)),
  edges: CLASSES.flatMap((number) => rgb(`--toll-edge-${number}`)),
  wider: rgb("--toll-wider"),
  dotted: rgb("--toll-wider-edge"),
  hatches: CLASSES.flatMap((number) => rgb(number > LIGHT ? "--paper" : "--toll-hatch")),
  silence: rgb("--toll-unreported"),
  paper: rgb("--paper"),
  muted: rgb("--muted"),
  ink: rgb("--ink"),
  focus: rgb("--focus"),
});

/* Return the same of cells around zero. */
export const aroundMarks = () => ({
  ...marks(),
  fills: AROUND.flatMap((name) => rgb(`--${name}`)),
  edges: AROUND.flatMap((name) => rgb(`--${name.split("-")[0]}-edge`)),
  hatches: AROUND_HATCHES.flatMap((name) => rgb(`--${name}`)),
});
