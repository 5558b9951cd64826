/* One way of drawing cells at a time on Plotly's map: first(data) shows a new set, update(values) recolours it. */
import { unpack } from "./map/binary_columns.mjs";
import { CellLayer } from "./map/cell_layer.mjs";
import { innerMap as map } from "./map/inner_map.mjs";

const COLOURS = ["#efe0ea", "#d9b3cb", "#bf86a9", "#9b5885", "#703263", "#3f183d"];
const graph = () => document.querySelector("#map .js-plotly-plot");
const start = async () => {
  const style = await (await fetch("style.json")).json();
  const empty = { type: "choroplethmap", geojson: { type: "FeatureCollection", features: [] }, locations: [], z: [] };
  document.getElementById("map").innerHTML = "<div id='graph' class='js-plotly-plot' style='width:1200px;height:700px'></div>";
  await Plotly.newPlot("graph", [empty], { map: { style, center: { lon: 14, lat: 36 }, zoom: 4, fitbounds: false }, margin: { l: 0, r: 0, t: 0, b: 0 } }, { showSendToCloud: false });
  await idle();
};
const idle = () => new Promise((done) => {
  map().once("idle", done);
  map().triggerRepaint();
});
/* Wait until the card, or what stands in for one, has drawn all that it was told. */
const pixels = () => {
  const gl = map().getCanvas().getContext("webgl2");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
};
const WAYS = {
  ours: {
    first(buffer) {
      const found = unpack(buffer);
      if (!this.layer) {
        this.layer = new CellLayer();
        map().addLayer(this.layer);
      }
      this.layer.show(found.code, found);
    },
    update(codes) { this.layer.show(codes); },
  },
  choroplethmap: {
    first(buffer) {
      const { geojson, locations, z } = JSON.parse(new TextDecoder().decode(buffer));
      const colorscale = COLOURS.flatMap((colour, at) => [[at / 6, colour], [(at + 1) / 6, colour]]);
      return Plotly.react("graph", [{ type: "choroplethmap", geojson, locations, z, zmin: -0.5, zmax: 5.5, colorscale, showscale: false, marker: { line: { width: 0 } } }], graph().layout);
    },
    update(codes) { return Plotly.restyle("graph", { z: [Array.from(codes)] }, [0]); },
  },
  deck: {
    props(cells, codes) {
      const rgb = COLOURS.map((hex) => [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16)));
      return { id: "cells", data: cells, getHexagon: (one) => one, getFillColor: (_, { index }) => rgb[codes[index]], extruded: false, stroked: false, opacity: 0.86, updateTriggers: { getFillColor: codes } };
    },
    painted() { return new Promise((done) => (this.after = done)); },
    async first(buffer) {
      const { cells, z } = JSON.parse(new TextDecoder().decode(buffer));
      this.cells = cells;
      const { MapLibreOverlay, H3HexagonLayer } = window.deckbench;
      if (!this.overlay) {
        this.overlay = new MapLibreOverlay({ interleaved: true, layers: [], onAfterRender: () => this.after && this.after() });
        map().addControl(this.overlay);
      }
      const drawn = this.painted();
      this.overlay.setProps({ layers: [new H3HexagonLayer(this.props(cells, z))] });
      await drawn;
    },
    async update(codes) {
      const drawn = this.painted();
      this.overlay.setProps({ layers: [new window.deckbench.H3HexagonLayer(this.props(this.cells, codes))] });
      await drawn;
    },
  },
};
/* Return pairs of milliseconds, to the frame's commands and to its pixels, from a response in the browser and from
   changed values; the first of each, which compiles, is left out. */
window.measure = async (way, cells, runs) => {
  await start();
  const answers = await Promise.all([0, 1].map(async (side) => (await fetch(`${way}-${cells}-${side}.bin`)).arrayBuffer()));
  const [shown, changed] = [[], []];
  const timed = async (work, into) => {
    pixels();
    const from = performance.now();
    await work();
    if (way !== "deck") await idle(); // deck tells by itself when it has drawn
    const submitted = performance.now() - from;
    pixels();
    if (into) into.push([submitted, performance.now() - from]);
    await idle();
  };
  for (let run = 0; run <= runs; run++) {
    const answer = answers[run % 2].slice(0);
    const codes = Uint8Array.from({ length: cells }, () => Math.floor(Math.random() * 6));
    await timed(() => WAYS[way].first(answer), run && shown);
    await timed(() => WAYS[way].update(codes), run && changed);
  }
  return { shown, changed };
};
