/* Says so when the server does not answer a change, and takes it back when it does again; asks again what a busy server
   has put off; closes the notice that part of the address was not understood. */
const BUSY = [429, 503];
const TIMES = 4;
const LONGEST = 15; // seconds that one asking waits

function say(state) {
  const notice = document.getElementById("trouble");
  if (!notice) return;
  notice.hidden = state === "answered";
  notice.classList.toggle("is-waiting", state === "waiting");
}

/* Seconds until a busy server may be asked again: what it says, within bounds, and not all readers at once. */
export function pause(answer, chance = Math.random()) {
  const said = Number.parseInt(answer.headers.get("Retry-After"), 10);
  return Math.min(Math.max(Number.isFinite(said) ? said : 2, 1), LONGEST) * (1 + chance / 2);
}

/* Return a fetch that asks a busy server again, a few times; `tell` hears how it stands. */
export function patient(ask, tell, sleep) {
  return async (target, options) => {
    for (let asked = 1; ; asked += 1) {
      const answer = await ask(target instanceof Request ? target.clone() : target, options);
      if (!BUSY.includes(answer.status) || asked === TIMES) return answer;
      tell();
      await sleep(pause(answer), options?.signal);
    }
  };
}

function sleeping(seconds, signal) {
  return new Promise((go, stop) => {
    const timer = setTimeout(go, seconds * 1000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      stop(signal.reason);
    });
  });
}

/* The notice about the address closes; the focus goes to the sentence of what is shown. */
function dismiss() {
  window.dash_clientside.set_props("not-understood", { hidden: true });
  const sentence = document.getElementById("sentence");
  sentence.tabIndex = -1;
  sentence.focus();
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    if (target.id === "not-understood-dismiss") dismiss();
  });
  const ask = patient(window.fetch.bind(window), () => say("waiting"), sleeping);
  window.fetch = async (target, options) => {
    if (!String(target?.url || target).includes("_dash-update-component")) return ask(target, options);
    try {
      const answer = await ask(target, options);
      say(answer.status >= 400 ? "failed" : "answered");
      return answer;
    } catch (failure) {
      if (failure.name !== "AbortError") say("failed");
      throw failure;
    }
  };
}
