
"use strict";
// decisions: made at a note, kept in this browser, downloaded as the file that claimlint reads
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const desks = all(".desks > section");
  if (!desks.length) return;
  const store = `claimlint ${location.pathname}`;
  const meanings = {
    accepted: "The text stays as it is, and the note is not made again.",
    disputed: "You hold the note to be wrong. It is still made, with your reason, until that is settled.",
    "to-be-asked": "The note is still made, with your mark, until the author has answered.",
    "": "",
  };
  const words = { accepted: "stands", disputed: "disputed", "to-be-asked": "to be asked" };

  // entries by what they are about: everything before the verdict
  const about = entry => entry.slice(0, entry.indexOf("\nas = "));
  const text = (entry, key) => {
    const line = entry.match(new RegExp(`^${key} = (.*)$`, "m"));
    if (!line) return "";
    try { return line[1].startsWith("'") ? line[1].slice(1, -1) : JSON.parse(line[1]); } catch { return ""; }
  };
  const read = entry => ({ as: text(entry, "as"), by: text(entry, "by"), on: text(entry, "on"), until: text(entry, "until"), reason: text(entry, "reason") });
  const known = desks.map(desk => new Map(all("pre", desk).map(pre => [about(pre.textContent), pre.textContent])));

  // what was decided here: about what, which file, what for
  let made = new Map();
  try { made = new Map(JSON.parse(localStorage.getItem(store) || "[]")); } catch { /* kept for this visit only */ }
  const keep = () => { try { localStorage.setItem(store, JSON.stringify([...made])); } catch { /* as above */ } };
  const buttons = new Map(all(".decide").map(button => [`${button.dataset.desk} ${about(button.dataset.entry)}`, button]));
  const key = button => `${button.dataset.desk} ${about(button.dataset.entry)}`;
  const verdict = button => {
    const own = made.get(key(button));
    if (own) return own;
    const entry = known[Number(button.dataset.desk)].get(about(button.dataset.entry));
    return entry ? read(entry) : { as: "", reason: "", until: "" };
  };
  function show(button) {
    const { as } = verdict(button);
    button.textContent = as ? `Decided: ${words[as] || as}` : "Decide";
    button.classList.toggle("decided", Boolean(as));
  }
  function tell() {
    one("#decided").textContent = made.size ? String(made.size) : "";
    one("#missing").textContent = "";
  }

  function form(button) {
    const note = button.closest(".note");
    const open = one(".deciding", note);
    if (open) { open.remove(); button.setAttribute("aria-expanded", "false"); return; }
    const fields = one("#deciding").content.firstElementChild.cloneNode(true);
    const now = verdict(button);
    for (const box of all('input[type="radio"]', fields)) {
      box.name = `as-${note.id}`;
      box.checked = box.value === (now.as || "");
    }
    one('[name="reason"]', fields).value = now.reason || "";
    one('[name="until"]', fields).value = now.until || "";
    one(".meaning", fields).textContent = meanings[now.as] || "";
    button.setAttribute("aria-expanded", "true");
    button.parentElement.after(fields);
    one("input:checked", fields).focus();
  }
  function change(fields) {
    const note = fields.closest(".note"), button = one(".decide", note);
    const as = one("input:checked", fields).value, reason = one('[name="reason"]', fields);
    // the question to the author is the reason to ask
    if (as === "to-be-asked" && !reason.value.trim()) reason.value = one(".wording", note).textContent.trim();
    reason.required = Boolean(as);
    one(".meaning", fields).textContent = meanings[as];
    const before = known[Number(button.dataset.desk)].has(about(button.dataset.entry));
    if (as || before) made.set(key(button), { as, reason: reason.value, until: one('[name="until"]', fields).value });
    else made.delete(key(button));
    keep();
    show(button);
    tell();
  }

  // TOML strings are JSON strings but for what has no sign
  const quoted = value => JSON.stringify(value.replace(/[\u0000-\u001f\u007f\ud800-\udfff\s]+/gu, " ").trim());
  function today() {
    const now = new Date(), two = number => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }
  function entry(draft, own, by) {
    const said = [`as = "${own.as}"`, `by = ${quoted(by)}`, `on = "${today()}"`];
    if (/^\d{4}-\d\d-\d\d$/.test(own.until)) said.push(`until = "${own.until}"`);
    said.push(`reason = ${quoted(own.reason)}`);
    return draft.replace(/^as = .*$/m, () => said.join("\n"));
  }
  function download() {
    const name = one("#decider"), missing = one("#missing");
    name.required = true;
    if (!name.value.trim()) { missing.textContent = "Your name is missing."; name.focus(); return; }
    const bare = [...made].filter(([what, own]) => own.as && !own.reason.trim() && buttons.has(what));
    if (bare.length) {
      missing.textContent = bare.length === 1 ? "One decision has no reason." : `${bare.length} decisions have no reason.`;
      const button = buttons.get(bare[0][0]);
      if (!one(".deciding", button.closest(".note"))) form(button);
      const reason = one('.deciding [name="reason"]', button.closest(".note"));
      reason.required = true;
      reason.focus();
      return;
    }
    desks.forEach((desk, at) => {
      const entries = new Map(known[at]);
      let changed = false;
      for (const [what, own] of made) {
        const button = buttons.get(what);
        if (!button || Number(button.dataset.desk) !== at) continue;
        changed = true;
        const draft = button.dataset.entry;
        if (own.as) entries.set(about(draft), entry(draft, own, name.value));
        else entries.delete(about(draft));
      }
      if (!changed && desks.length > 1) return;
      const order = one => ["path", "code", "fingerprint"].map(key => text(one, key));
      const sorted = [...entries.values()].map(one => [order(one), one]).sort(([a], [b]) => {
        const differ = a.findIndex((part, index) => part !== b[index]);
        return differ < 0 ? 0 : a[differ] < b[differ] ? -1 : 1;
      });
      const whole = desk.dataset.head + sorted.map(([, one]) => `\n${one}\n`).join("");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([whole], { type: "application/toml" }));
      link.download = "decisions.toml";
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      missing.textContent = `Downloaded; it belongs at ${desk.dataset.file}.`;
    });
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("decide")) form(button);
    else if (button.id === "download") download();
    else if (button.id === "forget") {
      made.clear();
      keep();
      for (const open of all(".deciding")) open.remove();
      buttons.forEach(show);
      tell();
    }
  });
  document.addEventListener("input", event => {
    const fields = event.target.closest(".deciding");
    if (fields) change(fields);
  });
  buttons.forEach(show);
  tell();
})();
