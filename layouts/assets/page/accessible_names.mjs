/* Names for what Plotly and Dash draw without one. */

export function nameCanvas() {
  const canvas = document.querySelector("#map canvas");
  if (canvas)
    canvas.setAttribute("aria-label", "Map of incidents and routes. Its numbers are in the table: press Table.");
}

/* Dash draws its choices as nameless list boxes around native inputs: leave the inputs, name the group. */
export function nameChoices() {
  for (const list of document.querySelectorAll('[role="listbox"]')) {
    const title = list.closest("fieldset, details")?.querySelector("legend, .many-label");
    list.setAttribute("aria-label", ((title || list).textContent || "").trim());
    list.setAttribute("role", "group");
  }
  for (const option of document.querySelectorAll(".dash-options-list-option")) {
    option.removeAttribute("role");
    option.removeAttribute("aria-selected");
  }
}
