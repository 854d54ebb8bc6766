// What the report does beyond being read: sort, filter, deep links, reasons on hover and on focus, printing whole.
// Everything that it shows is in the page already, and it writes text, never markup.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// --- sorting ---

const order = new Intl.Collator("en", { numeric: true });

function sortBy(heading) {
  const table = heading.closest("table");
  const column = heading.cellIndex;
  const numeric = heading.dataset.sort === "number";
  const now = heading.getAttribute("aria-sort");
  const first = numeric && !heading.classList.contains("c-severity") ? "descending" : "ascending";
  const next = now === null ? first : now === "ascending" ? "descending" : "ascending";
  all("th[aria-sort]", table).forEach((th) => th.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", next);
  const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
  const compare = numeric ? (a, b) => Number(a) - Number(b) : order.compare;
  const rows = all("tbody tr", table).map((row) => [value(row), row]);
  rows.sort(([a], [b]) => (next === "ascending" ? compare(a, b) : compare(b, a)));
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

for (const heading of all("th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sortBy(heading));
  heading.append(button);
}

// --- filtering ---

// The publisher and the check in the address (#publisher=...&check=...), which a cell of the heat table sets.
let chosen = new URLSearchParams();

// Whether what a baseline knows is left out; there is no such box where nothing is known.
const newOnly = document.getElementById("new-only");

function plainName(name) {
  const joined = name.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
  return joined.replace(/^the/, "").replace(/(news|online|com)$/, "") || joined;
}

function isChosen(story) {
  const publisher = chosen.get("publisher");
  const check = chosen.get("check");
  if (publisher !== null && plainName(story.dataset.publisher) !== plainName(publisher)) return false;
  const checks = newOnly?.checked ? story.dataset.checks : `${story.dataset.checks} ${story.dataset.known}`;
  return check === null || checks.split(" ").includes(check);
}

function filter(input) {
  const rows = input.dataset.filters === "row";
  const items = all(rows ? "[data-row]" : newOnly?.checked ? "[data-story]:not(.known)" : "[data-story]");
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const item of items) {
    const text = (rows ? item : item.querySelector("summary")).textContent.toLowerCase();
    item.hidden = !words.every((word) => text.includes(word)) || !(rows || isChosen(item));
    left += item.hidden ? 0 : 1;
  }
  if (rows) {
    for (const fold of all(".fold")) {
      const any = fold.querySelector("[data-row]:not([hidden])") !== null;
      if (fold.dataset.was === undefined) fold.dataset.was = fold.open ? "open" : "";
      fold.open = words.length ? any : fold.dataset.was === "open";
      if (!words.length) delete fold.dataset.was;
    }
  }
  const told = input.parentElement.querySelector("output");
  told.textContent = !words.length ? "" : left ? `${left} of ${items.length}` : `No ${rows ? "check" : "story"} matches`;
  if (!rows) tellChosen(left);
}

function tellChosen(left) {
  const told = document.querySelector(".chosen");
  told.hidden = ![...chosen.keys()].length;
  if (told.hidden) return;
  const publisher = chosen.get("publisher");
  const check = chosen.get("check");
  const whose = publisher === null ? "" : ` of ${publisher || "an unknown publisher"}`;
  const which = `${whose}${check === null ? "" : ` with ${check}`}`;
  told.querySelector("output").textContent = left ? `Stories${which}: ${left}` : `The page has no story${which}.`;
}

function choose(address) {
  const input = document.getElementById("filter-stories");
  if (!input) return;
  chosen = address;
  input.value = "";
  filter(input);
}

for (const button of all("[data-show-all]")) {
  button.addEventListener("click", () => {
    choose(new URLSearchParams());
    history.replaceState(null, "", "#stories");
  });
}

const filters = all("input[data-filters]");
for (const input of filters) {
  input.closest(".filter").hidden = false;
  input.addEventListener("input", () => filter(input));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    input.value = "";
    filter(input);
  });
}

newOnly?.addEventListener("change", () => filters.forEach((input) => input.dataset.filters === "row" || filter(input)));

for (const button of all("[data-unfold]")) {
  button.addEventListener("click", () => {
    const stories = all("[data-story] > details");
    const open = stories.some((story) => !story.open);
    stories.forEach((story) => (story.open = open));
    button.textContent = open ? "Close all" : "Open all";
  });
}

// --- deep links ---

const pointed = (anchor) => all(`mark[data-f~="${CSS.escape(anchor)}"], li#${CSS.escape(anchor)}`);

function arrive() {
  all(".is-pointed").forEach((element) => element.classList.remove("is-pointed"));
  const address = location.hash.slice(1);
  if (/^(publisher|check)=/.test(address)) {
    choose(new URLSearchParams(address));
    document.getElementById("stories")?.scrollIntoView();
    return;
  }
  let anchor;
  try {
    anchor = decodeURIComponent(location.hash.slice(1));
  } catch {
    return;
  }
  const target = anchor && document.getElementById(anchor);
  if (!target) return;
  if (newOnly?.checked && target.closest(".known")) newOnly.click();
  for (let up = target; up; up = up.parentElement) {
    if (up.localName === "details") up.open = true;
    if (up.hidden && up.dataset.story !== undefined) {
      choose(new URLSearchParams());
    }
  }
  if (target.matches(".working")) target.focus({ preventScroll: true });
  const details = target.querySelector(":scope > details");
  if (details) details.open = true;
  const read = target.closest(".story")?.querySelector('input[value="read"]');
  if (read) read.checked = true;
  const marks = pointed(anchor);
  marks.forEach((element) => element.classList.add("is-pointed"));
  const mark = marks.find((element) => element.localName === "mark");
  (mark ?? target).scrollIntoView({ block: mark ? "center" : "start" });
  if (target.matches(".note")) target.focus({ preventScroll: true });
}

addEventListener("hashchange", arrive);
document.addEventListener("click", (event) => {
  // A second click on the same link changes no hash, but is meant.
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash === location.hash) arrive();
});
if (location.hash) arrive();

for (const table of all(".heat")) {
  const open = (cell) => {
    const found = cell?.matches("[data-tip]:not(.t0)") && cell.parentElement.dataset.publisher !== undefined;
    if (!found) return;
    const check = table.tHead.rows[1].cells[cell.cellIndex].dataset.check;
    location.hash = `publisher=${encodeURIComponent(cell.parentElement.dataset.publisher)}&check=${encodeURIComponent(check)}`;
  };
  table.addEventListener("click", (event) => open(event.target.closest("td")));
  table.addEventListener("keydown", (event) => {
    if (event.key === "Enter") open(event.target.closest("td"));
  });
}

// --- copying: the lines of a publisher, and what can be done with a finding ---

async function copy(text, told, name) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = `${name} copied`;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    told.after(box);
    box.select();
    told.textContent = document.execCommand("copy") ? `${name} copied` : "The browser does not allow it";
    box.remove();
  }
}

// A lexicon has one phrase a line; # begins a comment, and [ a section.
const lexiconLines = (texts) => ["[page]", ...texts.filter((text) => !/^[#[]|\n/.test(text))].join("\n") + "\n";

function pythonLines(texts) {
  const lines = texts.map((text) => `    ${JSON.stringify(text)},`).join("\n");
  return `DROP = {\n${lines}\n}\nbody = "\\n".join(line for line in body.split("\\n") if line.strip() not in DROP)\n`;
}

const formats = { list: (texts) => texts.join("\n") + "\n", python: pythonLines, lexicon: lexiconLines };

for (const line of all(".copying")) {
  line.hidden = false;
  line.addEventListener("click", (event) => {
    const format = event.target.dataset?.copy;
    if (!format) return;
    const items = all("[data-text]", line.parentElement).filter((item) => item.dataset.field === "body");
    const texts = [...new Set(items.map((item) => item.dataset.text))];
    copy(formats[format](texts), line.querySelector("output"), `${texts.length} ${texts.length === 1 ? "line" : "lines"}`);
  });
}

function asData(note) {
  const story = note.closest("[data-story]").dataset;
  const part = (name) => note.querySelector(name)?.textContent.trim();
  return {
    fingerprint: note.id.slice(2),
    check: part(".check"),
    severity: part(".severity"),
    field: note.dataset.field,
    text: note.dataset.text,
    reason: part(".reason"),
    repair: note.dataset.repair,
    article_id: story.article,
    where: story.where,
    publisher: story.publisher,
  };
}

const link = (note) => `${location.href.split("#")[0]}#${note.id}`;
const doings = {
  "Link": link,
  "Lexicon line": (note) => lexiconLines([note.dataset.text.trim()]),
  "Accept": (note) => `copydesk accept ${note.id.slice(2)} --reason "why it is right"`,
  "JSON": (note) => JSON.stringify(asData(note), null, 2),
};
const menu = document.createElement("div");
menu.id = "menu";
menu.setAttribute("role", "group");
menu.setAttribute("aria-label", "Copy from this finding");
const said = document.createElement("output");
said.className = "told";
for (const [name, make] of Object.entries(doings)) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", () => copy(make(menu.closest(".note")), said, name));
  menu.append(button);
}
menu.append(said);

function toggleMenu(button) {
  const note = button.closest(".note");
  const open = menu.parentElement !== note;
  menu.parentElement?.querySelector(".more-of").setAttribute("aria-expanded", "false");
  menu.remove();
  said.textContent = "";
  if (!open) return;
  menu.children[1].hidden = !note.dataset.text || note.dataset.text.includes("\n");
  note.append(menu);
  button.setAttribute("aria-expanded", "true");
}

for (const what of all(".note .what")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "more-of";
  button.textContent = "…";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", `Copy from finding ${what.querySelector(".number").textContent}`);
  button.addEventListener("click", () => toggleMenu(button));
  what.append(button);
}

// --- the reason, on hover and on focus ---

const tip = document.getElementById("tip");
let owner = null;

function line(name, said) {
  const div = document.createElement("div");
  const b = document.createElement("b");
  const bdi = document.createElement("bdi");
  b.textContent = name;
  bdi.textContent = said;
  div.append(b, bdi);
  return div;
}

// What is said of a mark stands in its notes; of a cell, in the heads of its row and column; of a bar, in its label.
function lines(element) {
  if (element.dataset.f) {
    const anchored = element.dataset.f.split(" ").map((anchor) => document.getElementById(anchor)).filter(Boolean);
    const notes = anchored.filter((note) => !(newOnly?.checked && note.matches(".known")));
    const part = (note, name) => note.querySelector(name).textContent;
    return notes.map((note) => line(part(note, ".check"), part(note, ".reason")));
  }
  if (element.localName === "td") {
    const heads = element.closest("table").tHead.rows[1].cells;
    const row = element.parentElement.cells[0].textContent;
    return [line(`${row} · ${heads[element.cellIndex].textContent}`, element.dataset.tip)];
  }
  return [line(element.getAttribute("aria-label").split(": ")[0], element.dataset.tip)];
}

function show(element) {
  const said = lines(element);
  if (!said.length) return;
  tip.replaceChildren(...said);
  tip.hidden = false;
  const box = element.getClientRects()[0];
  const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = box.bottom + tip.offsetHeight + 8 < innerHeight;
  tip.style.left = `${Math.max(8, left) + scrollX}px`;
  tip.style.top = `${(below ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + scrollY}px`;
  owner?.removeAttribute("aria-describedby");
  owner = element;
  element.setAttribute("aria-describedby", "tip");
}

function hide() {
  tip.hidden = true;
  owner?.removeAttribute("aria-describedby");
  owner = null;
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const element = event.target.closest?.("[data-f], [data-tip]");
  if (element) show(element);
  else if (!event.target.closest?.("#tip")) hide();
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-f], [data-tip]")) show(event.target);
});
document.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

// --- moving among cells and bars by the arrow keys, each table and chart one stop of the Tab key ---

for (const field of all("[data-rove]")) {
  const stops = all("[data-tip]", field);
  const across = field.localName === "table" ? field.tHead.rows[1].cells.length - 2 : 0;
  stops.forEach((stop, n) => stop.setAttribute("tabindex", n ? -1 : 0));
  field.addEventListener("keydown", (event) => {
    const at = stops.indexOf(event.target);
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across };
    const to = { Home: 0, End: stops.length - 1 }[event.key] ?? at + (steps[event.key] || NaN);
    if (at < 0 || !stops[to]) return;
    event.preventDefault();
    stops[at].setAttribute("tabindex", -1);
    stops[to].setAttribute("tabindex", 0);
    stops[to].focus();
  });
}

// --- printing: a page of verdict, actions and table; all of it, folded or not, where the button asks for it ---

let folded = [];
for (const button of all("[data-print]")) {
  button.addEventListener("click", () => {
    document.body.classList.add("whole");
    print();
  });
}
addEventListener("beforeprint", () => {
  folded = document.body.classList.contains("whole") ? all("details:not([open])") : [];
  folded.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => document.body.classList.remove("whole"));
addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));
