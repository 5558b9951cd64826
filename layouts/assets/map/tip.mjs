/* Words at the pointer and below the map. */
const WIDEST = 260;

export const tip = () => document.getElementById("cell-tip");

/* Say a sentence below the map. */
export function note(sentence) {
  const element = document.getElementById("map-note");
  if (element && element.textContent !== sentence) element.textContent = sentence;
}

/* Say lines beside a point of the map. */
export function tellAt(lines, point) {
  const box = tip();
  box.hidden = false;
  placeAt(box, point);
  tell(lines);
}

/* Say lines where the last ones were. */
export function tell(lines) {
  tip().replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function placeAt(box, point) {
  const around = box.parentElement.getBoundingClientRect();
  const [isRight, isLow] = [point.x > around.width - WIDEST && point.x > WIDEST, point.y > around.height * 0.6];
  Object.assign(box.style, { left: `${point.x}px`, top: `${point.y}px` });
  const across = isRight ? "calc(-100% - 14px)" : "14px";
  box.style.transform = `translate(${across}, ${isLow ? "calc(-100% - 10px)" : "14px"})`;
}
