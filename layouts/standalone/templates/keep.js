/* The service worker: where the network is gone it shows the views that a reader has kept, and nothing else. It keeps
   nothing by itself and answers no request but the opening of a page, so nothing can grow stale: the network is always
   asked first (layouts/assets/page/offline.mjs keeps and removes). */
const KEPT = "crossings-kept";
const WAIT = 8000; // ms after which a network that does not answer is taken for gone

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(opened(event.request));
});

async function opened(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(WAIT) });
  } catch (problem) {
    const views = await caches.open(KEPT);
    return (await views.match(request.url)) || (await listed(views)) || Promise.reject(problem);
  }
}

/* What the list does by itself: a view that is removed leaves it. */
const REMOVE = `document.addEventListener("click", async ({ target }) => {
  const row = target.closest("button")?.closest("li");
  if (!row) return;
  await (await caches.open("${KEPT}")).delete(row.querySelector("a").href);
  row.remove();
});`;

const text = (words) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/* The views that are kept, as a page of links; null where there are none. */
async function listed(views) {
  const rows = await Promise.all(
    (await views.keys()).map(async ({ url }) => {
      const { headers } = await views.match(url);
      const [day, size] = [text(headers.get("X-Kept")), Math.ceil(headers.get("X-Size") / 1000)];
      const title = text(decodeURIComponent(headers.get("X-Title")));
      return `<li><a href="${text(url)}">${title}</a><p>Kept on ${day} · ${size} kB <button>Remove</button></p></li>`;
    }),
  );
  if (rows.length === 0) return null;
  const page = `<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Crossings</title>
<style>body { font: 16px/24px system-ui, sans-serif; max-width: 640px; margin: 10vh auto; padding: 0 24px; color: #1a1f24; background: #fcfbf8; }
h1 { font-size: 24px; line-height: 30px; } ul { padding: 0; list-style: none; } li { padding: 12px 0; border-top: 1px solid #dcdad3; } li p { margin: 4px 0 0; color: #5a636d; }
a, button { color: inherit; text-underline-offset: 3px; } button { padding: 4px 0; font: inherit; text-decoration: underline; background: none; border: 0; cursor: pointer; }</style>
<h1>There is no network</h1><p>These views are kept in this browser. They do not change.</p><ul>${rows.join("")}</ul>
<script>${REMOVE}</script>`;
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
