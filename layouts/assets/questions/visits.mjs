/* When each watched sector was opened before, and the thresholds that it is planned by: kept in this browser alone. */
const KEY = "crossings-visits";
const DAY = /^\d{4}-\d\d-\d\d$/;
const THRESHOLD = /^(incidents|dead_or_missing|interceptions|arrivals)_above$/;

export const today = () => new Date().toISOString().slice(0, 10);

/* Return the visit of a sector after one more: its day, and the last day before it. */
export function visited(visit, day, limits) {
  const before = visit && visit.day !== day ? visit.day : (visit?.before ?? "");
  return { day, before, limits };
}

/* Return the day of the last visit; of two on one day the second sees what the first did; blank where there is none. */
export const lastVisit = (visit, day) => (visit?.day === day ? visit.before : visit?.day) || "";

const isDay = (text) => text === "" || (typeof text === "string" && DAY.test(text));
const isLimit = ([name, value]) => THRESHOLD.test(name) && /^\d{1,8}$/.test(value);

/* Return the visits that this browser kept; what is none is left out. */
export function readVisits(text) {
  try {
    const kept = Object.entries(JSON.parse(text)).filter(([, one]) => isDay(one.day) && isDay(one.before) && one.day);
    const limits = (one) => Object.fromEntries(Object.entries(one.limits ?? {}).filter(isLimit));
    return Object.fromEntries(
      kept.map(([query, one]) => [query, { day: one.day, before: one.before, limits: limits(one) }]),
    );
  } catch {
    return {};
  }
}

export function visits() {
  try {
    return readVisits(window.localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {}; // the browser keeps nothing
  }
}

/* Keep the visit of a sector; null forgets it. */
export function keepVisit(query, visit) {
  const { [query]: _, ...others } = visits();
  try {
    window.localStorage.setItem(KEY, JSON.stringify(visit ? { ...others, [query]: visit } : others));
  } catch {
    // the browser keeps nothing: each visit is the first
  }
}

/* Return a day in words. */
export function dayInWords(day) {
  const { lang } = document.documentElement;
  const form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, form).format(new Date(`${day}T00:00:00Z`));
}
