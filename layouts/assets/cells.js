/* The cells' data: asks the server for values, draws them at once, tells which cell is under the pointer or the keys. */
(function () {
  "use strict";
  const ours = (window.crossings = window.crossings || {});
  const same = () => window.dash_clientside.no_update;
  const KINDS = { u1: Uint8Array, i2: Int16Array, u2: Uint16Array, i4: Int32Array, u4: Uint32Array, u8: BigUint64Array };
  const ASIDE = ["layers", "flow", "step", "cell", "view"]; // what changes no cell
  const SETS = 8; // sets of cells that are kept
  const [sets, words] = [new Map(), new Map()];
  const now = { query: null, answer: null, cell: null, isBoxed: false, box: null, over: -1 };
  let [asked, layer] = [null, null];
  let isPlain = false; // Plotly's own cells, where our layer cannot be had

  const aligned = (size) => Math.ceil(size / 8) * 8;

  /* Return what callbacks/binary.py has packed: its details, with each column as a typed array. */
  ours.unpack = (buffer) => {
    const length = new DataView(buffer).getUint32(0, true);
    const found = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    let from = aligned(4 + length);
    for (const [name, kind, count] of found.columns) {
      found[name] = new KINDS[kind](buffer, from, count);
      from += aligned(found[name].byteLength);
    }
    return found;
  };

  ours.columns = async (address, signal) => {
    const response = await fetch(address, { signal });
    if (response.ok) return ours.unpack(await response.arrayBuffer());
    const said = await response.json().catch(() => ({}));
    throw new Error(said.detail || "The server did not answer.");
  };

  async function shapesAt(address, signal) {
    if (sets.has(address)) return sets.get(address);
    const set = address ? await ours.columns(address, signal) : { id: [], centre: [], corner: [], corners: 6, step: 1 };
    sets.set(address, set);
    if (sets.size > SETS) sets.delete(sets.keys().next().value);
    return set;
  }

  /* The view with a quarter around it, in whole steps, so that a small move asks for nothing new. */
  function boxAround(map) {
    const bounds = map.getBounds();
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const grid = 2 ** Math.floor(Math.log2((east - west) / 4));
    let [left, right] = [Math.floor(west / grid - 1) * grid, Math.ceil(east / grid + 1) * grid];
    if (right - left >= 360) [left, right] = [-180, 180];
    const [low, high] = [Math.floor(south / grid - 1) * grid, Math.ceil(north / grid + 1) * grid];
    return [Math.max(left, -360), Math.max(low, -90), Math.min(right, 540), Math.min(high, 90)];
  }

  function isOutside(map) {
    if (!now.isBoxed || !now.box) return false;
    const bounds = map.getBounds();
    const [west, south, east, north] = now.box;
    return !((east - west >= 360 || (bounds.getWest() >= west && bounds.getEast() <= east))
      && Math.max(bounds.getSouth(), -85) >= south && Math.min(bounds.getNorth(), 85) <= north);
  }

  /* Ask for the cells of a query; a newer question ends an older one, and the old cells stay until the new are here. */
  async function ask(query) {
    if (asked) asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const map = await ready();
      let box = now.isBoxed ? boxAround(map) : null;
      let answer = await ours.columns(`/cells/values?${query}${box ? `&box=${box}` : ""}`, signal);
      now.isBoxed = answer.needs_box || Boolean(box);
      if (answer.needs_box) {
        box = boxAround(map);
        answer = await ours.columns(`/cells/values?${query}&box=${box}`, signal);
      }
      const set = await shapesAt(answer.shapes + (box && answer.shapes ? `?box=${box}` : ""), signal);
      if (set.is_whole) [now.isBoxed, box] = [false, null];
      Object.assign(now, { query, answer, box, set, values: null });
      words.clear();
      ours.hover(-1); // what was under the pointer may be another cell now
      ours.note("");
      draw(answer.code);
    } catch (problem) {
      if (problem.name !== "AbortError") ours.note(problem.message);
    }
  }

  ours.note = (sentence) => {
    const element = document.getElementById("map-note");
    if (element && element.textContent !== sentence) element.textContent = sentence;
  };

  /* Draw codes on the present set: what play does at each step, too. */
  function draw(code) {
    now.code = code;
    if (isPlain) return plain();
    [layer.isShown, layer.chosen] = [!ours.isHidden, placeOf(now.cell)];
    layer.show(code, now.set);
    ours.outline(outlined());
  }

  /* The chosen cell, where our layer does not draw it. */
  const outlined = () => (now.cell && (ours.isHidden || isPlain || placeOf(now.cell) < 0) ? now.cell : null);

  const placeOf = (cell) => (cell && now.set ? now.set.id.findIndex((id) => id === BigInt(`0x${cell}`)) : -1);
  const nameOf = (place) => now.set.id[place].toString(16);

  /* Wait for the map inside the graph, put the layer on it, and keep it there. */
  async function ready() {
    for (let tries = 0; ; tries++) {
      const map = ours.innerMap();
      if (map && (isPlain || put(map))) return map;
      if (!map && tries > 600) isPlain = true;
      await new Promise((after) => setTimeout(after, 50));
    }
  }

  function put(map) {
    if (layer && layer.map === map && map.getLayer("cells")) return true;
    try {
      const under = map.getStyle().layers.find((each) => each.type === "line");
      const fresh = new ours.CellLayer();
      map.addLayer(fresh, under && under.id);
      if (layer) Object.assign(fresh, { set: layer.set, code: layer.code, chosen: layer.chosen, isShown: layer.isShown });
      layer = ours.layer = fresh;
      if (map !== put.map) listen(map);
      put.map = map;
      return true;
    } catch (problem) {
      if (problem.message.includes("Style is not done loading") || !map.getStyle()) return false;
      isPlain = true;
      return true;
    }
  }

  function listen(map) {
    map.on("mousemove", (event) => {
      const near = ours.nearest(event.point);
      ours.hover(near ? -1 : cellAt(event.lngLat), event.point);
      if (near) ours.tell(near, event.point);
    });
    map.on("click", (event) => !isPlain && ours.open(event));
    map.on("mouseout", () => ours.hover(-1));
    map.on("movestart", () => ours.hover(-1));
    map.on("moveend", () => {
      clearTimeout(listen.soon);
      listen.soon = setTimeout(() => now.query !== null && isOutside(map) && (ours.asking = ask(now.query)), 150);
    });
    map.on("styledata", () => {
      if (layer && !map.getLayer("cells")) put(map);
    });
    map.on("webglcontextrestored", () => setTimeout(() => put(map), 0));
  }

  /* Return the place of the cell whose outline holds a point; −1 where there is none or it holds nothing. */
  function cellAt({ lng, lat }) {
    if (!now.set || !now.code || ours.isHidden) return -1;
    const { centre, corner, corners, step } = now.set;
    const x = Math.round((((((lng / 360) % 1) + 1.5) % 1) - 0.5) * 2 ** 32) | 0;
    const y = Math.round((-Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** 32) | 0;
    for (let cell = 0; cell < now.code.length; cell++) {
      const [right, down] = [((x - centre[2 * cell]) | 0) / step, (y - centre[2 * cell + 1]) / step];
      if (Math.abs(right) > 1024 || Math.abs(down) > 1024 || !isWithin(right, down, corner, cell * corners, corners)) continue;
      return (now.code[cell] & 7) === ours.NOTHING ? -1 : cell;
    }
    return -1;
  }
  ours.cellAt = cellAt;

  function isWithin(x, y, corner, from, count) {
    let isIn = false;
    for (let one = 0, other = count - 1; one < count; other = one++) {
      const [ax, ay] = [corner[2 * (from + one)], corner[2 * (from + one) + 1]];
      const [bx, by] = [corner[2 * (from + other)], corner[2 * (from + other) + 1]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
    }
    return isIn;
  }

  /* The words at the pointer: the value at once, the rest as soon as the server has said it. */
  ours.hover = (cell, point) => {
    const tip = document.getElementById("cell-tip");
    if (!tip) return;
    if (!isPlain && layer) layer.mark("hovered", cell);
    [now.over, tip.hidden] = [cell, cell < 0];
    if (cell < 0) return;
    const known = now.values ? null : words.get(cell); // a step of time has its own numbers
    tell(known || [brief(cell)], point);
    clearTimeout(ours.hover.soon);
    if (!known && !now.values) ours.hover.soon = setTimeout(() => fetchWords(cell, tip), 90);
  };

  function brief(cell) {
    const { answer, value, code } = { ...now, value: now.values || now.answer.value };
    return (code[cell] & 7) === ours.NOT_REPORTED ? "Not reported" : answer.words.replace("{}", value[cell].toLocaleString("en"));
  }

  async function fetchWords(cell, tip) {
    const query = now.query;
    try {
      const response = await fetch(`/cells/words?${query}&cell=${nameOf(cell)}`);
      if (!response.ok || query !== now.query || now.values) return;
      words.set(cell, (await response.json()).lines);
      if (now.over === cell) say(tip, words.get(cell));
    } catch (offline) {
      return; // the value is shown; the rest can wait for the next try
    }
  }

  /* Say lines beside a point of the map. */
  function tell(lines, point) {
    const tip = document.getElementById("cell-tip");
    tip.hidden = false;
    place(tip, point);
    say(tip, lines);
  }

  function say(tip, lines) {
    tip.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  }

  function place(tip, point) {
    const box = tip.parentElement.getBoundingClientRect();
    const [right, down] = [point.x > box.width - 260, point.y > box.height * 0.6];
    Object.assign(tip.style, { left: `${point.x}px`, top: `${point.y}px` });
    tip.style.transform = `translate(${right ? "calc(-100% - 14px)" : "14px"}, ${down ? "calc(-100% - 10px)" : "14px"})`;
  }

  /* Page Down and Page Up on the map go through the cells in view, highest first; Enter opens the one reached. */
  document.addEventListener("keydown", (event) => {
    const map = ours.innerMap();
    if (!map || !now.set || ours.isHidden || event.target !== map.getCanvas()) return;
    if (event.key === "Enter" && now.over >= 0) {
      window.dash_clientside.set_props("map", { clickData: { points: [{ location: nameOf(now.over) }], at: Date.now() } });
    }
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const bounds = map.getBounds();
    const value = now.values || now.answer.value;
    const seen = [...value.keys()].filter((cell) => (now.code[cell] & 7) < 6 && bounds.contains(degrees(cell)));
    seen.sort((one, other) => value[other] - value[one]);
    if (!seen.length) return;
    const at = seen.indexOf(now.over);
    const next = seen[at < 0 ? 0 : (at + by + seen.length) % seen.length];
    ours.hover(next, map.project(degrees(next)));
    ours.note(brief(next));
  });

  function degrees(cell, right = 0, down = 0) {
    const [x, y] = [now.set.centre[2 * cell] + right, now.set.centre[2 * cell + 1] + down];
    return [(x / 2 ** 32) * 360, (Math.atan(Math.sinh((-y / 2 ** 32) * 2 * Math.PI)) * 180) / Math.PI];
  }

  /* The same cells as Plotly draws them by itself, where there is no layer of ours. */
  function plain() {
    const graph = document.querySelector("#map .js-plotly-plot");
    if (!graph || !now.set) return;
    const { corner, corners, step } = now.set;
    const kept = [...now.code.keys()].filter((cell) => (now.code[cell] & 7) < 6 && !ours.isHidden);
    const features = kept.map((cell) => {
      const ring = [...Array(corners + 1).keys()].map((turn) => {
        const from = 2 * (cell * corners + (turn % corners));
        return degrees(cell, corner[from] * step, corner[from + 1] * step);
      });
      return { type: "Feature", id: nameOf(cell), properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
    });
    window.Plotly.restyle(graph, {
      geojson: [{ type: "FeatureCollection", features }],
      locations: [kept.map(nameOf)],
      z: [kept.map((cell) => now.code[cell] & 7)],
      text: [kept.map(brief)],
      hovertemplate: ["%{text}<extra></extra>"],
    }, [0]);
  }

  Object.assign(ours, { now, draw, ready, tell });
  ours.usePlain = () => (isPlain = true);

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.cells = {
    /* A change of the selection. */
    show(query) {
      if (query === undefined || query === null) return same();
      const given = new URLSearchParams(query);
      now.cell = given.get("cell");
      ours.isHidden = given.has("layers") && !given.get("layers").split(",").includes("cells");
      ASIDE.forEach((name) => given.delete(name));
      const asks = given.toString();
      if (layer) [layer.isShown, layer.chosen] = [!ours.isHidden, placeOf(now.cell)];
      if (ours.stop && asks !== ours.asks) ours.stop(false);
      if (asks !== ours.asks) ours.asking = ask((ours.asks = asks));
      else if (isPlain && now.code) plain();
      if (layer) layer.redraw();
      if (now.set) ours.outline(outlined());
      return same();
    },
  };
})();
