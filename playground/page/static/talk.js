// Where this tab is, and the conversation with the server: every answer brings whatever changed on the screen.

export const root = document.body.dataset.root;

/** Who the visitor is, what is on the screen, and which panel is open. */
export const spot = {
  as: document.body.dataset.as,
  at: document.body.dataset.at,
  tab: "",
  about: "",
};

/** What the browser has already, so that only changes travel. */
export const have = { keys: {}, room: "", oldest: "", change: 0 };

let sent = 0;
let applied = 0;
let apply = () => {};

/** Sets what is done with each answer. */
export function onAnswer(work) {
  apply = work;
}

/** Posts JSON and gives the answer's; what went wrong is said on the screen. */
export async function post(path, body) {
  let response;
  try {
    response = await fetch(root + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ spot, ...body }),
    });
  } catch {
    lost("The simulation has stopped. Start it again in the terminal, and open the address it prints.");
    return null;
  }
  if (response.status === 404) {
    lost("This tab belongs to an earlier run. Open the address the terminal printed last.");
    return null;
  }
  if (!response.ok) {
    say("Something went wrong in the simulation itself. The terminal says more.");
    return null;
  }
  lost("");
  return response.json();
}

/** Asks for something and shows what came of it. */
export async function talk(path, body = {}) {
  const number = ++sent;
  const where = `${spot.as} ${spot.at} ${spot.tab} ${spot.about}`;
  const answer = await post(path, { have, ...body });
  if (answer === null) return null;
  for (const sentence of answer.says ?? []) say(sentence);
  const moved = where !== `${spot.as} ${spot.at} ${spot.tab} ${spot.about}`;
  if (!answer.regions || moved) return answer;
  if (number > applied) {
    applied = number;
    apply(answer);
  } else {
    // A later look came back first, and may be from before this was done: only one more look is sure to show it.
    await talk("/state");
  }
  return answer;
}

let running = null;
let again = false;

/** Brings the screen up to date; calls that come meanwhile are answered by one more look. */
export async function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = talk("/state");
  try {
    await running;
  } finally {
    running = null;
    if (again) {
      again = false;
      refresh();
    }
  }
}

/** Does a deed as the person the visitor is. */
export function act(deed) {
  return talk("/do", { deed });
}

/** Gives the direction an order. */
export function order(what, to = "", more = {}) {
  return talk("/direct", { order: { what, to, ...more } });
}

/** Says a sentence in a corner, aloud too, for as long as it takes to read. */
export function say(sentence) {
  const toasts = document.getElementById("toasts");
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = sentence;
  // A dialog makes everything outside it inert, so what is said about it has to be inside.
  (document.querySelector("dialog[open]") ?? toasts).append(toast);
  setTimeout(() => toast.remove(), 3500 + 60 * sentence.length);
}

function lost(sentence) {
  let bar = document.getElementById("lost");
  if (!sentence) {
    bar?.remove();
    return;
  }
  if (!bar) {
    bar = document.createElement("p");
    bar.id = "lost";
    bar.className = "lost";
    bar.setAttribute("role", "alert");
    document.body.prepend(bar);
  }
  bar.textContent = sentence;
}

/** Listens for news; between two connections everything may have changed. */
export function listen() {
  let source = null;
  const open = () => {
    source?.close();
    source = new EventSource(`${root}/news?as=${encodeURIComponent(spot.as)}`);
    source.onmessage = () => refresh();
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) refresh();
    };
  };
  open();
  return open;
}
