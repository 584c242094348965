// What stands around the conversation: who I am, the side panel, the tour, the time bar, the theme.
import { have, order, refresh, root, spot } from "./talk.js";

const body = document.body;
const aside = document.getElementById("aside");
const tour = document.getElementById("tour");
const switcher = document.getElementById("switcher");
const welcome = document.getElementById("welcome");
const search = document.getElementById("switcher-search");

// Views of a narrow screen

/** Shows one of the three columns where only one fits. */
export function show(view) {
  body.dataset.view = view;
  for (const one of document.querySelectorAll("[data-view-to]")) {
    one.toggleAttribute("aria-current", one.dataset.viewTo === view);
    if (one.dataset.viewTo === view) one.setAttribute("aria-current", "true");
  }
}

const isNarrow = () => matchMedia("(max-width: 860px)").matches;

// The side panel

function setPanel(tab, about = spot.about) {
  spot.tab = tab;
  spot.about = about;
  aside.hidden = !tab;
  sessionStorage.setItem("panel", tab);
  if (isNarrow()) show(tab ? "aside" : "chat");
  return refresh();
}

/** Opens the panel as it was before a reload. */
export function openPanel() {
  const tab = sessionStorage.getItem("panel");
  spot.tab = isNarrow() ? "" : (tab ?? "");
  aside.hidden = !spot.tab;
}

async function fillCall(details) {
  const inside = details.querySelector(".call-body");
  if (!details.open || inside.childElementCount) return;
  const response = await fetch(`${root}/call/${details.dataset.call}`);
  if (response.ok) inside.innerHTML = await response.text();
}
document.addEventListener("toggle", ({ target }) => target.matches?.("[data-call]") && fillCall(target), true);

// Who I am

let asked = 0;

async function listPeople() {
  const number = ++asked;
  const query = new URLSearchParams({ q: search.value, as: spot.as });
  const response = await fetch(`${root}/people?${query}`);
  if (!response.ok) return;
  const html = await response.text();
  // An answer to fewer letters may come last; it is not what was asked for last.
  if (number === asked) document.getElementById("switcher-list").innerHTML = html;
}

function openSwitcher() {
  search.value = "";
  listPeople();
  switcher.showModal();
  search.focus();
}

let be = () => {};
/** Sets what happens when the visitor becomes somebody else. */
export function onBecome(work) {
  be = work;
}

search.addEventListener("input", listPeople);
search.addEventListener("keydown", async (event) => {
  if (event.key === "Enter") {
    // Whoever types fast means what they typed, not what was listed for fewer letters.
    await listPeople();
    switcher.querySelector("[data-be]")?.click();
  }
  if (event.key === "ArrowDown") {
    event.preventDefault();
    switcher.querySelector("[data-be]")?.focus();
  }
});
switcher.addEventListener("change", ({ target }) => {
  if (target.dataset.behaves) order("behave", target.value, { person: target.dataset.behaves });
});

// The tour

const steps = () => [...tour.querySelectorAll("[data-step]")];

/** Shows the step the visitor is at. */
export function showTour() {
  const all = steps();
  const closed = sessionStorage.getItem("tour") === "closed";
  tour.hidden = closed || !all.length;
  if (!all.length) return;
  const at = Math.min(Number(sessionStorage.getItem("step") ?? 0), all.length - 1);
  all.forEach((step, place) => (step.hidden = place !== at));
  [...tour.querySelectorAll(".dots li")].forEach((dot, place) => dot.classList.toggle("here", place === at));
  tour.querySelector("[data-tour-back]").disabled = at === 0;
  const next = tour.querySelector("[data-tour-next]");
  next.textContent = at === all.length - 1 ? "Finish" : "Next";
  // The step's own button leads until it is done; then the way on does.
  next.classList.toggle("button-primary", all[at].hasAttribute("data-done") || !all[at].querySelector("[data-do-step]"));
}

function walk(by) {
  const at = Number(sessionStorage.getItem("step") ?? 0) + by;
  if (at >= steps().length) sessionStorage.setItem("tour", "closed");
  sessionStorage.setItem("step", String(Math.max(0, Math.min(at, steps().length - 1))));
  showTour();
}

let awaited = "";

async function doStep(step) {
  await order("step", step);
  awaited = step;
  showDone();
}

/** Once a step done for the visitor is over, shows them where it happened. */
export function showDone() {
  if (!awaited || document.querySelector(".moving")) return;
  const there = document.getElementById(`go-${awaited}`);
  awaited = "";
  there?.click();
}

// The welcome

/** Greets whoever comes for the first time in this tab. */
export function greet() {
  if (!welcome || sessionStorage.getItem("welcomed")) return;
  welcome.addEventListener("close", () => {
    sessionStorage.setItem("welcomed", "yes");
    tour.querySelector(".tour-step:not([hidden]) button")?.focus();
  });
  welcome.showModal();
}

// The theme

function switchTheme() {
  const page = document.documentElement;
  const isDark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = isDark ? "light" : "dark";
  localStorage.setItem("theme", page.dataset.theme);
}

// Clicks

const clicks = {
  "[data-close-dialog]": (one) => one.closest("dialog").close(),
  "[data-switcher]": openSwitcher,
  "[data-be]": (one) => {
    switcher.close();
    be(one.dataset.be);
  },
  "[data-panel]": () => setPanel(spot.tab ? "" : "why"),
  "[data-tab]": (one) => setPanel(one.dataset.tab),
  "[data-why]": (one) => setPanel("why", one.dataset.why),
  "[data-view-to]": (one) => {
    if (one.dataset.viewTo === "aside" && !spot.tab) setPanel("why");
    show(one.dataset.viewTo);
  },
  "[data-do-step]": (one) => doStep(one.dataset.doStep),
  "[data-welcome]": (one) => {
    if (one.dataset.welcome === "look") sessionStorage.setItem("tour", "closed");
    showTour();
    welcome.close();
  },
  "[data-order]": (one) => order(one.dataset.order, one.dataset.to),
  "[data-play]": () => order("play", document.querySelector("[data-speed]").value),
  "[data-theme-switch]": switchTheme,
  "[data-tour-open]": () => {
    sessionStorage.setItem("tour", "open");
    showTour();
    tour.querySelector("[data-tour-next]").focus();
  },
  "[data-tour-close]": () => {
    sessionStorage.setItem("tour", "closed");
    showTour();
  },
  "[data-tour-next]": () => walk(1),
  "[data-tour-back]": () => walk(-1),
};

document.addEventListener("click", ({ target }) => {
  for (const [selector, work] of Object.entries(clicks)) {
    const one = target.closest(selector);
    if (one && !one.disabled) {
      work(one);
      return;
    }
  }
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) openSwitcher();
  }
  if (event.target.matches?.("[data-tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const tabs = [...aside.querySelectorAll("[data-tab]")];
    const next = (tabs.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length;
    setPanel(tabs[next].dataset.tab).then(() => document.getElementById(tabs[next].id)?.focus());
  }
});

/** Forgets which message the panel was about. */
export function leaveMessage() {
  spot.about = "";
  delete have.keys.aside;
}
