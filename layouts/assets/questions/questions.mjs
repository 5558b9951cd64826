/* The sheet of questions: shows the chosen form, and states what is asked. Nothing here counts. */
import { nameChoices } from "../page/accessible_names.mjs";
import { askedPart } from "../page/address.mjs";
import { writeAsked } from "../page/address_bar.mjs";
import { writeTables } from "../page/tables.mjs";

const element = (id) => document.getElementById(id);
const forms = () => [...document.querySelectorAll(".question-form")];
const OLD_WORDS = { "ask.area": "ask.study_area" }; // of version 1, but for the country of a sector
let before = "";
const begun = {}; // what stood in each form at first

/* What stands in the fields of a question's form. */
function options(question) {
  const form = document.querySelector(`.question-form[data-question="${question}"]`);
  const labels = form ? [...form.querySelectorAll("[data-ask]")] : [];
  return Object.fromEntries(labels.map((label) => [label.dataset.ask, typed(fieldsOf(label))]));
}

const fieldsOf = (label) => [...label.querySelectorAll("input, select")];
/* What is typed in one field, or in the two of a window: its first and its last day, nothing while a day is missing. */
const typed = (fields) => (fields.every((field) => field.value) ? fields.map((field) => field.value).join("..") : "");

/* An address with ?ask=compare&ask.by=cell opens the sheet at that question, once, its fields filled in. */
let given = null; // what the address said when the page was read
function openAsked() {
  const asked = given;
  given = null;
  const question = asked?.get("ask");
  const form = forms().find((each) => each.dataset.question === question);
  if (!form) return;
  for (const [word, value] of asked) {
    const name = question === "sector" ? word : (OLD_WORDS[word] ?? word);
    const label = name.startsWith("ask.") && form.querySelector(`[data-ask="${CSS.escape(name.slice(4))}"]`);
    if (!label) continue;
    const fields = fieldsOf(label);
    const values = fields.length > 1 ? value.split("..") : [value];
    fields.forEach((field, at) => put(field, values[at] ?? ""));
    const folded = label.closest("details");
    if (folded && value) folded.open = true;
  }
  window.setTimeout(() => {
    window.dash_clientside.set_props("question", { value: question });
    element("show-questions").click();
  });
}

/* State a field's value as if it were typed; a list keeps what it has where it knows no such value. */
function put(field, value) {
  if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) return;
  const kind = field.tagName === "SELECT" ? window.HTMLSelectElement : window.HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
  for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
}

/* The sentence of an answer is read out, not the whole of it. */
function say(answer) {
  const sentence = answer.querySelector("h3, .refused, p");
  if (sentence) element("answer-said").textContent = sentence.textContent;
}

/* Show an answer from its top, with the focus on its sentence: where the sheet is opened or another question chosen by
   the pointer. Who goes through the questions by keys keeps the focus there. */
let isFocused = false;

/* What is to be typed before there is an answer; not on a touch screen, where its keys would cover the sheet. */
function fieldToFill() {
  const isAnswered = element("answer").querySelector("h3, .refused");
  if (isAnswered || !window.matchMedia("(pointer: fine)").matches) return null;
  return [...document.querySelectorAll(".question-form:not([hidden]) input")].find((one) => one.offsetParent);
}

export function focusAnswer() {
  isFocused = true;
  giveFocus();
}

function giveFocus() {
  if (!isFocused || document.activeElement?.closest?.(".question-form")) return; // who types already goes on typing
  const body = document.querySelector("#questions .panel-body");
  window.requestAnimationFrame(() => {
    body.scrollTop = 0;
    const space = document.querySelector(".sheet-space"); // of a phone, whose sheet scrolls as a whole
    if (space?.offsetHeight) space.parentElement.scrollTop = space.offsetHeight;
    const heading = element("answer").querySelector("h3, .refused, p");
    if (heading) heading.tabIndex = -1;
    (fieldToFill() || heading || body).focus({ preventScroll: true });
  });
}

/* Until the answer is there. */
function wait(answer) {
  const summaries = () => [...answer.querySelectorAll("details.folded > summary")];
  const unfolded = summaries()
    .filter((one) => one.parentElement.open)
    .map((one) => one.textContent);
  isFocused ||= answer.contains(document.activeElement); // what has the focus is about to be replaced
  answer.setAttribute("aria-busy", "true");
  const seen = new MutationObserver(() => {
    answer.removeAttribute("aria-busy");
    say(answer);
    giveFocus();
    isFocused = false;
    for (const one of summaries()) if (unfolded.includes(one.textContent)) one.parentElement.open = true;
    writeTables(answer);
    seen.disconnect();
  });
  seen.observe(answer, { childList: true, subtree: true, characterData: true, attributeFilter: ["data-table"] });
}

/* Follow a change of the query, the sheet or the question's options; return the three, while the sheet is open, and null
   where they are as before. */
export function follow(query, opened, question) {
  for (const form of forms()) form.hidden = form.dataset.question !== question;
  setTimeout(nameChoices, 60); // after the chosen word is drawn anew
  for (const { dataset } of forms())
    begun[dataset.question] = { ...options(dataset.question), ...begun[dataset.question] };
  if (typeof query !== "string") return null;
  openAsked();
  if (opened !== "questions") {
    if (opened !== "table") writeAsked(opened === "sources" ? "ask=sources" : "");
    return null;
  }
  const asks = [query, question, options(question)];
  writeAsked(askedPart(question, asks[2], begun[question] || {}));
  const now = JSON.stringify(asks);
  if (now === before) return null;
  before = now;
  element("answer").dataset.asked = question; // what is on the map of another goes (map/answer.mjs)
  wait(element("answer"));
  return asks;
}

/* Copy the sentence beside the button; where a page may not copy, the sentence is selected. */
async function copySentence(button) {
  const sentence = button.parentElement.querySelector(".safe");
  try {
    await navigator.clipboard.writeText(sentence.textContent);
    button.textContent = "Copied";
  } catch {
    window.getSelection().selectAllChildren(sentence);
    button.textContent = "Selected: copy it";
  }
}

/* What is chosen in an answer's own list stands in the one field of its question's form. */
function choose(value) {
  put(document.querySelector(".question-form:not([hidden]) [data-ask] input"), value);
  focusAnswer();
  window.dash_clientside.set_props("asked-again", { data: Date.now() });
}

export function start() {
  given = new URLSearchParams(window.location.search);
  document.addEventListener("change", ({ target }) => {
    if (target.closest(".question-form")) window.dash_clientside.set_props("asked-again", { data: Date.now() });
  });
  document.addEventListener("click", ({ target, detail }) => {
    if (detail > 0 && target.closest(".question-names")) focusAnswer();
    const chosen = target.closest("[data-choose]");
    if (chosen) choose(chosen.dataset.choose);
    const button = target.closest("[data-copy]");
    if (button) copySentence(button);
  });
}
