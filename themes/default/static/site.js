// Filtering and sorting of lists. Everything on the pages works without it; nothing is fetched and nothing is kept.
"use strict";

for (const tools of document.querySelectorAll(".tools")) {
  const table = tools.nextElementSibling;
  if (!table || table.tagName !== "TABLE") continue;
  const rows = [...table.tBodies[0].rows];
  const field = tools.querySelector(".filter");
  const count = tools.querySelector(".filter-count");
  tools.hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    count.textContent = words.length ? `${shown} of ${rows.length} on this page` : "";
  });
}

const collator = new Intl.Collator("en", { numeric: true });

for (const table of document.querySelectorAll("table[data-filter]")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].textContent.trim();
      const rows = [...body.rows].sort((a, b) => collator.compare(key(a), key(b)));
      if (down) rows.reverse();
      body.append(...rows);
    });
  });
}
