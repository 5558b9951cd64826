/* Says so when the server does not answer a change, and takes it back when it does again. */
(function () {
  "use strict";
  const ask = window.fetch.bind(window);

  function trouble(is) {
    const notice = document.getElementById("trouble");
    if (notice) notice.hidden = !is;
  }

  window.fetch = async function (target, options) {
    const address = String(target && target.url ? target.url : target);
    if (!address.includes("_dash-update-component")) return ask(target, options);
    try {
      const answer = await ask(target, options);
      trouble(answer.status >= 400);
      return answer;
    } catch (failure) {
      if (failure.name !== "AbortError") trouble(true);
      throw failure;
    }
  };
})();
