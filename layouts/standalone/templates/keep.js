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

const text = (words) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/* The views that are kept, as a page of links; null where there are none. */
async function listed(views) {
  const rows = await Promise.all(
    (await views.keys()).map(async ({ url }) => {
      const { headers } = await views.match(url);
      return `<li><a href="${text(url)}">${text(decodeURIComponent(headers.get("X-Title")))}</a></li>`;
    }),
  );
  if (rows.length === 0) return null;
  const page = `<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Crossings</title>
<style>body { font: 16px/24px system-ui, sans-serif; max-width: 640px; margin: 10vh auto; padding: 0 24px; color: #1a1f24; background: #fcfbf8; }</style>
<h1>There is no network</h1><p>These views are kept in this browser:</p><ul>${rows.join("")}</ul>`;
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
