/* How the graphics card draws cells (cell_layer.mjs): wider areas pale with a dotted outline, the others about their
   centres at the share of their class, a ring around the cell under the pointer and the chosen one. */
import { SIDE } from "./projection.mjs";

export const FILLED = 0;
export const WIDER = 1;
export const RING = 2;

/* A vertex is a cell's centre or a corner; `turn` is 0 or 1 at every other corner, so that the way along a side is told.
   What is not a ring reaches half a pixel beyond its outline, for an even edge. */
export const VERTEX = `#version 300 es
  precision highp float; precision highp int;
  layout(location = 0) in ivec2 centre; layout(location = 1) in uint kind; layout(location = 2) in vec2 corner;
  uniform mat4 matrix; uniform ivec2 middle; uniform float across, unit, world; uniform int vertices, first, mode;
  uniform float shares[7];
  flat out uint code; out float way, turn;
  void main() {
    int cell = gl_VertexID / vertices;
    int at = gl_VertexID - cell * vertices;
    code = kind;
    way = at == 0 ? 0. : 1.;
    turn = at == 0 ? .5 : float(at & 1);
    float reach = length(corner) * unit / ${SIDE}. * world;
    float share = mode == ${FILLED} ? shares[min(kind & 7u, 6u)] : 1.;
    float grown = at == 0 ? 0. : (mode == ${RING} ? 2.5 : .55) / max(reach, 1e-6);
    vec2 place = vec2(centre - middle) + unit * corner * (share + grown);
    gl_Position = (code & 7u) == 7u && mode != ${RING} ? vec4(2., 2., 2., 1.)
      : matrix * vec4(place / ${SIDE}. + vec2(across, 0.), 0., 1.);
  }`;

export const FRAGMENT = `#version 300 es
  precision highp float; precision highp int;
  uniform vec3 fills[6], edges[6], hatches[6]; uniform vec3 paper, muted, silence, wider, dotted, ring; uniform float wash[3];
  uniform float ratio, opacity, thick, casing, muting; uniform int mode, kept, around; // around zero: wider areas are pale in the colour of their class
  flat in uint code; in float way, turn; out vec4 painted;
  float stripes(float apart, float wide) {
    float along = mod((gl_FragCoord.x - gl_FragCoord.y) / ratio * .7071, apart);
    return clamp(wide / 2. + .5 - abs(along - apart / 2.), 0., 1.);
  }
  void main() {
    uint kind = code & 7u;
    float steep = length(vec2(dFdx(way), dFdy(way))) * ratio;
    float inside = (1. - way) / max(steep, 1e-6); // pixels from the outline as it is drawn
    if (mode == ${RING}) {
      float line = clamp(thick / 2. + .5 - abs(inside - 2.5), 0., 1.);
      float around = clamp(casing / 2. + .5 - abs(inside - 2.5), 0., 1.);
      float cover = max(line, around);
      painted = vec4(mix(paper, ring, line) * cover, cover);
      return;
    }
    bool isUnknown = kind == 6u;
    bool isPale = (code & 16u) > 0u || (kept >= 0 && (kept & (1 << int(kind))) == 0);
    float seen = isPale ? muting : 1.;
    if (mode == ${WIDER}) {
      float side = 1.1547 / max(steep, 1e-6);
      float along = way > 1e-3 ? (turn - .5 * (1. - way)) / way : .5;
      float count = max(floor(side / 3.2 + .5), 1.);
      float off = (fract(along * count) - .5) * side / count;
      float speck = clamp(1.05 - length(vec2(off, inside - .55)), 0., 1.);
      bool isBlank = isUnknown || kind > 5u;
      uint step = around == 1 ? min(kind, 5u - min(kind, 5u)) : 2u - min(kind, 2u); // 0: the strongest
      float cover = isBlank ? 0. : wash[2u - step] * clamp(inside, 0., 1.);
      vec3 pale = around == 1 ? fills[min(kind, 5u)] : wider;
      vec3 colour = isUnknown ? muted : around == 1 ? edges[min(kind, 5u)] : dotted;
      painted = mix(vec4(pale * cover, cover), vec4(colour, 1.), speck) * seen;
      return;
    }
    bool isMarked = (code & 8u) > 0u; // of no number: neither more nor fewer, an outline alone
    vec3 fill = isUnknown ? mix(paper, silence, isMarked ? 0. : stripes(3.2, 1.)) : fills[min(kind, 5u)];
    vec3 edge = isUnknown ? muted : edges[min(kind, 5u)];
    if (isMarked && !isUnknown) fill = mix(fill, hatches[min(kind, 5u)], stripes(4.5, 1.5));
    vec3 colour = mix(edge, fill, clamp(inside - 1.05, 0., 1.));
    float cover = clamp(inside + .05, 0., 1.) * opacity * seen;
    painted = vec4(colour * cover, cover);
  }`;

/* Return a program of both; fail in the card's own words. */
export function cellProgram(gl) {
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
