/* The first picture (layouts/standalone/first_page.py): it stays until the live page shows the same, or for good where
   the browser cannot draw the live map. */
import { latitudeAt, southing, worldPixels } from "../map/projection.mjs";

const LONGEST = 12_000; // ms after which the live page is shown as far as it is
const OFTEN = 100; // ms between two looks

const picture = () => document.getElementById("first");

/* Whether the browser can draw the live map. */
export function hasWebGL2() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/* Where a map that fills `box` shows what the still map shows: longitude, latitude, zoom; null without a still map. */
export function viewWithin({ view, middle, size }, still, box) {
  const share = still.width / size[0];
  const zoom = view[2] + Math.log2(share);
  const right = (box.left + box.right) / 2 - still.left - middle[0] * share;
  const down = (box.top + box.bottom) / 2 - still.top - middle[1] * share;
  const world = worldPixels(zoom);
  return [view[0] + (right / world) * 360, latitudeAt(southing(view[1]) + down / world), zoom];
}

export function viewSeen() {
  const place = picture()?.querySelector(".first-place");
  const map = document.querySelector(".map-panel");
  if (!place || !map) return null;
  const said = Object.fromEntries(
    ["view", "middle", "size"].map((name) => [name, place.dataset[name].split(",").map(Number)]),
  );
  const [still, box] = [place.getBoundingClientRect(), map.getBoundingClientRect()];
  const shared = Math.min(still.bottom, box.bottom, window.innerHeight) - Math.max(still.top, box.top);
  return shared > box.height / 2 ? viewWithin(said, still, box) : null; // else it stands too far down to be carried over
}

/* How wide the frame of the still map is, in pixels: the live one may stand beside a panel, and be narrower. */
export const widthSeen = () => picture().querySelector(".first-map").getBoundingClientRect().width;

/* Keep the still picture for good: without the live page, with its tables and a sentence that says why. */
export function stay() {
  window.DashRenderer = class {};
  document.documentElement.classList.add("is-still");
  const said = picture()?.querySelector(".first-unwired");
  if (said) said.hidden = false;
  unfold();
}

/* Put a map that came as an image into the page itself, so that its cells are links. */
async function unfold() {
  const image = picture()?.querySelector(".first-place img");
  const answer = image && (await fetch(image.src));
  if (!answer?.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  image.replaceWith(document.adoptNode(drawn));
}

function leave() {
  const still = picture();
  if (!still) return;
  const hadFocus = still.contains(document.activeElement);
  still.remove();
  if (!hadFocus) return;
  const sentence = document.getElementById("sentence");
  sentence.tabIndex = -1;
  sentence.focus();
}

/* Whether something on the live page needs the reader, who must see it. */
const isTroubled = () => Boolean(document.querySelector(".notice:not([hidden])"));

/* Let the live page take over once `isDrawn` says that it shows its cells on a map at rest; `put` moves its map to what
   is seen, as its place may have changed while the page was filled. */
export async function start(isDrawn, put) {
  if (!picture()) return;
  for (let waited = 0; waited < LONGEST && !isDrawn() && !isTroubled(); waited += OFTEN) {
    await new Promise((after) => setTimeout(after, OFTEN));
  }
  const seen = viewSeen();
  if (seen && isDrawn()) put(seen);
  requestAnimationFrame(() => requestAnimationFrame(leave));
}
