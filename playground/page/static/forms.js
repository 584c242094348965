// Controls of the app, wherever they stand: pressing, choosing, filling in, confirming, sending.
import { act, say } from "./talk.js";

const PRESSED = new Set(["button", "icon_button", "workflow_button", "feedback_buttons", "overflow"]);
const TYPED = new Set(["plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"]);
const LARGEST = 20_000_000; // bytes of a file
const DRAFT_WAIT = 250; // milliseconds after the last key before what was typed is kept

const modal = document.getElementById("modal");
const drafts = new Map();

/** Names a control for the server: where it stands, and its ids. */
export function placeOf(control) {
  const { blockId: block, actionId: action } = control.dataset;
  const form = control.closest("#modal form");
  if (form) return { on: "modal", view: form.dataset.viewId, block, action };
  if (control.closest("#home")) return { on: "home", block, action };
  return { on: "message", ts: control.closest("[data-ts]").dataset.ts, block, action };
}

/** What a control holds, as text or a list of texts. */
function valueOf(control) {
  if (control.matches("fieldset")) {
    const checked = [...control.querySelectorAll("input:checked")].map((box) => box.value);
    return control.dataset.kind === "checkboxes" ? checked : (checked[0] ?? "");
  }
  if (control.matches(".lookup > input")) {
    if (!control.hasAttribute("data-multi")) return control.dataset.value ?? "";
    return [...control.closest(".lookup").querySelectorAll(".chip")].map((chip) => chip.dataset.value);
  }
  if (control.matches("select[multiple]")) return [...control.selectedOptions].map((option) => option.value);
  return control.value;
}

/** Asks first where the app wants that. */
function sure(control) {
  const { confirmTitle, confirmText, confirmOk, confirmDeny, confirmStyle } = control.dataset;
  if (confirmTitle === undefined) return Promise.resolve(true);
  const dialog = document.getElementById("confirm");
  dialog.querySelector("#confirm-title").textContent = confirmTitle;
  dialog.querySelector("#confirm-text").textContent = confirmText;
  const yes = dialog.querySelector("[data-confirm]");
  const no = dialog.querySelector("[data-deny]");
  yes.textContent = confirmOk;
  no.textContent = confirmDeny;
  yes.className = `button button-${confirmStyle === "danger" ? "danger" : "primary"}`;
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => {
    const done = (answer) => {
      dialog.close();
      resolve(answer);
    };
    yes.onclick = () => done(true);
    no.onclick = () => done(false);
    dialog.oncancel = () => resolve(false);
  });
}

async function press(control, value) {
  if (control.hasAttribute("aria-busy")) return;
  if (!(await sure(control))) return;
  control.setAttribute("aria-busy", "true");
  // Keeping what was typed may bring the form anew, without this control in it.
  const place = placeOf(control);
  try {
    if (control.closest("#modal")) await keepDrafts();
    await act({ does: "press", ...place, value });
  } finally {
    control.removeAttribute("aria-busy");
  }
}

function forgetDrafts() {
  for (const [, timer] of drafts) clearTimeout(timer);
  drafts.clear();
}

function keep(control) {
  drafts.delete(control);
  return act({ does: "fill", ...placeOf(control), value: valueOf(control) });
}

async function keepDrafts() {
  const waiting = [...drafts.entries()];
  for (const [control, timer] of waiting) {
    clearTimeout(timer);
    await keep(control);
  }
}

function changed(control) {
  if (control.hasAttribute("data-dispatches")) {
    press(control, valueOf(control));
    return;
  }
  if (!control.closest("#modal")) return;
  clearTimeout(drafts.get(control));
  drafts.set(control, setTimeout(() => keep(control), DRAFT_WAIT));
}

const fieldOf = (element) => {
  const control = element.closest("fieldset[data-kind]") ?? element.closest("[data-kind]");
  return control && !PRESSED.has(control.dataset.kind) ? control : null;
};

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[data-kind], a[data-kind]");
  if (!pressed || !PRESSED.has(pressed.dataset.kind)) return;
  pressed.closest("details.overflow")?.removeAttribute("open");
  press(pressed, pressed.dataset.value);
});

document.addEventListener("change", ({ target }) => {
  const control = fieldOf(target);
  if (!control || control.matches(".lookup > input")) return;
  if (control.type === "file") {
    if (control.files.length) attach(control);
    return;
  }
  if (!TYPED.has(control.dataset.kind)) changed(control);
});

document.addEventListener("input", ({ target }) => {
  const control = fieldOf(target);
  if (control && TYPED.has(control.dataset.kind) && !control.hasAttribute("data-dispatches")) changed(control);
});

document.addEventListener("chosen", ({ target }) => changed(target));

document.addEventListener("keydown", (event) => {
  const control = fieldOf(event.target);
  if (event.key !== "Enter" || !control?.hasAttribute("data-dispatches") || !TYPED.has(control.dataset.kind)) return;
  if (control.matches("textarea")) return;
  event.preventDefault();
  press(control, valueOf(control));
});

// Forms

async function submit(form) {
  const send = form.querySelector("[data-view-submit]");
  if (!send || send.disabled || send.hasAttribute("aria-busy")) return;
  forgetDrafts();
  send.setAttribute("aria-busy", "true");
  const fields = [...form.querySelectorAll("[data-kind]")].filter((one) => !PRESSED.has(one.dataset.kind));
  const values = fields
    .filter((one) => one.type !== "file")
    .map((one) => ({ block: one.dataset.blockId, action: one.dataset.actionId, value: valueOf(one) }));
  try {
    await act({ does: "submit", view: form.dataset.viewId, values });
  } finally {
    send.removeAttribute("aria-busy");
  }
  const wrong = modal.querySelector('[aria-invalid="true"], .has-error fieldset input');
  if (wrong) wrong.focus();
}

async function closeModal() {
  forgetDrafts();
  await act({ does: "close" });
}

modal.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target);
});
modal.addEventListener("cancel", (event) => {
  event.preventDefault();
  closeModal();
});
modal.addEventListener("click", ({ target }) => {
  if (target.closest("[data-view-close], [data-view-back]")) closeModal();
});

// Files

/** A file as JSON takes it: in Base64, behind the comma of a data address. */
function packed(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, content: reader.result.split(",")[1] ?? "" });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function attach(control) {
  const large = [...control.files].find((file) => file.size > LARGEST);
  if (large) {
    say(`“${large.name}” is larger than 20 MB, which is the most here.`);
    control.value = "";
    return;
  }
  control.setAttribute("aria-busy", "true");
  const place = placeOf(control);
  try {
    const files = await Promise.all([...control.files].map(packed));
    await keepDrafts();
    await act({ does: "attach", ...place, files });
  } catch {
    say("This file cannot be read. Choose it again.");
  } finally {
    control.value = "";
    control.removeAttribute("aria-busy");
  }
}

modal.addEventListener("click", async ({ target }) => {
  const remove = target.closest("[data-file-remove]");
  if (!remove) return;
  const control = remove.closest(".files").querySelector("input");
  const place = placeOf(control);
  await keepDrafts();
  await act({ does: "detach", ...place, file: remove.dataset.fileRemove });
  document.getElementById(control.id)?.focus();
});

/** Shows the form on top, or none. */
export function showModal(key, html) {
  if (key === "none") {
    if (modal.open) modal.close();
    modal.replaceChildren();
    return;
  }
  const before = modal.querySelector("form")?.dataset.viewId;
  const focused = modal.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = modal.querySelector("form > .blocks")?.scrollTop ?? 0;
  forgetDrafts();
  modal.innerHTML = html;
  if (!modal.open) modal.showModal();
  const same = before === modal.querySelector("form").dataset.viewId;
  if (same) modal.querySelector("form > .blocks").scrollTop = scrolled;
  // As in Slack the first field of the form; a finder among its buttons would open its list over what was asked for.
  const first = "[autofocus], .blocks :is(input:not([type=hidden]), select, textarea):not(.actions *), .view-foot button";
  const target = (same && focused && document.getElementById(focused)) || modal.querySelector(first);
  target?.focus({ preventScroll: same });
}
