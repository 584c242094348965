// The conversation: new messages at the end, changes in place, older ones as one scrolls up.
import { act, have, post, refresh, spot } from "./talk.js";

const scroller = document.getElementById("stream");
const list = scroller.querySelector("[data-messages]");
const loading = scroller.querySelector(".stream-older");
const empty = scroller.querySelector(".stream-empty");
const NEAR = 90; // pixels from the end that still count as being at the end

let hasOlder = false;
let isLoading = false;
let lastRead = "";

const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;

function item(ts, html) {
  const li = document.createElement("li");
  li.dataset.ts = ts;
  li.innerHTML = html;
  return li;
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(fresh);
  if (focused) (document.getElementById(focused) ?? fresh.querySelector("button, a, input, select"))?.focus();
}

function divider(before) {
  list.querySelector(".new-here")?.remove();
  const li = list.querySelector(`[data-ts="${before}"]`);
  if (!li) return null;
  const mark = document.createElement("li");
  mark.className = "new-here";
  mark.innerHTML = "<span>New</span>";
  li.before(mark);
  return mark;
}

/** Scrolls to the end; what just arrived and fills the screen is read from its beginning. */
function toNewest(arrived) {
  const long = arrived && arrived === list.lastElementChild && arrived.offsetHeight > scroller.clientHeight;
  scroller.scrollTop = long ? arrived.offsetTop - 8 : scroller.scrollHeight;
}

/** Shows a conversation as the server tells it. */
export function showStream(told) {
  const fresh = have.room !== told.room;
  const stays = fresh || atEnd();
  if (fresh) {
    list.replaceChildren();
    hasOlder = told.older;
    lastRead = "";
  }
  const there = new Map([...list.querySelectorAll("[data-ts]")].map((li) => [li.dataset.ts, li]));
  const wanted = new Set(told.order);
  for (const [ts, li] of there) if (!wanted.has(ts)) li.remove();
  let missing = false;
  let arrived = null;
  let last = null;
  for (const ts of told.order) {
    const html = told.items[ts];
    let li = there.get(ts);
    if (html !== undefined) {
      const made = item(ts, html);
      if (li) replace(li, made);
      else if (last) last.after(made);
      else list.prepend(made);
      if (!fresh && !li) {
        made.classList.add("arrived");
        arrived = made;
      }
      li = made;
    } else if (!li) missing = true;
    if (li) last = li;
  }
  have.room = told.room;
  have.oldest = told.order[0] ?? "";
  have.change = missing ? 0 : told.change;
  empty.hidden = told.order.length > 0;
  if (fresh) {
    const mark = told.unread ? divider(told.unread) : null;
    if (mark) mark.scrollIntoView({ block: "center" });
    else scroller.scrollTop = scroller.scrollHeight;
  } else if (stays) toNewest(arrived);
  if (missing) refresh();
  markRead(told.order.at(-1) ?? "");
}

function markRead(newest) {
  if (!newest || newest <= lastRead || document.hidden || scroller.hidden) return;
  lastRead = newest;
  act({ does: "read" });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) markRead([...list.querySelectorAll("[data-ts]")].at(-1)?.dataset.ts ?? "");
});

async function loadOlder() {
  if (!hasOlder || isLoading || !have.oldest) return;
  isLoading = true;
  loading.hidden = false;
  const room = have.room;
  const answer = await post("/older", { before: have.oldest });
  isLoading = false;
  loading.hidden = true;
  if (!answer?.order || room !== have.room || spot.at !== room) return;
  const height = scroller.scrollHeight;
  const top = scroller.scrollTop;
  list.prepend(...answer.order.map((ts) => item(ts, answer.items[ts])));
  scroller.scrollTop = top + scroller.scrollHeight - height;
  have.oldest = answer.order[0] ?? have.oldest;
  hasOlder = answer.older;
}

scroller.addEventListener("scroll", () => {
  if (scroller.scrollTop < 400) loadOlder();
});
