/* Views kept in this browser for when the network is gone: each pinned to its vintage, as the still page that the server
   writes. What is not public is never kept: an answer that says "private" or "no-store" is refused. */
const KEPT = "crossings-kept";
const WORKER = "/keep.js";
const AGAIN = 20; // times that a page is asked for again until its map is in it
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const panel = () => document.getElementById("kept");
const words = (name) => panel().dataset[name];
const tell = (sentence) => {
  panel().querySelector('[role="status"]').textContent = sentence;
};

/* Whether an answer may be kept: it is a page for everybody. */
export const mayKeep = (status, control) => status === 200 && !/private|no-store/.test(control || "");

/* Return the still part of a page alone, with the line that says as of when it is. Its links lead to views that are not
   kept, so they are words; those within the page stay. */
export function stillPage(html) {
  const end = html.indexOf("<!--/first-->");
  if (end < 0) return null;
  const page = html.slice(0, end).replace("<html ", '<html class="is-still is-alone" ');
  const plain = page.replace(/<(script|noscript)\b[^]*?<\/\1>|<link\b[^>]*>|@font-face\s*\{[^}]*\}/g, "");
  const alone = plain.replace(/(<a\b[^>]*?)\shref="(?!#)[^"]*"/g, "$1");
  return `${alone.replace('class="first-kept" hidden', 'class="first-kept"')}</body></html>`;
}

/* Ask for a page until its map is in it. */
async function wholePage(address) {
  for (let tries = 0; tries < AGAIN; tries += 1) {
    const answer = await fetch(address, { cache: "no-store", headers: { Accept: "text/html" } });
    const html = await answer.text();
    const image = html.match(/<img src="(\/first\.svg[^"]*)"/);
    if (!image) return mayKeep(answer.status, answer.headers.get("Cache-Control")) ? stillPage(html) : null;
    await fetch(image[1].replaceAll("&amp;", "&"));
  }
  return null;
}

async function keep(address) {
  tell(words("asking"));
  try {
    const html = await wholePage(address);
    if (html === null) return tell(words("refused"));
    const title = new DOMParser().parseFromString(html, "text/html").querySelector("h1").textContent;
    const headers = {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": POLICY,
      "X-Title": encodeURIComponent(title),
      "X-Kept": new Date().toISOString().slice(0, 10),
      "X-Size": String(new Blob([html]).size),
    };
    await (await caches.open(KEPT)).put(address, new Response(html, { headers }));
    await navigator.serviceWorker.register(WORKER);
    tell(words("done"));
  } catch {
    tell(words("failed"));
  }
  return list();
}

function row(url, headers) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: url });
  link.textContent = decodeURIComponent(headers.get("X-Title"));
  const said = document.createElement("span");
  said.className = "caution";
  said.textContent = ` ${headers.get("X-Kept")} · ${Math.ceil(headers.get("X-Size") / 1000)} kB `;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button link" });
  button.textContent = words("remove");
  button.addEventListener("click", async () => {
    await (await caches.open(KEPT)).delete(url);
    list();
    panel().querySelector("button").focus();
  });
  item.append(link, said, button);
  return item;
}

async function list() {
  const views = await caches.open(KEPT);
  const keys = await views.keys();
  const rows = await Promise.all(keys.map(async ({ url }) => row(url, (await views.match(url)).headers)));
  panel()
    .querySelector("ul")
    .replaceChildren(...rows);
  if (rows.length > 0) return;
  const workers = await navigator.serviceWorker.getRegistrations();
  for (const one of workers) one.unregister(); // nothing is kept, so nothing has to run
}

/* `pinned` returns the address of what is shown, pinned to its vintage. */
export function start(pinned) {
  if (!("serviceWorker" in navigator && "caches" in window)) return; // an address without https, or an old browser
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("#keep-view")) keep(pinned());
    if (target.closest?.("summary") && panel()) list();
  });
}
