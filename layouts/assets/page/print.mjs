/* What the page says on paper beyond what it says on the screen: its address and the day, and how large the map was drawn. */
import { pinned } from "./address_bar.mjs";

function prepare() {
  const map = document.querySelector(".map-panel");
  const foot = document.querySelector(".print-foot [data-words]");
  if (!map || !foot) return;
  const { style } = document.documentElement;
  style.setProperty("--wide", map.offsetWidth);
  style.setProperty("--high", map.offsetHeight);
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  foot.textContent = foot.dataset.words.replace("ADDRESS", () => pinned()).replace("DAY", day);
}

export const start = () => window.addEventListener("beforeprint", prepare);
