/* The watched sectors: kept in this browser alone, and as a file (data/watch_list.py has its form). */
(function () {
  "use strict";
  const ours = (window.crossings = window.crossings || {});
  const KEY = "crossings-watch-list";
  const [FORMAT, VERSION, MOST, LONGEST, LONGEST_NAME] = [KEY, 1, 100, 24000, 80];
  const list = () => document.getElementById("watch-list");
  const say = (words) => (list().querySelector("[role=status]").textContent = words);
  const written = () => JSON.stringify({ format: FORMAT, version: VERSION, sectors: watched }, null, 1);
  let watched = [];

  const isEntry = (one) => one && typeof one.query === "string" && one.query.length <= LONGEST && typeof one.name === "string" && one.name.length <= LONGEST_NAME;

  /* Why a file is no watch list at all; what its sectors say is judged by the server. */
  function notOurs(text) {
    try {
      const content = JSON.parse(text);
      return content && content.format === FORMAT ? "" : `This is no watch list: 'format' is not '${FORMAT}'.`;
    } catch (problem) {
      return "The watch list is not JSON. Choose a file that this page has saved.";
    }
  }

  function read() {
    let text = null;
    try {
      text = window.localStorage.getItem(KEY);
    } catch (denied) {
      return; // the browser keeps nothing; the list lives as long as the page, and as a file
    }
    if (text === null) return;
    try {
      const { format, version, sectors } = JSON.parse(text);
      if (format !== FORMAT || version !== VERSION || !sectors.every(isEntry)) throw new Error("no watch list");
      watched = sectors.slice(0, MOST).map(({ query, name }) => ({ query, name }));
    } catch (garbage) {
      say("What this browser kept is no watch list. It starts anew.");
    }
  }

  function keep(words) {
    say(words);
    try {
      window.localStorage.setItem(KEY, written());
    } catch (refused) {
      say(`${words} This browser does not keep the list: save it as a file.`);
    }
    show();
  }

  function show() {
    list().querySelector("summary").textContent = watched.length ? `Watched sectors (${watched.length})` : "Watched sectors";
    list().querySelector("ul").replaceChildren(...watched.map(({ name }, place) => {
      const row = document.createElement("li");
      const button = (words, what) => {
        const made = document.createElement("button");
        Object.assign(made, { type: "button", className: "button", textContent: words });
        Object.assign(made.dataset, { list: what, place });
        made.setAttribute("aria-label", `${words} ${name}`);
        return made;
      };
      const words = document.createElement("span");
      words.textContent = name;
      row.append(words, button("Open", "open"), button("Remove", "remove"));
      return row;
    }));
  }

  function add(entries) {
    const known = new Set(watched.map(({ query }) => query));
    const more = entries.filter(({ query }) => !known.has(query));
    const room = Math.max(MOST - watched.length, 0);
    watched = [...watched, ...more.slice(0, room)];
    return [Math.min(more.length, room), Math.max(more.length - room, 0)];
  }

  async function load() {
    const chooser = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json" });
    chooser.addEventListener("change", async () => {
      try {
        const [file] = chooser.files;
        if (file.size > 2000000) return say("The watch list is longer than 512,000 characters.");
        const wrong = notOurs(await file.text());
        if (wrong) return say(wrong);
        const answer = await fetch("/sector/watch-list", { method: "POST", headers: { "Content-Type": "application/json" }, body: file });
        const told = await answer.json();
        if (!answer.ok) return say(told.detail);
        const [fresh, left] = add(told.sectors);
        return keep(`${fresh} added from the file.${left ? ` ${left} left out: a list has at most ${MOST}.` : ""}`);
      } catch (problem) {
        return say("The file could not be read. Try again.");
      }
    });
    chooser.click();
  }

  function save() {
    const address = URL.createObjectURL(new Blob([written()], { type: "application/json" }));
    Object.assign(document.createElement("a"), { href: address, download: "watch-list.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function open({ query }) {
    const given = new URLSearchParams(query);
    const by = given.has("area") ? "area" : given.has("polygon") ? "polygon" : "place";
    const place = given.get("at") || given.get("place") || "";
    ours.sector.state({ by, place, area: given.get("area") || "", polygon: given.get("polygon") || "", radius_km: given.get("radius_km") || "100" });
  }

  const ACTS = {
    keep(button) {
      const found = button.closest("[data-sector]").dataset;
      const name = button.parentElement.querySelector("input").value.trim().slice(0, LONGEST_NAME) || found.words.slice(0, LONGEST_NAME);
      const [fresh, left] = add([{ query: found.sector, name }]);
      keep(fresh ? `“${name}” is watched.` : left ? `A list has at most ${MOST} sectors.` : "This sector is watched already.");
      button.closest("details").open = false;
      list().open = true;
    },
    open: (button) => open(watched[+button.dataset.place]),
    remove(button) {
      const [gone] = watched.splice(+button.dataset.place, 1);
      keep(`“${gone.name}” is removed.`);
      list().querySelector("summary").focus();
    },
    save, load,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-list]");
    if (button && ACTS[button.dataset.list]) ACTS[button.dataset.list](button);
  });

  async function begin() {
    await ours.ready();
    read();
    show();
  }
  document.addEventListener("DOMContentLoaded", () => document.getElementById("react-entry-point") && begin());
})();
