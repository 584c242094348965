// Where one writes: messages, and slash commands with what completes them.
import { act } from "./talk.js";

const box = document.getElementById("composer");
const text = () => document.getElementById("composer-text");
const list = () => document.getElementById("completions");

function offered() {
  return [...list().querySelectorAll("[data-completion]")].filter((one) => !one.hidden);
}

function offer() {
  const typed = text().value.toLowerCase();
  const isCommand = typed.startsWith("/") && !typed.includes("\n");
  let some = false;
  for (const one of list().querySelectorAll("[data-completion]")) {
    const command = one.dataset.completion.toLowerCase();
    one.hidden = !(isCommand && command.startsWith(typed.trimEnd()) && command !== typed.trimEnd());
    one.setAttribute("aria-selected", "false");
    some ||= !one.hidden;
  }
  list().hidden = !some;
  text().removeAttribute("aria-activedescendant");
}

function close() {
  list().hidden = true;
  text().removeAttribute("aria-activedescendant");
}

function step(by) {
  const options = offered();
  if (!options.length) return;
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = (now + by + options.length) % options.length;
  options.forEach((one, place) => one.setAttribute("aria-selected", String(place === next)));
  options[next].scrollIntoView({ block: "nearest" });
  text().setAttribute("aria-activedescendant", options[next].id);
}

function complete(option) {
  text().value = option.dataset.completion;
  close();
  text().focus();
}

async function send() {
  const field = text();
  const words = field.value.trim();
  if (!words || field.hasAttribute("aria-busy")) return;
  close();
  field.setAttribute("aria-busy", "true");
  const answer = await act({ does: "say", text: words });
  field.removeAttribute("aria-busy");
  if (answer && !answer.says?.length) {
    const now = text();
    if (now) {
      now.value = "";
      grow(now);
    }
  }
}

function grow(field) {
  field.rows = Math.min(6, field.value.split("\n").length);
}

box.addEventListener("input", ({ target }) => {
  grow(target);
  offer();
});
box.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
box.addEventListener("focusout", () => setTimeout(() => box.contains(document.activeElement) || (text() && close()), 150));
box.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[data-completion]");
  if (!option) return;
  event.preventDefault();
  complete(option);
});
box.addEventListener("keydown", (event) => {
  if (event.target !== text()) return;
  const selected = list().hidden ? null : list().querySelector("[aria-selected=true]");
  if (!list().hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Tab" && !event.shiftKey && offered().length && !list().hidden) {
    event.preventDefault();
    complete(selected ?? offered()[0]);
  } else if (event.key === "Escape" && !list().hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (selected) complete(selected);
    else send();
  }
});
