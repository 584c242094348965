// The page: puts every answer on the screen, and moves between people and places.
import "./lookup.js";
import "./composer.js";
import "./tables.js";
import { showModal } from "./forms.js";
import { greet, leaveMessage, onBecome, openPanel, show, showDone, showTour } from "./panels.js";
import { showStream } from "./stream.js";
import { act, have, listen, onAnswer, refresh, root, spot } from "./talk.js";

const part = (name) => document.getElementById(name);

/** Replaces a region's inside; what was open stays open, and the focus stays where it was. */
function fill(name, html) {
  const place = part(name);
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...place.querySelectorAll("details[open][id]")].map((one) => one.id);
  const panel = place.querySelector("[role=tabpanel]");
  const [scrolled, inside] = [place.scrollTop, panel?.scrollTop ?? 0];
  const typed = name === "composer" ? (part("composer-text")?.value ?? "") : "";
  place.innerHTML = html;
  for (const id of open) part(id)?.setAttribute("open", "");
  place.scrollTop = scrolled;
  if (panel) place.querySelector("[role=tabpanel]")?.scrollTo(0, inside);
  if (typed && part("composer-text") && have.room === spot.at) part("composer-text").value = typed;
  if (focused) part(focused)?.focus({ preventScroll: true });
}

function put(answer) {
  if (answer.at !== spot.at) {
    spot.at = answer.at;
    history.replaceState({ ...spot }, "", address());
  }
  for (const [name, region] of Object.entries(answer.regions)) {
    // Two answers under way at once may bring the same; what is typed into the first must stay.
    if (have.keys[name] === region.key) continue;
    have.keys[name] = region.key;
    if (name === "modal") showModal(region.key, region.html);
    else fill(name, region.html);
    if (name === "tour") showTour();
  }
  const atHome = spot.at === "home";
  part("home").hidden = !atHome;
  part("stream").hidden = atHome;
  showStream(answer.stream);
  part("aside").hidden = !spot.tab;
  showDone();
}

const address = () => `${root}/as/${spot.as}/${spot.at}`;

/** Goes to a place, perhaps as somebody else. */
async function go(place, person = spot.as, { remember = true } = {}) {
  const isOther = person !== spot.as;
  if (place !== spot.at || isOther) leaveMessage();
  Object.assign(spot, { as: person, at: place });
  if (remember) history.pushState({ ...spot }, "", address());
  if (isOther) {
    have.room = "";
    reopen();
  }
  show("chat");
  await (place === "home" ? act({ does: "home" }) : refresh());
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-room]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    go(link.dataset.room);
  }
  const goes = event.target.closest("[data-go]");
  if (goes) go(goes.dataset.go, goes.dataset.goAs || spot.as);
  const away = event.target.closest("[data-dismiss]");
  if (away) act({ does: "dismiss", ts: away.dataset.dismiss });
});

addEventListener("popstate", ({ state }) => {
  if (state) go(state.at, state.as, { remember: false });
});

onBecome((person) => go(spot.at, person));
onAnswer((answer) => {
  put(answer);
  if (answer.room && answer.room !== spot.at) go(answer.room);
});

history.replaceState({ ...spot }, "", address());
openPanel();
showTour();
const reopen = listen();
go(spot.at, spot.as, { remember: false });
greet();
