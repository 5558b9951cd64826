/* How much of its true hexagon a cell of each class is drawn at, the last a cell whose number nobody reported
   (layouts/figures/cell_marks.py); and the colours of all marks, from the page's tokens. */
import { colour } from "./inner_map.mjs";

export const SHARES = [0.46, 0.58, 0.7, 0.82, 0.92, 0.97, 0.46];
export const WASH = [0.07, 0.15, 0.24];
const CLASSES = [1, 2, 3, 4, 5, 6];

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
  hatch: rgb("--toll-hatch"),
  silence: rgb("--toll-unreported"),
  paper: rgb("--paper"),
  muted: rgb("--muted"),
  ink: rgb("--ink"),
  focus: rgb("--focus"),
});
