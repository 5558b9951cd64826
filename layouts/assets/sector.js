/* Draws a sector on the map and outlines the one that is asked of. What lies in it is counted by the server. */
(function () {
  "use strict";
  const ours = (window.crossings = window.crossings || {});
  const EARTH = 6371.007180918475;
  const [LEAST, MOST] = [1, 500];
  const STEPS = [1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500];
  const EMPTY = { type: "FeatureCollection", features: [] };
  const rad = Math.PI / 180;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const pad = () => document.getElementById("sector-pad");
  const catcher = () => pad().querySelector(".draw-catch");
  const form = () => document.querySelector('.question-form[data-question="sector"]');
  const field = (name) => form().querySelector(`[data-ask="${name}"]`).querySelector("input, select");
  const plain = (value) => String(+value.toFixed(4));
  const fresh = () => ({ corners: [], circle: null, down: null, radius: 100, last: null, fingers: new Map() });
  let draft = fresh();

  const wrapped = (x) => ((((x + 180) % 360) + 360) % 360) - 180;

  function km([ax, ay], [bx, by]) {
    const half = Math.sin(((by - ay) * rad) / 2) ** 2 + Math.cos(ay * rad) * Math.cos(by * rad) * Math.sin(((bx - ax) * rad) / 2) ** 2;
    return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
  }

  /* All points at a distance, as the server draws a circle (geo/sectors.py). */
  function ring([x, y], radius) {
    const far = radius / EARTH;
    return [...Array(97).keys()].map((turn) => {
      const bearing = (turn / 96) * 2 * Math.PI;
      const up = Math.asin(Math.sin(y * rad) * Math.cos(far) + Math.cos(y * rad) * Math.sin(far) * Math.cos(bearing));
      const east = Math.atan2(Math.sin(bearing) * Math.sin(far) * Math.cos(y * rad), Math.cos(far) - Math.sin(y * rad) * Math.sin(up));
      return [x + east / rad, up / rad];
    });
  }

  function unwrapped(points) {
    let before = null;
    return points.map(([x, y]) => {
      if (before !== null) x += 360 * Math.round((before - x) / 360);
      before = x;
      return [x, y];
    });
  }

  async function put() {
    const map = await ours.ready();
    if (map.getSource("sector")) return map;
    map.addSource("sector", { type: "geojson", data: EMPTY });
    map.addLayer({ id: "sector-under", type: "line", source: "sector", layout: { "line-join": "round" }, paint: { "line-color": token("--paper"), "line-width": 5 } });
    map.addLayer({ id: "sector", type: "line", source: "sector", layout: { "line-join": "round" }, paint: { "line-color": token("--focus"), "line-width": 2.2 } });
    map.addLayer({ id: "sector-land", type: "line", source: "land", filter: ["==", ["get", "name"], ""], paint: { "line-color": token("--focus"), "line-width": 2.2 } });
    return map;
  }

  async function outline(points, land = "") {
    const map = await put();
    const geometry = { type: "LineString", coordinates: points };
    map.getSource("sector").setData(points.length > 1 ? { type: "Feature", properties: {}, geometry } : EMPTY);
    map.setFilter("sector-land", ["==", ["get", "name"], land]);
  }

  const say = (words) => (pad().querySelector(".draw-said").textContent = words);

  function show() {
    const { circle, corners } = draft;
    if (circle) {
      outline(ring(circle.middle, circle.km));
      return say(`A circle of ${circle.km.toLocaleString("en")} km around ${plain(circle.middle[1])}, ${plain(wrapped(circle.middle[0]))} (latitude, longitude).`);
    }
    outline(unwrapped(corners.length > 2 ? [...corners, corners[0]] : corners));
    return say(corners.length ? `${corners.length} ${corners.length === 1 ? "corner" : "corners"}.` : "");
  }

  function begin(event) {
    draft = fresh();
    pad().hidden = false;
    document.body.classList.add("is-drawing");
    catcher().querySelector(".crosshair").hidden = true;
    catcher().focus();
    if (event.detail === 0) crosshair(); // by keyboard
    else show();
  }

  function end() {
    pad().hidden = true;
    document.body.classList.remove("is-drawing");
    asked();
    document.getElementById("sector-draw").focus();
  }

  function crosshair() {
    const { lng, lat } = ours.innerMap().getCenter();
    catcher().querySelector(".crosshair").hidden = false;
    draft.corners = [];
    draft.circle = { middle: [+lng.toFixed(4), +lat.toFixed(4)], km: draft.radius };
    show();
  }

  /* State the sector in the form, which asks. */
  function state(values) {
    for (const [name, value] of Object.entries(values)) field(name).value = value;
    form().dataset.by = values.by;
    field("by").dispatchEvent(new Event("change", { bubbles: true }));
  }

  function take() {
    const { circle, corners } = draft;
    if (circle) {
      state({ by: "place", place: `${plain(wrapped(circle.middle[0]))},${plain(circle.middle[1])}`, radius_km: plain(circle.km) });
    } else if (corners.length > 2) {
      state({ by: "polygon", polygon: corners.map(([x, y]) => `${plain(wrapped(x))},${plain(y)}`).join(";") });
    } else return say("A polygon needs three corners. Press and drag for a circle.");
    return end();
  }

  function at(event) {
    const box = ours.innerMap().getCanvas().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function degrees({ x, y }) {
    const { lng, lat } = ours.innerMap().unproject([x, y]);
    return [+lng.toFixed(4), +lat.toFixed(4)];
  }

  const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

  function pinch(fingers) {
    const [one, other] = fingers;
    const now = { apart: apart(one, other), x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
    const was = draft.pinch;
    draft.pinch = now;
    if (!was || !now.apart || !was.apart) return;
    const map = ours.innerMap();
    map.panBy([was.x - now.x, was.y - now.y], { duration: 0 });
    map.jumpTo({ zoom: map.getZoom() + Math.log2(now.apart / was.apart) });
  }

  const POINTER = {
    pointerdown(event) {
      if (event.button) return;
      catcher().setPointerCapture(event.pointerId);
      draft.fingers.set(event.pointerId, at(event));
      draft.down = draft.fingers.size === 1 ? at(event) : null;
      if (draft.fingers.size > 1) draft.circle = draft.pinch = null;
    },
    pointermove(event) {
      if (!draft.fingers.has(event.pointerId)) return;
      draft.fingers.set(event.pointerId, at(event));
      if (draft.fingers.size === 2) return pinch([...draft.fingers.values()]);
      if (!draft.down || draft.corners.length || apart(draft.down, at(event)) < 6) return;
      const middle = degrees(draft.down);
      const far = Math.min(Math.max(km(middle, degrees(at(event))), LEAST), MOST);
      catcher().querySelector(".crosshair").hidden = true;
      draft.isDragged = true;
      draft.circle = { middle, km: +far.toFixed(far < 10 ? 1 : 0) };
      show();
    },
    pointerup(event) {
      draft.fingers.delete(event.pointerId);
      const here = at(event);
      if (!draft.down) return;
      draft.down = null;
      if (draft.isDragged) return take();
      draft.circle = null;
      const isTwice = draft.last && event.timeStamp - draft.last.when < 450 && apart(draft.last, here) < 12;
      draft.last = { ...here, when: event.timeStamp };
      if (isTwice) return take();
      draft.corners.push(degrees(here));
      show();
    },
    pointercancel(event) {
      draft.fingers.delete(event.pointerId);
      Object.assign(draft, { down: null, circle: null, isDragged: false });
      show();
    },
  };

  function scale(by) {
    const next = by > 0 ? STEPS.find((one) => one > draft.radius) : STEPS.findLast((one) => one < draft.radius);
    draft.radius = next || draft.radius;
    crosshair();
  }

  function move(right, down) {
    ours.innerMap().panBy([right, down], { duration: 0 });
    crosshair();
  }

  function zoom(by) {
    const map = ours.innerMap();
    map.jumpTo({ zoom: map.getZoom() + by });
    if (draft.circle) show();
  }

  const KEYS = {
    ArrowLeft: () => move(-40, 0), ArrowRight: () => move(40, 0), ArrowUp: () => move(0, -40), ArrowDown: () => move(0, 40),
    "+": () => scale(1), "=": () => scale(1), "-": () => scale(-1), "−": () => scale(-1),
    PageUp: () => zoom(1), PageDown: () => zoom(-1),
    Enter: () => (draft.circle || draft.corners.length ? take() : crosshair()),
    Backspace: () => { draft.corners.pop(); show(); },
  };

  window.addEventListener("keydown", (event) => {
    if (!document.body.classList.contains("is-drawing")) return;
    const act = event.key === "Escape" ? end : event.target === catcher() && KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);

  /* Outline the sector that the answer is of. */
  let kept = null;
  function asked() {
    const found = document.querySelector("#answer [data-sector]");
    if (found) kept = { ...found.dataset };
    const note = document.getElementById("sector-shown");
    note.hidden = !kept;
    if (!kept) return outline([]);
    note.querySelector("span").textContent = `Sector: ${kept.words}`;
    const numbers = (text) => text.split(",").map(Number);
    if (kept.circle) {
      const [x, y, radius] = numbers(kept.circle);
      return outline(ring([x, y], radius));
    }
    const corners = kept.corners ? kept.corners.split(";").map(numbers) : [];
    return outline(unwrapped(corners.length ? [...corners, corners[0]] : []), kept.land);
  }

  function clear() {
    kept = null;
    state({ by: "place", place: "", area: "", polygon: "" });
    document.getElementById("sector-shown").hidden = true;
    outline([]);
  }

  Object.assign(ours, { sector: { state, clear } });

  document.addEventListener("change", (event) => {
    if (event.target.closest && event.target.closest('[data-ask="by"]')) form().dataset.by = event.target.value;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#sector-draw")) begin(event);
    const what = event.target.closest("[data-draw]");
    if (what) (what.dataset.draw === "take" ? take : end)();
    if (event.target.closest('[data-list="clear"]')) clear();
  });

  async function watch() {
    await ours.ready();
    for (const [name, act] of Object.entries(POINTER)) catcher().addEventListener(name, act);
    catcher().addEventListener("wheel", (event) => {
      event.preventDefault();
      ours.innerMap().getCanvas().dispatchEvent(new WheelEvent("wheel", event));
    }, { passive: false });
    new MutationObserver(() => document.body.classList.contains("is-drawing") || asked())
      .observe(document.getElementById("answer"), { childList: true, subtree: true });
  }
  document.addEventListener("DOMContentLoaded", () => document.getElementById("react-entry-point") && watch());
})();
