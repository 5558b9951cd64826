/* The code of a cell: its class by the legend's floors, 0 to 5, or what is no number, and whether one event makes up
   most of it, from as many people on as are hatched (RULES X5). Of a wider area it is 0 to 2, never hatched. The server writes the same codes. */
export const NOT_REPORTED = 6;
export const NOTHING = 7;
export const DOMINATED = 8;
export const MUTED = 16; // of what is drawn pale beside a month that is pointed at; the browser alone writes it

export const kindOf = (code) => code & 7;
export const isDrawn = (code) => kindOf(code) < NOT_REPORTED;

/* Return how dark a class around zero is drawn, as classes of a ramp are: 1, 3, 5 outwards from the middle; 0 an outline. */
export const depthOf = (code) => (isDrawn(code) ? Math.abs(2 * kindOf(code) - 5) : 0);

/* Return codes over those of all: what holds nothing in them is drawn pale, as it was. */
export const overAll = (code, all) =>
  code.map((one, cell) => {
    if (kindOf(one) !== NOTHING) return one;
    return kindOf(all[cell]) === NOTHING ? NOTHING : all[cell] | MUTED;
  });

/* Return the class of a value: the last floor that it reaches; −1 below the first. */
export function classOf(value, floors) {
  let kind = -1;
  while (kind + 1 < floors.length && value >= floors[kind + 1]) kind += 1;
  return kind;
}

const HATCHED_FROM = 20;

/* Return the code of a cell that holds `value`; `total` and `largest` are people, of all its events and of one. */
export function codeOf({ value, isSilent, total, largest, isWider = false }, floors) {
  const kind = classOf(value, floors);
  if (kind < 0) return isSilent ? NOT_REPORTED : NOTHING;
  return kind + (!isWider && total >= HATCHED_FROM && 2 * largest > total ? DOMINATED : 0);
}
