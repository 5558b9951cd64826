/* Land and borders: asked for as soon as the page is read, unpacked (geo/basemap.py, packed), and put under the map. */
(function () {
  "use strict";
  const ours = (window.crossings = window.crossings || {});
  const NAMES = ["land", "borders"];

  /* Points from differences in hundredths of a degree; lists of lists keep their depth. */
  function points(steps) {
    if (Array.isArray(steps[0])) return steps.map(points);
    let [x, y] = [0, 0];
    const found = [];
    for (let at = 0; at < steps.length; at += 2) {
      [x, y] = [x + steps[at], y + steps[at + 1]];
      found.push([x / 100, y / 100]);
    }
    return found;
  }

  async function load(name) {
    const answer = await fetch(`/basemap/${name}.json`);
    if (!answer.ok) throw new Error("The land could not be loaded. Reload the page.");
    const features = (await answer.json()).map(([title, type, steps]) => (
      { type: "Feature", properties: { name: title }, geometry: { type, coordinates: points(steps) } }));
    const map = await ours.ready();
    map.getSource(name).setData({ type: "FeatureCollection", features });
  }

  ours.unpacked = points;
  const isPage = () => document.getElementById("react-entry-point");
  document.addEventListener("DOMContentLoaded", () => isPage() && NAMES.forEach((name) => load(name).catch((problem) => ours.note(problem.message))));
})();
