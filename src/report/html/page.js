
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const notes = all(".note");
  const sheets = all(".sheet");
  const count = one("#count");

  // what belongs to each note elsewhere on the page: marked words, numbers, pointers, sides
  const places = new Map();
  for (const element of all("[data-f]")) {
    for (const number of element.dataset.f.split(" ")) {
      if (!places.has(number)) places.set(number, []);
      places.get(number).push(element);
    }
  }
  const home = new Map(notes.map(note => [note, note.closest(".sheet")]));
  let shown = notes;
  let current = null;

  // filters
  const chosen = name => new Set(all(`.filters input[name="${name}"]`).filter(box => box.checked).map(box => box.value));
  const value = name => { const select = one(`.filters select[name="${name}"]`); return select ? select.value : ""; };
  function filter() {
    const severities = chosen("severity"), families = chosen("family"), silent = one('.filters input[name="suppressed"]');
    const rule = value("rule"), article = value("article");
    const passes = note => {
      const { severity, family, suppressed } = note.dataset;
      if (suppressed !== undefined ? silent && !silent.checked : !severities.has(severity)) return false;
      if (suppressed === undefined && !families.has(family)) return false;
      return (!rule || note.dataset.rule === rule) && (!article || home.get(note).id === article);
    };
    shown = notes.filter(passes);
    const numbers = new Set(shown.map(note => note.dataset.n));
    for (const note of notes) note.hidden = !numbers.has(note.dataset.n);
    for (const [number, elements] of places) {
      for (const element of elements) {
        if (element.tagName === "MARK") element.classList.toggle("off", !element.dataset.f.split(" ").some(n => numbers.has(n)));
        else element.hidden = !numbers.has(number);
      }
    }
    const narrowed = shown.length < notes.length;
    const filled = new Set(shown.map(note => home.get(note)));
    for (const sheet of sheets) sheet.hidden = article ? sheet.id !== article : narrowed && !filled.has(sheet);
    if (current && current.hidden) leave();
    say();
  }
  function say() {
    const at = current ? shown.indexOf(current) + 1 : 0;
    const total = shown.length < notes.length ? `${shown.length} of ${notes.length} notes` : `${notes.length} notes`;
    count.textContent = at ? `${at} of ${shown.length}` : total;
  }

  // from note to note
  function leave() {
    if (!current) return;
    current.classList.remove("now");
    for (const element of places.get(current.dataset.n) || []) element.classList.remove("now");
    current = null;
  }
  function open(element) {
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }
  function visit(note, focus = true) {
    leave();
    current = note;
    open(note);
    note.classList.add("now");
    for (const element of places.get(note.dataset.n) || []) element.classList.add("now");
    if (focus) {
      // twice, since what was never drawn is drawn at another height
      note.scrollIntoView({ block: "center" });
      requestAnimationFrame(() => { note.scrollIntoView({ block: "center" }); note.focus({ preventScroll: true }); });
    }
    say();
  }
  function step(by) {
    if (!shown.length) return;
    let at = current ? shown.indexOf(current) + by : by > 0 ? 0 : shown.length - 1;
    if (!current && by > 0) {
      const below = shown.findIndex(note => note.getBoundingClientRect().top > 0 && home.get(note).getBoundingClientRect().bottom > 0);
      at = below < 0 || window.scrollY < 10 ? 0 : below;
    }
    visit(shown[(at + shown.length) % shown.length]);
  }
  // from a note to its words, from place to place, and back
  function words() {
    if (!current) return;
    const refs = (places.get(current.dataset.n) || []).filter(element => element.classList.contains("ref"));
    refs.sort((a, b) => (a.id === `m${current.dataset.n}` ? -1 : 0) - (b.id === `m${current.dataset.n}` ? -1 : 0));
    const place = refs[refs.indexOf(document.activeElement) + 1];
    if (!place) return visit(current);
    open(place);
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }
  async function copy(note) {
    const wording = note && one(".wording", note);
    if (!wording) return;
    const button = one(".copy", note);
    let done = false;
    try { await navigator.clipboard.writeText(wording.textContent); done = true; } catch { /* not allowed here: by selection */ }
    if (!done) {
      open(wording);
      const range = document.createRange();
      range.selectNodeContents(wording);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      try { done = document.execCommand("copy"); } catch { done = false; }
    }
    button.textContent = done ? "Copied" : "Selected: copy it";
    setTimeout(() => { button.textContent = "Copy query"; }, 1600);
  }

  // tables
  const keys = {
    text: cell => cell.textContent.trim().toLowerCase(),
    number: cell => parseInt(cell.textContent, 10) || 0,
    place: cell => Number(cell.dataset.at),
  };
  function sort(head) {
    const table = head.closest("table"), body = table.tBodies[0];
    const at = Array.from(head.parentElement.children).indexOf(head);
    const first = head.dataset.sort === "number" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const cell of head.parentElement.children) cell.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const key = keys[head.dataset.sort], sign = order === "ascending" ? 1 : -1;
    const rows = Array.from(body.rows, row => [key(row.cells[at]), row]);
    rows.sort(([a], [b]) => sign * (typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0));
    body.append(...rows.map(([, row]) => row));
  }
  for (const head of all("table.sortable th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
  }
  const rows = all(".claims tbody tr").map(row => [row, row.textContent.toLowerCase()]);
  function sieve() {
    const words = one("#claim-words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const bare = one("#claim-bare").checked;
    const select = one("#claim-article"), article = select ? select.value : "";
    let left = 0;
    for (const [row, text] of rows) {
      const passes = (!bare || row.classList.contains("bare")) && (!article || row.dataset.article === article)
        && words.every(word => text.includes(word));
      row.hidden = !passes;
      left += passes ? 1 : 0;
    }
    one("#claim-count").textContent = `${left} of ${rows.length} claims`;
  }

  document.addEventListener("click", event => {
    const target = event.target.closest("button, a, fieldset, .note, mark[data-f]");
    if (!target) return;
    if (target.id === "next") step(1);
    else if (target.id === "previous") step(-1);
    else if (target.id === "reset") {
      for (const box of all('.filters input[type="checkbox"]')) box.checked = true;
      for (const select of all(".filters select")) select.value = "";
      filter();
    } else if (target.classList.contains("copy")) copy(target.closest(".note"));
    else if (target.parentElement.dataset.sort) sort(target.parentElement);
    else if (target.dataset.pick) {
      one(`.filters select[name="${target.dataset.pick}"]`).value = target.dataset.value;
      filter();
    } else if (target.tagName === "MARK" && !getSelection().toString()) {
      const note = notes.find(note => !note.hidden && target.dataset.f.split(" ").includes(note.dataset.n));
      if (note) visit(note);
    } else if (target.tagName === "A" && target.hash) {
      const note = document.getElementById(target.hash.slice(1));
      if (note && note.classList.contains("note")) {
        if (note.hidden) one("#reset").click();
        visit(note, false);
      } else if (note) open(note);
    } else if (target.classList.contains("note") && target !== current) visit(target, false);
  });
  document.addEventListener("change", event => {
    if (event.target.closest(".filters")) filter();
    else if (event.target.closest(".sieve")) sieve();
  });
  let waiting = 0;
  document.addEventListener("input", event => {
    if (event.target.id !== "claim-words") return;
    clearTimeout(waiting);
    waiting = setTimeout(sieve, 120);
  });
  document.addEventListener("keydown", event => {
    const typing = event.target.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      for (const box of all(".tools > details[open]")) { box.open = false; one("summary", box).focus(); }
      return;
    }
    if (typing || !one("#keys-on").checked) return;
    const act = {
      j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1), w: words,
      o: () => { const box = current && one("details", current); if (box) box.open = !box.open; },
      c: () => copy(current),
      d: () => { const button = current && one(".decide", current); if (button) button.click(); },
      f: () => { const box = one(".filters"); box.open = true; one("summary", box).focus(); },
      "?": () => { const box = one(".keys"); box.open = !box.open; one("summary", box).focus(); },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  for (const element of all(".tools, .sieve, .copy, .decide")) element.hidden = false;
  if (rows.length) sieve();
  filter();
  const asked = document.getElementById(location.hash.slice(1));
  if (asked && asked.classList.contains("note")) visit(asked);
})();
