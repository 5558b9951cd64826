/* The cells as one WebGL2 layer on the MapLibre map inside Plotly's: shapes are sent to the card once per set of cells,
   a byte per corner for each change. A cell is a fan of triangles around its centre: one vertex for the centre, one for
   each corner (cell_shapes.mjs). */
import { emptySet, fansOf } from "./cell_shapes.mjs";
import { colour } from "./inner_map.mjs";
import { SIDE, southing, worldPixels } from "./projection.mjs";

const VERTEX = `#version 300 es
  precision highp float; precision highp int;
  layout(location = 0) in ivec2 centre; layout(location = 1) in uint kind; layout(location = 2) in vec2 corner;
  uniform mat4 matrix; uniform ivec2 middle; uniform float across, unit; uniform int vertices;
  flat out uint code; flat out int cell; out float way;
  void main() {
    cell = gl_VertexID / vertices;
    code = kind;
    way = gl_VertexID == cell * vertices ? 0. : 1.;
    vec2 place = vec2(centre - middle) + unit * corner;
    gl_Position = (code & 7u) == 7u ? vec4(2., 2., 2., 1.) : matrix * vec4(place / ${SIDE}. + vec2(across, 0.), 0., 1.);
  }`;
const FRAGMENT = `#version 300 es
  precision highp float; precision highp int;
  uniform vec3 colours[6]; uniform vec3 ink, paper; uniform int hovered, chosen; uniform float ratio, opacity;
  flat in uint code; flat in int cell; in float way; out vec4 painted;
  float stripes(float apart, float wide) {
    float along = mod((gl_FragCoord.x + gl_FragCoord.y) / ratio, apart);
    return clamp(wide + .5 - abs(along - apart / 2.), 0., 1.);
  }
  void main() {
    uint kind = code & 7u;
    float inside = (1. - way) / max(fwidth(way), 1e-6) / ratio; // pixels from the cell's border
    bool isUnknown = kind > 5u;
    vec3 colour = isUnknown ? ink : colours[kind];
    float cover = isUnknown ? .08 + .4 * stripes(5., .3) : opacity;
    if ((code & 8u) > 0u) colour = mix(colour, kind > 2u ? paper : ink, .42 * stripes(6., .35));
    if (inside < .6) { colour = mix(colour, paper, .8); cover = max(cover, .5); }
    if (cell == hovered && inside < 2.) { colour = ink; cover = 1.; }
    if (cell == chosen && inside < 4.4) { colour = inside < 2.6 ? ink : paper; cover = 1.; }
    painted = vec4(colour * cover, cover);
  }`;

function program(gl) {
  const made = gl.createProgram();
  for (const [kind, words] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, words);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

function rgb(name) {
  const hex = colour(name);
  return [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16) / 255);
}

export class CellLayer {
  constructor() {
    Object.assign(this, { id: "cells", type: "custom", renderingMode: "2d", hovered: -1, chosen: -1, isShown: true });
    this.set = emptySet();
    this.code = new Uint8Array(0);
    this.frames = 0;
  }

  onAdd(map, gl) {
    this.map = map;
    this.program = program(gl);
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
    this.colours = {
      tolls: [1, 2, 3, 4, 5, 6].flatMap((number) => rgb(`--toll-${number}`)),
      ink: rgb("--ink"),
      paper: rgb("--paper"),
    };
    this.isSetNew = this.isCodeNew = true;
  }

  onRemove(_map, gl) {
    for (const buffer of Object.values(this.buffers)) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.array);
    gl.deleteProgram(this.program);
    this.map = null;
  }

  /* Show a set of cells and one code for each; without a set the present one is recoloured. */
  show(code, set) {
    if (set && set !== this.set) [this.set, this.isSetNew, this.hovered] = [set, true, -1];
    [this.code, this.isCodeNew] = [code, true];
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
    gl.uniform1f(this.place("unit"), this.set.step);
    gl.uniform1i(this.place("vertices"), this.set.corners + 1);
    gl.uniform3fv(this.place("colours"), this.colours.tolls);
    gl.uniform3fv(this.place("ink"), this.colours.ink);
    gl.uniform3fv(this.place("paper"), this.colours.paper);
    gl.uniform1i(this.place("hovered"), this.hovered);
    gl.uniform1i(this.place("chosen"), this.chosen);
    gl.uniform1f(this.place("ratio"), window.devicePixelRatio || 1);
    gl.uniform1f(this.place("opacity"), 0.86);
    const copies = worldPixels(this.map.getZoom()) < this.map.getCanvas().clientWidth * 1.1 ? [-1, 0, 1] : [0];
    for (const across of copies) {
      gl.uniform1f(this.place("across"), across);
      gl.drawElements(gl.TRIANGLES, 3 * this.set.corners * this.set.id.length, gl.UNSIGNED_INT, 0);
    }
    gl.bindVertexArray(null);
  }
}
