// Data tables: sorted by a column, and turned page by page; all rows have come with the message.

const rowsOf = (table) => [...table.tBodies[0].rows];
const pageSize = (table) => Number(table.dataset.pageSize);

function show(table, first) {
  const rows = rowsOf(table);
  const size = pageSize(table);
  table.dataset.first = String(first);
  rows.forEach((row, place) => (row.hidden = place < first || place >= first + size));
  const around = table.closest("[data-data-table]");
  const said = around.querySelector("[data-page-said]");
  if (!said) return;
  said.textContent = `${first + 1} to ${Math.min(first + size, rows.length)} of ${rows.length}`;
  around.querySelector('[data-page-by="-1"]').disabled = first === 0;
  around.querySelector('[data-page-by="1"]').disabled = first + size >= rows.length;
}

const worth = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.number === undefined ? cell.textContent.trim() : Number(cell.dataset.number);
};

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

function sort(table, column) {
  const heads = [...table.tHead.rows[0].cells];
  const down = heads[column].getAttribute("aria-sort") === "ascending";
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = rowsOf(table).sort((one, other) => compare(worth(one, column), worth(other, column)));
  table.tBodies[0].append(...(down ? rows.reverse() : rows));
  show(table, 0);
}

document.addEventListener("click", ({ target }) => {
  const head = target.closest("[data-sort]");
  if (head) sort(head.closest("table"), Number(head.dataset.sort));
  const turn = target.closest("[data-page-by]");
  if (!turn) return;
  const table = turn.closest("[data-data-table]").querySelector("table");
  show(table, Number(table.dataset.first ?? 0) + Number(turn.dataset.pageBy) * pageSize(table));
});
