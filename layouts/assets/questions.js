/* The sheet of questions: shows the chosen form, and states what is asked. Nothing here counts. */
(function () {
  "use strict";
  const same = () => window.dash_clientside.no_update;
  const element = (id) => document.getElementById(id);
  let before = "";

  /* What stands in the fields of a question's form. */
  function options(question) {
    const form = document.querySelector(`.question-form[data-question="${question}"]`);
    const fields = form ? [...form.querySelectorAll("[data-ask]")] : [];
    return Object.fromEntries(fields.map((label) => [label.dataset.ask, label.querySelector("input, select").value]));
  }

  /* An address with ?ask=year opens the sheet at that question, once. */
  let asked = new URLSearchParams(window.location.search).get("ask");
  function openAsked() {
    const question = asked;
    asked = null;
    if (!question || ![...document.querySelectorAll(".question-form")].some((form) => form.dataset.question === question)) return;
    window.setTimeout(() => {
      window.dash_clientside.set_props("question", { value: question });
      element("show-questions").click();
    });
  }

  /* Until the answer is there. */
  function wait(answer) {
    answer.setAttribute("aria-busy", "true");
    const seen = new MutationObserver(() => {
      answer.removeAttribute("aria-busy");
      seen.disconnect();
    });
    seen.observe(answer, { childList: true, subtree: true, characterData: true });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.questions = {
    /* The query, the question and its options, while the sheet is open; nothing where they are as before. */
    asks(query, opened, question) {
      document.querySelectorAll(".question-form").forEach((form) => { form.hidden = form.dataset.question !== question; });
      setTimeout(() => window.crossings.nameChoices(), 60); // after the chosen word is drawn anew
      if (typeof query === "string") openAsked();
      if (opened !== "questions" || typeof query !== "string") return same();
      const asks = [query, question, options(question)];
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
