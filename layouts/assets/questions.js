/* The sheet of questions: shows the chosen form, and states what is asked. Nothing here counts. */
(function () {
  "use strict";
  const same = () => window.dash_clientside.no_update;
  const element = (id) => document.getElementById(id);
  const LONGEST = 2000; // of the address
  let before = "";
  let shown = null; // the question and its options, while the sheet is open
  const begin = {}; // what stood in each form at first

  /* What stands in the fields of a question's form. */
  function options(question) {
    const form = document.querySelector(`.question-form[data-question="${question}"]`);
    const labels = form ? [...form.querySelectorAll("[data-ask]")] : [];
    const fields = labels.map((label) => [label.dataset.ask, label.querySelector("input, select")]);
    return Object.fromEntries(fields.filter(([, field]) => field).map(([name, field]) => [name, field.value]));
  }

  /* An address with ?ask=compare&ask.by=cell opens the sheet at that question, once, its fields filled in. */
  let asked = new URLSearchParams(window.location.search);
  function openAsked() {
    const given = asked;
    asked = null;
    const question = given && given.get("ask");
    const form = [...document.querySelectorAll(".question-form")].find((each) => each.dataset.question === question);
    if (!form) return;
    for (const [name, value] of given) {
      const label = name.startsWith("ask.") && form.querySelector(`[data-ask="${CSS.escape(name.slice(4))}"]`);
      if (!label) continue;
      put(label.querySelector("input, select"), value);
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
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value.slice(0, LONGEST));
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
  }

  /* The question and what its fields say beyond how they began: part of the address while the sheet is open. */
  function asking() {
    if (!shown) return "";
    const begun = begin[shown.question] || {};
    const part = new URLSearchParams({ ask: shown.question });
    for (const [name, value] of Object.entries(shown.options)) if (value !== (begun[name] ?? "")) part.set(`ask.${name}`, value);
    return part.toString().length > LONGEST ? `ask=${shown.question}` : part.toString().replaceAll("%2C", ",");
  }

  function show(next) {
    shown = next;
    window.crossings.rewrite();
  }

  /* The sentence of an answer is read out, not the whole of it. */
  function say(answer) {
    const sentence = answer.querySelector("h3, .refused, p");
    if (sentence) element("answer-said").textContent = sentence.textContent;
  }

  /* Until the answer is there. */
  function wait(answer) {
    const summaries = () => [...answer.querySelectorAll("details.folded > summary")];
    const unfolded = summaries().filter((one) => one.parentElement.open).map((one) => one.textContent);
    answer.setAttribute("aria-busy", "true");
    const seen = new MutationObserver(() => {
      answer.removeAttribute("aria-busy");
      say(answer);
      for (const one of summaries()) if (unfolded.includes(one.textContent)) one.parentElement.open = true;
      window.crossings.writeTables(answer);
      seen.disconnect();
    });
    seen.observe(answer, { childList: true, subtree: true, characterData: true, attributeFilter: ["data-table"] });
  }

  window.crossings = Object.assign(window.crossings || {}, { questionAsked: asking });
  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.questions = {
    /* The query, the question and its options, while the sheet is open; nothing where they are as before. */
    asks(query, opened, question) {
      document.querySelectorAll(".question-form").forEach((form) => { form.hidden = form.dataset.question !== question; });
      setTimeout(() => window.crossings.nameChoices(), 60); // after the chosen word is drawn anew
      document.querySelectorAll(".question-form").forEach(({ dataset }) => (begin[dataset.question] = { ...options(dataset.question), ...begin[dataset.question] }));
      if (typeof query === "string") openAsked();
      if (opened !== "questions" || typeof query !== "string") {
        if (typeof query === "string") show(null);
        return same();
      }
      const asks = [query, question, options(question)];
      show({ question, options: asks[2] });
      const now = JSON.stringify(asks);
      if (now === before) return same();
      before = now;
      wait(element("answer"));
      return asks;
    },
  };

  document.addEventListener("change", (event) => {
    if (event.target.closest(".question-form")) window.dash_clientside.set_props("asked-again", { data: Date.now() });
  });
  /* Copies the sentence beside the button; where a page may not copy, the sentence is selected. */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const sentence = button.parentElement.querySelector(".safe");
    try {
      await navigator.clipboard.writeText(sentence.textContent);
      button.textContent = "Copied";
    } catch (refused) {
      window.getSelection().selectAllChildren(sentence);
      button.textContent = "Selected: copy it";
    }
  });
})();
