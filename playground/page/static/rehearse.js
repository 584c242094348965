// Rehearse my program: sends the roster, shows how far it is, then the digest.
const root = document.body.dataset.root;
const form = document.getElementById("studio-form");
const start = document.getElementById("studio-start");
const stop = document.getElementById("studio-stop");
const bar = document.getElementById("studio-progress");
const result = document.getElementById("result");
const WAIT = 400; // milliseconds between two looks at the progress

const post = (path, body) =>
  fetch(root + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function faults(sentences) {
  const place = document.getElementById("faults");
  place.replaceChildren();
  if (!sentences.length) return;
  const title = document.createElement("p");
  title.textContent = "Nothing was started. Please mend:";
  const list = document.createElement("ul");
  for (const sentence of sentences) {
    const li = document.createElement("li");
    li.textContent = sentence;
    list.append(li);
  }
  place.append(title, list);
}

const NOT_TEXT = "This is not a text file in UTF-8. In your spreadsheet choose “Save as”, then “CSV UTF-8”.";

/** The text of a file; it throws where it is none. */
async function textOf(file) {
  if (!file) return "";
  return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
}

/** What to do about a file that cannot be read. */
function unreadable(error, field) {
  if (error instanceof TypeError) return NOT_TEXT;
  field.value = ""; // or choosing it again would change nothing
  return "This file has changed since you chose it. Choose it again.";
}

/** Puts kept settings into the form. */
async function takeSettings(field) {
  const said = document.getElementById("settings-said");
  said.textContent = "";
  faults([]);
  const { name } = field.files[0];
  let text;
  try {
    text = await textOf(field.files[0]);
  } catch (error) {
    faults([unreadable(error, field)]);
    return;
  }
  field.value = ""; // so that the same file, mended, can be chosen again
  const response = await post("/rehearse/settings", { settings: text });
  const answer = await response.json();
  faults(answer.faults ?? answer.says ?? []);
  if (!answer.chosen || answer.faults.length) return;
  for (const [name, value] of Object.entries(answer.chosen)) form.elements[name].value = value;
  said.textContent = `Taken from ${name}.`;
}

document.getElementById("settings").addEventListener("change", ({ target }) => {
  if (target.files.length) takeSettings(target);
});
document.getElementById("settings-keep").addEventListener("click", ({ currentTarget }) => {
  currentTarget.href = `${root}/rehearse/settings.csv?${new URLSearchParams(new FormData(form))}`;
});

/** Gives the digest its whole height, so that nothing scrolls inside what scrolls. */
function stretch(frame) {
  const inside = frame.contentDocument?.body;
  if (!inside) return;
  new ResizeObserver(() => (frame.style.height = `${inside.scrollHeight + 2}px`)).observe(inside);
}

async function watch() {
  for (;;) {
    const response = await fetch(`${root}/rehearse/progress`);
    const now = await response.json();
    bar.hidden = now.state === "idle";
    bar.querySelector("progress").value = now.share;
    bar.querySelector("progress").hidden = now.state !== "running";
    document.getElementById("studio-sentence").textContent = now.sentence;
    start.disabled = now.state === "running";
    stop.hidden = now.state !== "running";
    result.hidden = now.state !== "done";
    if (now.state === "done") {
      const frame = document.getElementById("digest");
      frame.addEventListener("load", () => stretch(frame), { once: true });
      frame.src = frame.dataset.src;
    }
    if (now.state !== "running") return;
    await new Promise((resolve) => setTimeout(resolve, WAIT));
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  faults([]);
  const field = document.getElementById("roster");
  let text;
  try {
    text = await textOf(field.files[0]);
  } catch (error) {
    faults([unreadable(error, field)]);
    return;
  }
  start.disabled = true;
  const response = await post("/rehearse", { roster: text, chosen: Object.fromEntries(new FormData(form)) });
  const answer = await response.json();
  start.disabled = false;
  faults(answer.faults ?? answer.says ?? []);
  if (response.ok && answer.faults && !answer.faults.length) watch();
});
stop.addEventListener("click", () => post("/rehearse/stop", {}));
watch();
