/* The page's one entry: starts each module, and hands Dash the functions that its clientside callbacks name. It runs
   before Dash's renderer does (callbacks/server/index_html.py), and modules do nothing until they are started. */
import * as answered from "./map/answer.mjs";
import * as basemap from "./map/basemap.mjs";
import * as cells from "./map/cells.mjs";
import * as frame from "./map/frame.mjs";
import { innerMap } from "./map/inner_map.mjs";
import * as key from "./map/key.mjs";
import * as lines from "./map/lines.mjs";
import * as pointer from "./map/pointer.mjs";
import * as routeCard from "./map/route_card.mjs";
import * as routeLabels from "./map/route_labels.mjs";
import * as routeList from "./map/route_list.mjs";
import { cellAt, now } from "./map/shown.mjs";
import { askedPart } from "./page/address.mjs";
import * as bar from "./page/address_bar.mjs";
import * as files from "./page/export.mjs";
import * as first from "./page/first.mjs";
import * as find from "./page/find.mjs";
import * as lists from "./page/lists.mjs";
import * as offline from "./page/offline.mjs";
import * as panels from "./page/panels.mjs";
import * as print from "./page/print.mjs";
import * as sheetRoutes from "./page/sheet_routes.mjs";
import * as status from "./page/status.mjs";
import * as steps from "./page/steps.mjs";
import * as tables from "./page/tables.mjs";
import * as theme from "./page/theme.mjs";
import * as alerts from "./questions/alerts.mjs";
import * as drawing from "./questions/drawing.mjs";
import * as questions from "./questions/questions.mjs";
import * as sector from "./questions/sector.mjs";
import * as watchList from "./questions/watch_list.mjs";
import { countCells } from "./time/count.mjs";
import * as cursor from "./time/cursor.mjs";
import * as play from "./time/play.mjs";
import * as series from "./time/series.mjs";
import * as years from "./time/years.mjs";

const isQuery = (query) => query !== undefined && query !== null;
const triggered = () => window.dash_clientside.callback_context.triggered_id;

/* What Dash takes for no change. */
const same = () => window.dash_clientside.no_update;

const clientside = {
  crossings: {
    opened: (search, figure) => bar.openFigure(search, figure) ?? same(),
    address(query, moved, search) {
      if (isQuery(query)) bar.follow(query, moved, search);
      return same();
    },
    chosen(query, found) {
      if (isQuery(query)) {
        bar.showChosen(query, found);
        years.show(query);
      }
      return same();
    },
    zoomed: (search, moved, present) => bar.fittingResolution(search, moved, present) ?? same(),
    share: () => bar.share(triggered()),
    panels(...given) {
      const [className, kind] = given.slice(-2);
      return panels.press(triggered(), className, kind);
    },
    /* The table is asked for while it is open. */
    table(query, opened, kind, more) {
      if (isQuery(query)) tables.openAsked();
      if (opened !== "table" || typeof query !== "string") return same();
      bar.writeAsked(askedPart("table", { kind }, { kind: "cells" }));
      tables.keepWritten(document.getElementById("table-body"));
      return [query, kind, more];
    },
    series(answer) {
      series.draw(answer);
      return same();
    },
  },
  cells: {
    show(query) {
      if (isQuery(query)) cells.show(query);
      return same();
    },
  },
  lines: {
    show(shown, query) {
      lines.show(shown, query);
      return same();
    },
  },
  routes: { filled: (children) => routeCard.filled(children) },
  questions: {
    asks: (query, opened, question) => questions.follow(query, opened, question) ?? same(),
  },
};

/* Whether the live page shows what was asked: its sentence, and its cells on a map at rest. */
const isDrawn = () => Boolean(document.getElementById("sentence")?.textContent && now.answer && innerMap()?.loaded());

function live() {
  for (const part of [
    theme,
    status,
    cells,
    basemap,
    frame,
    key,
    pointer,
    answered,
    routeCard,
    routeLabels,
    routeList,
    play,
    series,
    cursor,
    years,
    steps,
    panels,
    lists,
    find,
    sheetRoutes,
    print,
    tables,
    files,
    questions,
    sector,
    drawing,
    watchList,
    alerts,
  ]) {
    part.start();
  }
  window.dash_clientside ??= {};
  Object.assign(window.dash_clientside, clientside);
  offline.start(bar.pinned);
  first.start(isDrawn, ([lon, lat, zoom]) => innerMap().jumpTo({ center: [lon, lat], zoom }));
}

if (first.hasWebGL2()) live();
else {
  theme.start();
  first.stay();
}

/* For tests and bench/ alone: what no word on the page says. */
window.crossings = {
  now,
  innerMap,
  cellAt,
  draw: cells.draw,
  play: play.play,
  series: series.shown,
  count: countCells,
};
