/* Which cells are shown: their question, their answer, their shapes, and what is chosen or under the pointer. */
import { cellUnder, nameOf } from "./cell_shapes.mjs";
import { depthOf, kindOf, NOT_REPORTED, NOTHING } from "./classes.mjs";

export const now = {
  asks: null, // the question of the selection
  asking: null, // the promise of its answer
  query: null, // the question whose answer is shown
  answer: null,
  set: null, // of cells, cell_shapes.mjs
  code: null, // of each cell, classes.mjs
  drawn: null, // the same without the classes that the key hides
  kept: null, // classes that alone are drawn; null: all
  values: null, // of each cell, where a step of time has its own
  box: null, // that was asked for, where not all cells are here
  isBoxed: false,
  cell: null, // that is chosen
  over: -1, // that is under the pointer
  layer: null,
  isHidden: false,
  isPlain: false, // Plotly's own cells, where our layer cannot be had
  asked: null, // the cells of an answer, which stand in place of these: set, code, answer (answer.mjs)
};

const followers = [];

/* Let `act` be done whenever other cells are drawn, or the same in other classes. */
export const whenCellsDrawn = (act) => followers.push(act);
export const tellCellsDrawn = () => followers.forEach((act) => act());
/* What a reader sees: the cells of an answer, else those of the selection. */
export const shownCells = () => now.asked ?? now;

export const valuesNow = () => now.values || now.answer.value;

/* Return the place of the cell at a point; −1 where none is shown. */
export const cellAt = (point) =>
  now.asked
    ? cellUnder(now.asked.set, now.asked.code, point)
    : !now.set || !now.code || now.isHidden
      ? -1
      : cellUnder(now.set, now.drawn ?? now.code, point);

/* Return how dark the finest cell that is drawn at a point is: its class, or of an answer's cells how far they are from the
   middle; −1 where none is but a wider area. */
export function depthAt(point) {
  const cell = cellAt(point);
  const { code, answer } = shownCells();
  if (cell < 0 || cell < (answer.wider ?? 0)) return -1;
  return now.asked ? depthOf(code[cell]) : kindOf(code[cell]);
}

/* Return what a click at a point chooses: the cell that is shown there, a wider area too, else the place itself. */
export function clicked(point) {
  const cell = cellAt(point);
  return cell < 0 ? { lon: point.lng, lat: point.lat } : { location: nameOf(now.set, cell) };
}

/* Return codes without the classes that are not kept; wider areas are of no class. */
export function keptCodes(code, kept, wider) {
  if (!kept) return code;
  return code.map((one, cell) => (cell >= wider && kept.includes(kindOf(one)) ? one : NOTHING));
}

export const isWider = (cell) => cell < now.answer.wider;

/* Return a cell's number in words. */
export function brief(cell) {
  const isSilent = kindOf(now.code[cell]) === NOT_REPORTED;
  const said = isSilent ? "Not reported" : now.answer.words.replace("{}", valuesNow()[cell].toLocaleString("en"));
  return isWider(cell) ? `${said}, ${now.answer.wider_words}` : said;
}
