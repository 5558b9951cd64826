/* The address in the browser, the view that it states, and the links made from them. Nothing here counts. */
import { freeRoom, isAsOpened, isNarrow, look, openFitted, openingBox, rememberFit, viewOfBox } from "../map/frame.mjs";
import { moveTo, viewNow } from "../map/inner_map.mjs";
import { keepView } from "../map/route_card.mjs";
import { viewSeen, widthSeen } from "./first.mjs";
import * as steps from "./steps.mjs";
import { nameCanvas, nameChoices } from "./accessible_names.mjs";
import {
  framedQuery,
  namesPlace,
  placeOf,
  resolutionAt,
  searchOf,
  selectedIn,
  sharedSearch,
  viewOf,
  viewWithin,
  withoutZoomed,
} from "./address.mjs";

const UNIT = "detections"; // that an address need not state (data/query/parameters.py)
let view = null; // longitude, latitude, zoom once the reader has moved the map
let isNew = true;
let written = null; // the query and view that the address states
let asked = ""; // what is asked, while the sheet of questions is open
let fitted = null; // the view of what is chosen, where the address names none
let opening = null; // the query that the page was opened with

const statedView = () => document.querySelector('meta[name="crossings:view"]');

const HALF = 17; // pixels of a cell from its middle, at most: on a narrow map none of those that are fitted is cut

/* A view that the server has fitted, in the room that the key leaves free. */
function inFreeRoom(stated) {
  const map = document.querySelector(".map-panel").getBoundingClientRect();
  const { left, right, ...free } = freeRoom(map);
  const aside = isNarrow() ? HALF : 0;
  return viewWithin(stated, map, { ...free, left: left + aside, right: right - aside });
}

/* Where the map opens: as the address says, else where the server finds what is chosen (callbacks/view/map_view.py),
   else where the data is (RULES X10). */
function openingView(search) {
  const found = statedView();
  if (viewOf(search)) return viewOf(search);
  fitted ??= found ? inFreeRoom(viewOf(`?view=${found.content}`)) : viewOfBox(openingBox());
  return fitted;
}

/* Show a place whole once it is chosen and the server has found where it is; the map stays where the reader has it for
   any other change. */
let chosenPlace = null;
export function showChosen(query, found) {
  const chosen = placeOf(withoutZoomed(query));
  const isFirst = chosenPlace === null;
  const isChanged = chosen !== chosenPlace;
  if (!found || (!isFirst && !isChanged)) return;
  chosenPlace = chosen;
  rememberFit(chosen ? () => inFreeRoom(found) : null, chosen);
  if (!chosen || isFirst) return;
  if (chosen.includes("route=")) keepView();
  look(inFreeRoom(found));
}

/* Where the map is, once what is chosen would open it elsewhere; the map itself stays where the reader has it. */
function keptView(query) {
  if (opening === null || query === opening || !(statedView() || namesPlace(query))) return null;
  return viewNow();
}

function write(query, place) {
  written = [query, place];
  const search = searchOf(query, place, asked);
  const { pathname } = window.location;
  const address = pathname + (search ? `?${search}` : "");
  const isStep = opening !== null && selectedIn(window.location.search) !== selectedIn(`?${search}`);
  if (address !== pathname + window.location.search) steps.write(address, isStep);
  opening ??= query;
  if (query !== opening) document.title = "Crossings"; // the first title speaks of what was opened
}

/* State what is asked in the address; nothing where the sheet is closed. */
export function writeAsked(part) {
  asked = part;
  if (written) write(...written);
}

/* Return the map's figure with the view that the page was opened with; null once the view is the reader's. */
export function openFigure(search, figure) {
  const [lon, lat, zoom] = viewSeen() || openingView(search) || [];
  if (!isNew || zoom === undefined) return null;
  isNew = false;
  if (!viewOf(search)) openFitted(statedView() ? "route" : "", viewSeen() ? widthSeen() : undefined);
  return { ...figure, layout: { ...figure.layout, map: { ...figure.layout.map, center: { lon, lat }, zoom } } };
}

/* Let the choice of a unit show the one that is shown: a route may have none of the unit that was chosen. */
function nameUnit(query) {
  const shown = new URLSearchParams(query).get("flow") ?? UNIT;
  const chosen = document.querySelector("#flow input:checked");
  if (chosen && chosen.value !== shown) window.dash_clientside.set_props("flow", { value: shown });
}

/* Follow a change of the selection or of the view. */
export function follow(query, moved, search) {
  if (isNew && openingView(search)) moveTo(openingView(search));
  isNew = false;
  nameCanvas();
  nameChoices();
  nameUnit(query);
  if (moved?.["map.center"]) view = [moved["map.center"].lon, moved["map.center"].lat, moved["map.zoom"]];
  const isFitted = Boolean(moved?.["map.center"]) && isAsOpened();
  for (const link of document.querySelectorAll("a.export-numbers")) {
    const states = [link.dataset.fixed, query].filter(Boolean).join("&");
    link.href = link.dataset.path + (states ? `?${states}` : "");
  }
  const plain = withoutZoomed(query);
  if (isFitted) view = null;
  write(plain, isFitted ? null : view || viewOf(search) || keptView(plain));
}

/* Return the resolution that fits the zoom; null where it is the `present` one. */
export function fittingResolution(search, moved, present) {
  const zoom = moved?.["map.zoom"] ?? (view || openingView(search) || [0, 0, null])[2];
  if (zoom === null) return present === undefined || present === null ? 3 : null;
  const fits = resolutionAt(zoom);
  return fits === present ? null : fits;
}

/* The address of what is shown: versioned, and pinned to the vintage where that is asked for. */
function shared(isPinned) {
  const { vintage } = document.querySelector("details.export[data-vintage]").dataset;
  return sharedSearch(window.location.search, isPinned && vintage);
}

/* The address of what is shown, pinned to its vintage. */
export const pinned = () => window.location.origin + window.location.pathname + shared(true);

/* The server's own code for a frame (layouts/standalone/embed.py), with this site and the pinned view in it. */
function embedCode() {
  const zoomed = new URL(document.querySelector("a.export-numbers").href).searchParams.get("zoomed");
  const query = framedQuery(shared(true), zoomed).replaceAll("&", "&amp;");
  const { code } = document.querySelector("details.export[data-code]").dataset;
  return code.replace("SITE", () => window.location.origin).replace("VIEW", () => query);
}

/* Copy what a button shares, and return what to say of it. */
export async function share(button) {
  const here = window.location.origin + window.location.pathname;
  const words = button === "share-embed" ? embedCode() : here + shared(button === "share-pinned");
  try {
    await navigator.clipboard.writeText(words);
    return "Copied.";
  } catch {
    return `This browser does not let a page copy. Copy it from here: ${words}`;
  }
}
