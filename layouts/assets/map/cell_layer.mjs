/* The cells as one WebGL2 layer on the MapLibre map inside Plotly's: shapes are sent to the card once per set of cells,
   a byte per corner for each change. A cell is a fan of triangles around its centre: one vertex for the centre, one for
   each corner (cell_shapes.mjs). */
import { cellProgram, FILLED, RING, WIDER } from "./cell_shaders.mjs";
import { emptySet, fansOf, runsOf, stepOf } from "./cell_shapes.mjs";
import { marks, SHARES, WASH } from "./marks.mjs";
import { SIDE, southing, worldPixels } from "./projection.mjs";

const HOVERED = { thick: 1.5, casing: 0 };
const CHOSEN = { thick: 2.4, casing: 5 }; // or reached by keys

export class CellLayer {
  /* `read` returns the colours, `shares` how much of its hexagon a cell of each class is drawn at; `isAround`: the classes
     are around zero, fewer to more. */
  constructor(id = "cells", read = marks, shares = SHARES, isAround = false) {
    Object.assign(this, { id, read, shares, isAround, hovered: -1, focused: -1, chosen: -1, isShown: true });
    Object.assign(this, { type: "custom", renderingMode: "2d" });
    this.set = emptySet();
    this.wider = 0;
    this.code = new Uint8Array(0);
    this.frames = 0;
    this.kept = -1; // bits of the classes that are not muted; −1: all
  }

  onAdd(map, gl) {
    this.map = map;
    this.program = cellProgram(gl);
    this.array = gl.createVertexArray();
    this.buffers = {
      centres: gl.createBuffer(),
      ways: gl.createBuffer(),
      kind: gl.createBuffer(),
      triangles: gl.createBuffer(),
    };
    this.arrange(gl);
    const known = new Map();
    this.place = (name) => {
      if (!known.has(name)) known.set(name, gl.getUniformLocation(this.program, name));
      return known.get(name);
    };
    this.recolour();
    this.isSetNew = this.isCodeNew = true;
  }

  onRemove(_map, gl) {
    for (const buffer of Object.values(this.buffers)) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.array);
    gl.deleteProgram(this.program);
    this.map = null;
  }

  /* Show a set of cells, the `wider` first of them areas, and one code for each; without a set the present one is
     recoloured. */
  show(code, set, wider = this.wider) {
    if (set && set !== this.set) [this.set, this.isSetNew, this.hovered, this.focused] = [set, true, -1, -1];
    this.wider = wider;
    [this.code, this.isCodeNew] = [code, true];
    this.redraw();
  }

  /* Read the colours again, where the page's theme has changed. */
  recolour() {
    this.colours = this.read();
    this.redraw();
  }

  mark(name, cell) {
    if (this[name] === cell) return;
    this[name] = cell;
    this.redraw();
  }

  redraw() {
    if (this.map) this.map.triggerRepaint();
  }

  arrange(gl) {
    const { centres, ways, kind, triangles } = this.buffers;
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, centres);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribIPointer(0, 2, gl.INT, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, ways);
    gl.enableVertexAttribArray(2);
    gl.vertexAttribPointer(2, 2, gl.SHORT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, kind);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, triangles);
    gl.bindVertexArray(null);
  }

  /* Send what is new; the vertex array is bound. */
  upload(gl) {
    const vertices = this.set.corners + 1;
    if (this.isSetNew) {
      const { centres, ways, triangles } = fansOf(this.set);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.centres);
      gl.bufferData(gl.ARRAY_BUFFER, centres, gl.STATIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.ways);
      gl.bufferData(gl.ARRAY_BUFFER, ways, gl.STATIC_DRAW);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
    }
    if (this.isCodeNew || this.isSetNew) {
      const kind = new Uint8Array(vertices * this.code.length);
      for (let cell = 0; cell < this.code.length; cell++)
        kind.fill(this.code[cell], vertices * cell, vertices * (cell + 1));
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.kind);
      gl.bufferData(gl.ARRAY_BUFFER, kind, gl.DYNAMIC_DRAW);
    }
    this.isSetNew = this.isCodeNew = false;
  }

  render(gl, given) {
    this.frames += 1;
    if (!this.isShown || !this.set.id.length || this.code.length !== this.set.id.length) return;
    gl.bindVertexArray(this.array);
    this.upload(gl);
    const { lng, lat } = this.map.getCenter();
    const middle = [(lng / 360) % 1, southing(lat)];
    const from = given.defaultProjectionData.mainMatrix;
    const matrix = Float64Array.from(from);
    for (let row = 0; row < 4; row++) {
      matrix[12 + row] = from[row] * (lng / 360 + 0.5) + from[4 + row] * (middle[1] + 0.5) + from[12 + row];
    }
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(this.place("matrix"), false, new Float32Array(matrix));
    gl.uniform2i(this.place("middle"), Math.round(middle[0] * SIDE) | 0, Math.round(middle[1] * SIDE) | 0);
    gl.uniform1i(this.place("vertices"), this.set.corners + 1);
    gl.uniform1f(this.place("world"), worldPixels(this.map.getZoom()));
    gl.uniform1f(this.place("ratio"), window.devicePixelRatio || 1);
    this.paint(gl);
    const copies = worldPixels(this.map.getZoom()) < this.map.getCanvas().clientWidth * 1.1 ? [-1, 0, 1] : [0];
    for (const across of copies) {
      gl.uniform1f(this.place("across"), across);
      this.drawRuns(gl);
      if (this.hovered >= 0 && this.hovered !== this.chosen) this.drawRing(gl, this.hovered, this.colours.ink, HOVERED);
      for (const cell of new Set([this.chosen, this.focused]))
        if (cell >= 0) this.drawRing(gl, cell, this.colours.focus, CHOSEN);
    }
    gl.bindVertexArray(null);
  }

  /* Tell the card all that does not change within a frame. */
  paint(gl) {
    for (const name of ["fills", "edges", "wider", "dotted", "hatches", "silence", "paper", "muted"]) {
      gl.uniform3fv(this.place(name), this.colours[name]);
    }
    gl.uniform1fv(this.place("shares"), this.shares);
    gl.uniform1fv(this.place("wash"), WASH);
    gl.uniform1i(this.place("around"), Number(this.isAround));
    gl.uniform1f(this.place("opacity"), 1);
    gl.uniform1f(this.place("muting"), 0.25);
  }

  /* Wider areas first, so that they lie beneath. */
  drawRuns(gl) {
    for (const { from, count, step, isWider } of runsOf(this.set, this.wider)) {
      gl.uniform1i(this.place("mode"), isWider ? WIDER : FILLED);
      gl.uniform1i(this.place("kept"), isWider ? -1 : this.kept);
      gl.uniform1f(this.place("unit"), step);
      this.drawCells(gl, from, count);
    }
  }

  /* The true hexagon of one cell. */
  drawRing(gl, cell, colour, { thick, casing }) {
    gl.uniform1i(this.place("mode"), RING);
    gl.uniform1f(this.place("unit"), stepOf(this.set, cell));
    gl.uniform3fv(this.place("ring"), colour);
    gl.uniform1f(this.place("thick"), thick);
    gl.uniform1f(this.place("casing"), casing);
    this.drawCells(gl, cell, 1);
  }

  drawCells(gl, from, count) {
    const each = 3 * this.set.corners;
    gl.drawElements(gl.TRIANGLES, each * count, gl.UNSIGNED_INT, each * from * Uint32Array.BYTES_PER_ELEMENT);
  }
}
