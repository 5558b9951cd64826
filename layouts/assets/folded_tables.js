/* Long tables that are folded: sent as data, as a thousand cells as components take seconds to draw, and written when
   unfolded. Display only; every cell is text. */
(function () {
  "use strict";
  const ours = (window.crossings = window.crossings || {});

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
    body.append(...rows.map(([first, ...rest]) => row([
      made("th", first, { scope: "row", class: kinds[0] }), ...rest.map((text, at) => made("td", text, { class: kinds[at + 1] }))])));
    table.append(made("caption", caption), head, body);
    place.replaceChildren(table);
  }

  /* Write the tables of what is unfolded; of what is folded nothing may stay that was of another answer. */
  ours.writeTables = (around) => {
    for (const place of around.querySelectorAll("[data-table]")) {
      if (place.closest("details").open) write(place);
      else place.replaceChildren();
    }
  };

  document.addEventListener("toggle", (event) => event.target.matches("details.folded") && ours.writeTables(event.target), true);
})();
