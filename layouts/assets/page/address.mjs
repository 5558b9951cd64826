/* What the page's address says: the view of the map, the size of cells that fits it, what is asked, what is shared. */
import { latitudeAt, southing, worldPixels } from "../map/projection.mjs";

const VERSION = 2; // of the words of an address (data/query/parameters.py)
const LONGEST = 4000; // of what is asked, within the longest address
const BOUNDS = [180, 85, 14]; // of longitude, latitude and zoom, as the server reads a view
const FITTED = [900, 480]; // pixels that the server has fitted a view to (geo/map/fit_view.py)

/* Return longitude, latitude and zoom; null where they are not stated. */
export function viewOf(search) {
  const numbers = (new URLSearchParams(search || "").get("view") || "").split(",").map(Number);
  const isOnMap = numbers.every((number, place) => Math.abs(number) <= BOUNDS[place]) && numbers[2] >= 0;
  return numbers.length === 3 && isOnMap ? numbers : null;
}

/* Return a view of the map within the bounds that an address may state: once round the globe, no closer than 14. */
export function withinBounds([longitude, latitude, zoom]) {
  const [, most, closest] = BOUNDS;
  const turned = ((((longitude + 180) % 360) + 360) % 360) - 180;
  return [turned, Math.min(Math.max(latitude, -most), most), Math.min(Math.max(zoom, 0), closest)];
}

/* Return the fitted view for a map whose panels leave the `free` box of it; both boxes in pixels. */
export function viewWithin([longitude, latitude, zoom], map, free) {
  const [width, height] = [free.right - free.left, free.bottom - free.top];
  const closer = zoom + Math.min(Math.log2(Math.min(width / FITTED[0], height / FITTED[1])), 0);
  const world = worldPixels(closer);
  const right = (free.left + free.right - map.left - map.right) / 2 / world;
  const down = southing(latitude) - (free.top + free.bottom - map.top - map.bottom) / 2 / world;
  return [longitude - right * 360, latitudeAt(down), closer];
}

/* Return the resolution at which a cell is 12 to 34 pixels wide; no finer by itself than places are known (RULES X3). */
export const resolutionAt = (zoom) => (zoom < 2.6 ? 2 : zoom < 4 ? 3 : 4);

/* Return whether a query names a place, at which the server would open the map. */
export const namesPlace = (query) => /(^|&)(route|region|country)=/.test(query);

/* Return the part of a query that names a place: what the map is shown whole for, once it is chosen. */
export const placeOf = (query) =>
  query
    .split("&")
    .filter((part) => /^(route|region|country)=/.test(part))
    .join("&");

/* Return what a search chooses: all of it but the view of the map and what is asked. A step back undoes a choice. */
export const selectedIn = (search) =>
  (search || "")
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part && !/^(v|view|ask|ask\.\w+|zoomed)=/.test(part))
    .sort()
    .join("&");

export const withoutZoomed = (query) => query.replace(/&?zoomed=\d/, "").replace(/^&/, "");

/* Return a query as readers write it: commas and colons stay what they are. */
export const plainly = (parameters) => parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");

/* Return the part of an address that states what is shown: the selection, the view, what is asked. */
export function searchOf(query, view, asked) {
  const digits = [3, 3, 2];
  const place = view ? withinBounds(view).map((number, at) => Number(number.toFixed(digits[at]))) : null;
  const search = [query, place && `view=${place.join(",")}`, asked].filter(Boolean).join("&");
  return search && `v=${VERSION}&${search}`;
}

/* Return the part of an address that is shared: versioned, and pinned to a vintage where one is given. */
export function sharedSearch(search, vintage) {
  const given = new URLSearchParams(search);
  if (vintage && !given.has("vintage")) given.set("vintage", vintage);
  given.delete("v");
  const query = plainly(given);
  return `?v=${VERSION}${query ? `&${query}` : ""}`;
}

/* Return the query of a frame, which shows the map alone. */
export function framedQuery(shared, zoomed) {
  const parts = shared.slice(1).split("&");
  return [...parts.filter((part) => !/^ask[.=]/.test(part)), ...(zoomed ? [`zoomed=${zoomed}`] : [])].join("&");
}

/* Return the part that states a question and what its fields say beyond how they began; the question alone where that
   is too long. */
export function askedPart(question, options, begun) {
  const part = new URLSearchParams({ ask: question });
  for (const [name, value] of Object.entries(options))
    if (value !== (begun[name] ?? "")) part.set(`ask.${name}`, value);
  const text = part.toString();
  return text.length > LONGEST ? `ask=${question}` : text.replaceAll("%2C", ",");
}
