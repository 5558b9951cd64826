/* Time: counts the cells of any window from one table held in the browser, and moves the window over the shared axis. */
(function () {
  "use strict";
  const ours = (window.crossings = window.crossings || {});
  const DAY = 86400000;
  const UNKNOWN = { 2: -32768, 4: -2147483648 };
  const play = { cube: null, of: null, periods: [], at: -1, ends: null, wrote: null, wroteAt: -1e9, due: 0, times: [], turn: Promise.resolve() };
  const element = (id) => document.getElementById(id);
  const day = (text) => Math.round(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY);
  const text = (number) => new Date(number * DAY).toISOString().slice(0, 10);

  /* Return code and value of every cell for the records that lie wholly between two days, as the server counts them
     (data/cell_table.py): rows are sorted by cell, then by event; is_new marks where an event begins. */
  ours.count = (cube, cells, first, last) => {
    const { cell, is_new: isNew, first: from, last: to, dead_or_missing: toll } = cube;
    const people = cube[cube.measure];
    const unknown = people ? UNKNOWN[people.BYTES_PER_ELEMENT] : 0;
    const missing = UNKNOWN[toll.BYTES_PER_ELEMENT];
    const [value, total, largest, incidents] = [0, 1, 2, 3].map(() => new Int32Array(cells));
    const isKnown = new Uint8Array(cells);
    let event = 0;
    let isSeen = false;
    const close = (at) => {
      if (!isSeen) return;
      if (event > largest[at]) largest[at] = event;
      if (cube.measure === "events") value[at] += 1;
      [event, isSeen] = [0, false];
    };
    for (let row = 0; row < cell.length; row++) {
      if (isNew[row] && row) close(cell[row - 1]);
      if (!from[row] || from[row] < first || to[row] > last) continue;
      const at = cell[row];
      isSeen = true;
      incidents[at] += 1;
      if (toll[row] !== missing) [total[at], event] = [total[at] + toll[row], event + toll[row]];
      if (people && people[row] !== unknown) [value[at], isKnown[at]] = [value[at] + people[row], 1];
    }
    if (cell.length) close(cell[cell.length - 1]);
    if (cube.measure === "incidents") value.set(incidents);
    const code = new Uint8Array(cells);
    const sum = value.reduce((added, one) => added + one, 0); // with adjustments below zero (RULES C3)
    for (let at = 0; at < cells; at++) {
      let kind = -1;
      while (kind + 1 < cube.floors.length && value[at] >= cube.floors[kind + 1]) kind += 1;
      const isSilent = people && !isKnown[at] && incidents[at] > 0;
      if (kind < 0) kind = isSilent ? ours.NOT_REPORTED : ours.NOTHING;
      const isDominated = kind < ours.NOT_REPORTED && total[at] > 0 && 2 * largest[at] > total[at];
      code[at] = kind + (isDominated ? ours.DOMINATED : 0);
      if (value[at] < 0) value[at] = 0;
    }
    return { code, value, sum };
  };

  /* The periods of the shared axis, as the series shows them: first day of each, and the day after the last. */
  function periods() {
    const graph = document.querySelector("#series .js-plotly-plot");
    const bars = graph && graph.data.find((trace) => trace.type === "bar");
    if (!bars || !bars.x.length) return [];
    return [...bars.x.map(day), day(graph.layout.xaxis.range[1])];
  }

  /* The window of a step: both days are included. */
  function windowAt(at) {
    const mode = element("play-mode").value;
    const [first, last] = [play.periods[at], play.periods[at + 1] - 1];
    if (mode === "until") return [play.ends ? play.ends[0] : play.periods[0], last];
    if (mode !== "year") return [first, last];
    const back = new Date((last + 1) * DAY);
    back.setUTCFullYear(back.getUTCFullYear() - 1);
    return [Math.round(back.getTime() / DAY), last];
  }

  async function load() {
    const given = new URLSearchParams(ours.asks);
    const chosen = [given.get("from"), given.get("to")];
    ["from", "to"].forEach((name) => given.delete(name));
    const of = given.toString();
    while (ours.now.query !== ours.asks) { // the table's cells are those of the set that is drawn
      const awaited = ours.asking;
      await awaited;
      if (awaited === ours.asking && ours.now.query !== ours.asks) throw new Error("The cells of this selection are not here.");
    }
    if (of !== play.of || play.cube.shapes !== ours.now.answer.shapes) [play.cube, play.of] = [await ours.columns(`/cells/cube?${of}`), of];
    if (play.cube.shapes !== ours.now.answer.shapes) throw new Error("The data has changed. Load the page again.");
    play.periods = periods();
    const isWritten = String(chosen) === String(play.wrote);
    const isOnItsWay = !isWritten && performance.now() - play.wroteAt < 3000; // our own last window, not yet the selection
    if (!isWritten && !isOnItsWay) play.ends = chosen[0] && chosen[1] ? chosen.map(day) : null;
    const [from, to] = play.ends || [play.periods[0], play.periods.at(-1)];
    play.steps = play.periods.slice(0, -1).map((_, at) => at).filter((at) => play.periods[at] >= from && play.periods[at + 1] - 1 <= to);
    if (play.steps.length < 2) play.steps = play.periods.slice(0, -1).map((_, at) => at);
    if (isOnItsWay) return;
    const last = isWritten && chosen[1] ? day(chosen[1]) + 1 : null;
    play.at = last === null ? -1 : play.steps.findIndex((at) => play.periods[at + 1] === last);
  }

  /* Show one step, without the server where the table is here. */
  async function show(at) {
    play.at = at;
    const [first, last] = windowAt(play.steps[at]);
    const started = performance.now();
    const { set, box } = ours.now;
    const asked = ours.asks;
    const view = box ? `&box=${box}` : "";
    const counted = play.cube.is_too_large
      ? await ours.columns(`/cells/values?${play.of}&from=${text(first)}&to=${text(last)}${view}`)
      : ours.count(play.cube, set.id.length, first, last);
    if (set !== ours.now.set || asked !== ours.asks) return; // the cells or the selection have changed meanwhile
    ours.now.values = counted.value;
    ours.draw(counted.code);
    play.shown = [text(first), text(last)];
    play.times.push(performance.now() - started);
    tell(first, last, counted.sum, Boolean(box));
  }

  function tell(first, last, sum, isInView) {
    const start = new Date(first * DAY);
    const end = new Date(last * DAY);
    const month = (date) => date.toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });
    const when = month(start) === month(end) ? month(end) : `${month(start)} to ${month(end)}`;
    const where = `${play.cube.measure === "events" ? "counted in each cell they reach" : "in cells"}${isInView ? " in view" : ""}`;
    const short = first < play.periods[0] ? ` Fewer than 12 months: the axis begins in ${month(new Date(play.periods[0] * DAY))}.` : "";
    element("play-note").textContent = `${when}. ${play.cube.words.replace("{}", sum.toLocaleString("en"))}, ${where}.${short} Routes stay as chosen.`;
    mark(first, last);
  }

  /* A band on the series over the window that is shown. */
  function mark(first, last) {
    const graph = document.querySelector("#series .js-plotly-plot");
    const field = graph && graph.querySelector(".nsewdrag");
    const cursor = element("play-cursor");
    if (!field) return;
    const [plot, around] = [field.getBoundingClientRect(), cursor.parentElement.getBoundingClientRect()];
    const [from, to] = graph.layout.xaxis.range.map(day);
    const across = (number) => ((Math.min(Math.max(number, from), to) - from) / (to - from)) * plot.width;
    cursor.style.left = `${plot.left - around.left + across(first)}px`;
    cursor.style.width = `${Math.max(across(last + 1) - across(first), 2)}px`;
  }

  function say(isPlaying) {
    ours.isPlaying = isPlaying;
    document.body.classList.toggle("is-playing", isPlaying);
    const button = element("play");
    button.textContent = isPlaying ? "Pause" : "Play";
    button.setAttribute("aria-pressed", String(isPlaying));
  }

  /* Stop; the window that is shown becomes the reader's choice, so that sentence, series and table say the same. */
  ours.stop = (keep) => {
    if (!ours.isPlaying) return;
    say(false);
    if (!keep || !play.shown) return;
    [play.wrote, play.wroteAt] = [play.shown, performance.now()];
    window.dash_clientside.set_props("brushed", { data: play.shown });
  };

  async function begin() {
    try {
      await load();
    } catch (problem) {
      ours.note(problem.message);
      return;
    }
    if (!play.steps.length) return;
    say(true);
    play.due = 0;
    window.requestAnimationFrame(beat);
  }

  const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* One step at a time, never two: a slow machine plays slower, and shows every period. */
  async function beat(now) {
    if (!ours.isPlaying) return;
    const wait = 1000 / (isCalm() ? 1 : Number(element("play-speed").value));
    if (now >= play.due) {
      if (play.at + 1 >= play.steps.length && play.due) return ours.stop(true);
      play.due = now + wait;
      await show(play.at + 1 >= play.steps.length ? 0 : play.at + 1);
    }
    window.requestAnimationFrame(beat);
  }

  async function step(by) {
    if (ours.isPlaying) ours.stop(false);
    await load();
    if (!play.steps.length) return;
    const next = play.at < 0 ? (by > 0 ? 0 : play.steps.length - 1) : play.at + by;
    say(true);
    await show(Math.min(Math.max(next, 0), play.steps.length - 1));
    ours.stop(true);
  }

  ours.play = play;
  document.addEventListener("click", (event) => {
    const id = event.target.id;
    if (id === "play") ours.isPlaying ? ours.stop(true) : begin();
    const by = { "play-back": -1, "play-on": 1 }[id];
    if (by) play.turn = play.turn.then(() => step(by)).catch((problem) => ours.note(problem.message));
  });
})();
