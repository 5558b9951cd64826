/* Light or dark: as the system says, until the reader chooses; the choice is remembered in this browser alone. What is
   drawn without the stylesheet follows by the event "themechange". */
import { repaint } from "../map/basemap.mjs";
import { repaint as repaintRoutes } from "../map/routes.mjs";

const KEPT = "crossings-theme";
const system = () => window.matchMedia("(prefers-color-scheme: dark)");

/* A browser may refuse to keep anything: then the choice lasts as long as the page. */
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    return; // the page shows it all the same
  }
}

const shown = () => document.documentElement.dataset.theme;

function show(theme) {
  document.documentElement.dataset.theme = theme;
  tellButton();
  repaint();
  repaintRoutes();
  window.dispatchEvent(new Event("themechange"));
}

function tellButton() {
  const button = document.querySelector("[data-theme-switch]");
  if (button) button.textContent = shown() === "dark" ? button.dataset.light : button.dataset.dark;
}

const wanted = () => kept() || (system().matches ? "dark" : "light");

export function start() {
  document.documentElement.dataset.theme = wanted();
  system().addEventListener("change", () => show(wanted()));
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-theme-switch]")) return;
    keep(shown() === "dark" ? "light" : "dark");
    show(wanted());
  });
  const seen = new MutationObserver(() => {
    if (!document.querySelector("[data-theme-switch]")) return;
    seen.disconnect();
    tellButton();
  });
  seen.observe(document.body, { childList: true, subtree: true });
}
