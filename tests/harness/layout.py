"""What is wrong with where things are on a page, as a function for any browser, with the height of the header."""

FAULTS_OF_LAYOUT = """() => {
  const shown = (name) => [...document.querySelectorAll(name)].filter((one) => one.offsetParent || one.matches(".sheets *"))
    .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 1 && height > 1);
  const box = (name) => shown(name)[0];
  const over = (one, other) => one && other &&
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  const wrong = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) wrong.push(`scrolls sideways: ${wide}`);
  const isSheet = window.matchMedia("(max-width: 599px) and (min-height: 561px)").matches;
  const parts = [".bar", ".map-panel", ".tabs", ...(isSheet ? [] : [".dock"])];
  for (const one of parts) for (const other of parts)
    if (one < other && over(box(one), box(other))) wrong.push(`${one} over ${other}`);
  const onMap = [".pill", ".jumps", ".zooms", ".map-foot", ".scale", ...(isSheet ? [".sheets > .key"] : [".key"])];
  for (const one of onMap) for (const other of onMap)
    if (one < other && over(box(one), box(other))) wrong.push(`${one} over ${other}`);
  for (const name of [".bar", ".map-panel", ".dock", ".key", ".bar-buttons > .button", ".tab"])
    for (const { left, right } of shown(name))
      if (left < -1 || right > window.innerWidth + 1) wrong.push(`${name} is cut`);
  for (const one of document.querySelectorAll(".sentence, .bar-buttons > *, .tab, .key-class, .key-mark, .layer-words"))
    if (one.offsetParent && one.scrollWidth > one.clientWidth + 1 && one.clientWidth) wrong.push(`${one.className} is cut`);
  const lines = shown(".series-name > *");
  for (const one of lines) for (const other of lines)
    if (one.top < other.top - 1 && one.bottom > other.top + 5) wrong.push("words of a series over those of another");
  const sentence = document.querySelector(".sentence");
  if (sentence.scrollHeight > sentence.clientHeight + 2) wrong.push("the sentence is cut");
  return [wrong, box(".bar").height];
}"""
