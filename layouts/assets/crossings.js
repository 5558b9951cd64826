/* Display only: the address, the view, panels, the period under the pointer. Nothing here counts. */
(function () {
  "use strict";
  const same = () => window.dash_clientside.no_update;
  const graph = (id) => document.querySelector(`#${id} .js-plotly-plot`);
  const SHEETS = ["show-questions", "show-table", "show-sources", "show-filters", "show-time"];
  let view = null; // longitude, latitude, zoom once the reader has moved the map
  let hint = null;
  let isNew = true;
  let written = null; // the query and view that the address states
  let fitted = null; // the view of what is chosen, where the address names none
  let opening = null; // the query that the page was opened with

  function viewOf(search) {
    const numbers = (new URLSearchParams(search || "").get("view") || "").split(",").map(Number);
    return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
  }

  /* A view that the server has fitted to 900 × 500 pixels (geo/fitting.py), in the room that the panels leave free. */
  function inFreeRoom([longitude, latitude, zoom]) {
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    const map = box(".map-panel");
    const isNarrow = window.innerWidth < 700;
    const [left, top, bottom] = isNarrow ? [map.left, map.top, map.bottom] : [box(".side").right, box(".bar").bottom, box(".dock").top];
    const closer = zoom + Math.min(Math.log2(Math.min((map.right - left) / 900, (bottom - top) / 500)), 0);
    const world = 512 * 2 ** closer;
    const down = -Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI) - (top + bottom - map.top - map.bottom) / 2 / world;
    const found = (Math.atan(Math.sinh(-2 * Math.PI * down)) * 180) / Math.PI;
    return [longitude - ((left - map.left) / 2 / world) * 360, found, closer];
  }

  /* Where the map opens: as the address says, else where the server finds what is chosen (callbacks/view.py). */
  function start(search) {
    const found = document.querySelector('meta[name="crossings:view"]');
    if (found && !viewOf(search)) fitted ??= inFreeRoom(viewOf(`?view=${found.content}`));
    return viewOf(search) || fitted;
  }

  /* Where the map is, once what is chosen would open it elsewhere; the map itself stays where the reader has it. */
  function kept(query) {
    const isElsewhere = document.querySelector('meta[name="crossings:view"]') || /(^|&)(route|region|country)=/.test(query);
    if (opening === null || query === opening || !isElsewhere) return null;
    const { center, zoom } = graph("map").layout.map;
    return [center.lon, center.lat, zoom];
  }

  /* Put the map somewhere, as the reader would. */
  const go = ([longitude, latitude, zoom]) =>
    window.Plotly.relayout(graph("map"), { "map.center": { lon: longitude, lat: latitude }, "map.zoom": zoom });
  window.crossings = Object.assign(window.crossings || {}, {
    go, nameChoices: () => nameChoices(), rewrite: () => written && writeAddress(...written),
  });

  function writeAddress(query, view) {
    const place = view ? `view=${[view[0].toFixed(3), view[1].toFixed(3), view[2].toFixed(2)].map(Number).join(",")}` : "";
    written = [query, view];
    const search = [query, place, window.crossings.questionAsked()].filter(Boolean).join("&");
    const address = window.location.pathname + (search ? `?${search}` : "");
    if (address !== window.location.pathname + window.location.search) window.history.replaceState(null, "", address);
    opening ??= query;
    if (query !== opening) document.title = "Crossings"; // the first title speaks of what was opened
  }

  /* The address of what is shown: versioned, and pinned to the vintage where that is asked for. */
  function shared(isPinned) {
    const given = new URLSearchParams(window.location.search);
    const vintage = document.querySelector("details.export[data-vintage]").dataset.vintage;
    if (isPinned && !given.has("vintage")) given.set("vintage", vintage);
    const query = given.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return `${window.location.origin}${window.location.pathname}?v=1${query ? `&${query}` : ""}`;
  }

  /* The server's own code for a frame (layouts/embed.py), with this site and the pinned view in it. */
  function embedCode() {
    const isShown = (part) => !/^ask[.=]/.test(part); // a frame shows the map alone
    const zoomed = new URL(document.querySelector("a.export-numbers").href).searchParams.get("zoomed");
    const parts = shared(true).split("?")[1].split("&").filter(isShown);
    const query = [...parts, ...(zoomed ? [`zoomed=${zoomed}`] : [])].join("&amp;");
    const code = document.querySelector("details.export[data-code]").dataset.code;
    return code.replace("SITE", () => window.location.origin).replace("VIEW", () => query);
  }

  function nameCanvas() {
    const canvas = document.querySelector("#map canvas");
    if (canvas) canvas.setAttribute("aria-label", "Map of incidents and routes. Its numbers are in the table: press Table.");
  }

  /* Dash draws its choices as nameless list boxes around native inputs: leave the inputs, name the group. */
  function nameChoices() {
    document.querySelectorAll('[role="listbox"]').forEach((list) => {
      const around = list.closest("fieldset, details");
      const title = around && around.querySelector("legend, .many-label");
      list.setAttribute("aria-label", ((title || list).textContent || "").trim());
      list.setAttribute("role", "group");
    });
    document.querySelectorAll(".dash-options-list-option").forEach((option) => {
      option.removeAttribute("role");
      option.removeAttribute("aria-selected");
    });
  }

  function toggle(names, name, on) {
    const kept = names.filter((each) => each !== name);
    return on ? [...kept, name] : kept;
  }

  function opened(id, names) {
    const sheet = {
      "show-table": "show-table", "show-periods": "show-table", "tab-table": "show-table",
      "show-sources": "show-sources", "show-questions": "show-questions", "tab-filters": "show-filters", "tab-time": "show-time",
    }[id];
    const was = names.includes(sheet);
    const rest = names.filter((name) => !SHEETS.includes(name));
    if (!sheet || (was && !id.startsWith("tab-"))) return rest;
    return [...rest, sheet];
  }

  function say(names) {
    for (const [id, name] of [["fold-side", "side-folded"], ["fold-dock", "dock-folded"]]) {
      const button = document.getElementById(id);
      const folded = names.includes(name);
      button.textContent = folded ? "Show" : "Hide";
      button.setAttribute("aria-expanded", String(!folded));
    }
    const tab = ["tab-time", "tab-table", "tab-filters"].find((id) => names.includes(id.replace("tab-", "show-"))) || "tab-map";
    document.querySelectorAll(".tab").forEach((each) => {
      if (each.id === tab) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    });
    window.requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    crossings: {
      /* The map's figure with the view that the page was opened with; afterwards the view is the reader's. */
      opened(search, figure) {
        const [lon, lat, zoom] = start(search) || [];
        if (!isNew || zoom === undefined) return same();
        isNew = false;
        return { ...figure, layout: { ...figure.layout, map: { ...figure.layout.map, center: { lon, lat }, zoom } } };
      },

      address(query, moved, search) {
        if (query === undefined || query === null) return same();
        if (isNew && start(search)) go(start(search), true);
        isNew = false;
        nameCanvas();
        nameChoices();
        if (moved && moved["map.center"]) view = [moved["map.center"].lon, moved["map.center"].lat, moved["map.zoom"]];
        document.querySelectorAll("a.export-numbers").forEach((link) => {
          const asked = [link.dataset.fixed, query].filter(Boolean).join("&");
          link.href = link.dataset.path + (asked ? `?${asked}` : "");
        });
        const plain = query.replace(/&?zoomed=\d/, "").replace(/^&/, "");
        writeAddress(plain, view || viewOf(search) || kept(plain));
        return same();
      },

      /* The resolution at which a cell is 13 to 32 pixels wide; told only when it changes. */
      zoomed(search, moved, present) {
        const known = (moved && moved["map.zoom"]) ?? (view || start(search) || [0, 0, null])[2];
        if (known === null) return present === undefined || present === null ? 3 : same();
        const asks = Math.min(Math.max(Math.round(0.7124 * known + 0.56), 1), 6);
        return asks === present ? same() : asks;
      },

      async share() {
        const by = window.dash_clientside.callback_context.triggered_id;
        const words = { share: shared(false), "share-pinned": shared(true), "share-embed": embedCode() }[by];
        try {
          await navigator.clipboard.writeText(words);
          return "Copied.";
        } catch (refused) {
          return `This browser does not let a page copy. Copy it from here: ${words}`;
        }
      },

      panels(...given) {
        const kind = given.pop();
        let names = (given.pop() || "page").split(" ").filter(Boolean);
        const by = window.dash_clientside.callback_context.triggered_id;
        if (by === "fold-side") names = toggle(names, "side-folded", !names.includes("side-folded"));
        else if (by === "fold-dock") names = toggle(names, "dock-folded", !names.includes("dock-folded"));
        else names = opened(by, names);
        say(names);
        const isTable = names.includes("show-table");
        const chosen = by === "show-periods" ? "periods" : by === "show-table" ? "cells" : kind;
        if (isTable) window.requestAnimationFrame(() => document.querySelector("#table .panel-body").focus());
        const isAsked = names.includes("show-questions");
        if (isAsked) window.requestAnimationFrame(() => document.querySelector("#questions input:checked").focus());
        return [names.join(" "), isTable ? "table" : isAsked ? "questions" : names.includes("show-sources") ? "sources" : "", chosen];
      },

      /* The table is asked for while it is open. */
      table(query, opened, kind, more) {
        if (opened !== "table" || typeof query !== "string") return same();
        window.crossings.keepWritten(document.getElementById("table-body"));
        return [query, kind, more];
      },

      /* Only the two edges of a brush travel to the server, not the bars inside it. */
      brushed(selected) {
        const edges = selected && selected.range && selected.range.x;
        return edges ? edges.map((edge) => String(edge).slice(0, 10)) : same();
      },

      period(hovered) {
        const element = document.getElementById("period");
        if (hint === null && element) hint = element.textContent;
        const point = ((hovered && hovered.points) || []).find((each) => typeof each.customdata === "string");
        return point ? point.customdata : hint || same();
      },
    },
  });

  /* The list of files closes at a click elsewhere. */
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.export[open]").forEach((list) => { if (!list.contains(event.target)) list.open = false; });
  });

  /* Escape closes what is open: the list of files, sheets, then the drawer. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const list = document.querySelector("details.export[open]");
    if (list) {
      list.open = false;
      return list.querySelector("summary").focus();
    }
    const page = document.getElementById("page");
    if (!page) return;
    const id = page.classList.contains("show-table") ? "table-close" : page.classList.contains("show-questions") ? "questions-close"
      : page.classList.contains("show-sources") ? "sources-close" : "drawer-close";
    const button = document.getElementById(id);
    if (button && button.offsetParent) button.click();
  });
})();
