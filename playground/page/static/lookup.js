// Selects one types into: people, channels, or whatever the app offers for what was typed.
import { post, root } from "./talk.js";
import { placeOf } from "./forms.js";

const WAIT = 120; // milliseconds after the last key, so that not every letter asks

let timer = 0;
let asked = 0;

const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));

async function find(input) {
  const typed = input.value.trim();
  if (input.dataset.source !== "external") {
    const query = new URLSearchParams({ source: input.dataset.source, q: typed });
    const response = await fetch(`${root}/choices?${query}`);
    return response.ok ? ((await response.json()).choices ?? []) : [];
  }
  const least = Number(input.dataset.minQueryLength ?? 0);
  if (typed.length < least) return { note: `Type ${least} letters or more` };
  const answer = await post("/suggest", { deed: { ...placeOf(input), typed } });
  return answer?.choices ?? [];
}

function close(input) {
  const list = listOf(input);
  if (!list) return; // the form has gone meanwhile
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

/** Narrows the choices that came with the form. */
function narrow(input) {
  const list = listOf(input);
  const typed = input.value.trim().toLowerCase();
  const chips = input.closest(".lookup").querySelectorAll(".chip");
  const chosen = new Set([...chips].map((chip) => chip.dataset.value));
  for (const option of list.children) {
    option.hidden = chosen.has(option.dataset.value) || !option.textContent.toLowerCase().includes(typed);
    option.setAttribute("aria-selected", "false");
  }
  list.hidden = ![...list.children].some((option) => !option.hidden);
  input.setAttribute("aria-expanded", String(!list.hidden));
}

async function offer(input) {
  if (input.dataset.source === "static") {
    narrow(input);
    return;
  }
  const number = ++asked;
  const found = await find(input);
  if (number !== asked || document.activeElement !== input) return;
  const list = listOf(input);
  list.replaceChildren();
  const rows = found.note ? [] : found;
  if (!rows.length) {
    const li = document.createElement("li");
    li.className = "nothing";
    li.textContent = found.note ?? "Nothing fits. Try fewer letters.";
    list.append(li);
  }
  rows.forEach((choice, place) => {
    const li = document.createElement("li");
    li.role = "option";
    li.id = `${input.id}-choice-${place}`;
    li.dataset.value = choice.value;
    li.textContent = choice.text;
    li.setAttribute("aria-selected", "false");
    list.append(li);
  });
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function pick(input, option) {
  if (input.hasAttribute("data-multi")) {
    const chips = input.closest(".lookup").querySelector(".chips");
    const most = Number(input.dataset.maxSelected ?? 0);
    const has = [...chips.children].some((chip) => chip.dataset.value === option.dataset.value);
    if (!has && !(most && chips.children.length >= most)) {
      const chip = document.createElement("li");
      chip.className = "chip";
      chip.dataset.value = option.dataset.value;
      chip.append(option.firstChild.textContent, " ");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "chip-remove";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `Remove ${option.firstChild.textContent}`);
      chip.append(remove);
      chips.append(chip);
    }
    input.value = "";
  } else {
    input.value = option.textContent;
    input.dataset.value = option.dataset.value;
  }
  close(input);
  input.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

function step(input, by) {
  const options = [...listOf(input).querySelectorAll("[role=option]:not([hidden])")];
  if (!options.length) return;
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = (now + by + options.length) % options.length;
  options.forEach((one, place) => one.setAttribute("aria-selected", String(place === next)));
  options[next].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[next].id);
}

const isLookup = (element) => element.matches?.(".lookup > input");

document.addEventListener("focusin", ({ target }) => {
  // A form that opens puts the focus into its first field; a list over the rest would be in the way.
  if (isLookup(target) && target.dataset.source !== "static") offer(target);
});
document.addEventListener("click", ({ target }) => isLookup(target) && offer(target));
document.addEventListener("input", ({ target }) => {
  if (!isLookup(target)) return;
  clearTimeout(timer);
  timer = setTimeout(() => offer(target), WAIT);
  if (!target.value && !target.hasAttribute("data-multi") && target.dataset.value) {
    target.dataset.value = "";
    target.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }
});
document.addEventListener("focusout", ({ target }) => {
  // A click on a suggestion takes the focus away first.
  if (isLookup(target)) setTimeout(() => document.activeElement === target || close(target), 150);
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest(".suggestions [role=option]");
  if (!option) return;
  event.preventDefault();
  pick(option.closest(".lookup").querySelector("input"), option);
});
document.addEventListener("click", ({ target }) => {
  const remove = target.closest(".lookup .chip-remove");
  if (!remove) return;
  const input = remove.closest(".lookup").querySelector("input");
  remove.closest(".chip").remove();
  input.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  input.focus();
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!isLookup(input)) return;
  const isOpen = input.getAttribute("aria-expanded") === "true";
  const selected = listOf(input).querySelector("[aria-selected=true]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen) step(input, event.key === "ArrowDown" ? 1 : -1);
    else offer(input);
  } else if (event.key === "Enter" && isOpen && selected) {
    event.preventDefault();
    pick(input, selected);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    event.stopPropagation();
    close(input);
  }
});
