/* Long tables: sent as data, as a thousand cells as components take seconds to draw, and written here, those that are
   folded when unfolded. Display only; every cell is text. */

function made(tag, text, more = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(more)) element.setAttribute(name, value);
  return element;
}

function row(cells) {
  const line = document.createElement("tr");
  line.append(...cells);
  return line;
}

function write(place) {
  const { caption, heads, kinds, rows } = JSON.parse(place.dataset.table);
  const [table, head, body] = ["table", "thead", "tbody"].map((tag) => document.createElement(tag));
  head.append(row(heads.map((name, at) => made("th", name, { scope: "col", class: kinds[at] }))));
  body.append(
    ...rows.map(([first, ...rest]) =>
      row([
        made("th", first, { scope: "row", class: kinds[0] }),
        ...rest.map((text, at) => made("td", text, { class: kinds[at + 1] })),
      ]),
    ),
  );
  const said = made("caption", "");
  said.append(made("span", caption));
  table.append(said, head, body);
  place.replaceChildren(table);
}

/* Write the tables of what is unfolded; of what is folded nothing may stay that was of another answer. */
export function writeTables(around) {
  for (const place of around.querySelectorAll("[data-table]")) {
    if (place.closest("details")?.open ?? true) write(place);
    else place.replaceChildren();
  }
}

const watched = new WeakSet();

/* Write the tables of an element each time that it gets others. What is written is no change of this kind. */
export function keepWritten(around) {
  if (watched.has(around)) return;
  watched.add(around);
  const isNew = (change) => change.type === "attributes" || change.target === around;
  new MutationObserver((changes) => changes.some(isNew) && writeTables(around)).observe(around, {
    childList: true,
    subtree: true,
    attributeFilter: ["data-table"],
  });
}

/* An address with ?ask=table&ask.kind=periods opens that table, once; with ?ask=sources the sources. */
let given = null; // what the address said when the page was read
export function openAsked() {
  const [asked, kind] = ["ask", "ask.kind"].map((name) => given?.get(name));
  given = null;
  if (asked === "sources") window.setTimeout(() => document.getElementById("show-sources").click());
  if (asked !== "table") return;
  const named = [...document.querySelectorAll("#table-kind option, #table-kind input")].map((one) => one.value);
  if (named.includes(kind)) window.dash_clientside.set_props("table-kind", { value: kind });
  window.setTimeout(() => document.getElementById("tab-table").click());
}

/* Write what is unfolded. */
export function start() {
  given = new URLSearchParams(window.location.search);
  document.addEventListener("toggle", ({ target }) => target.matches("details.folded") && writeTables(target), true);
}
