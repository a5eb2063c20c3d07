// Opens reports in a real browser and tells, a JSON line each, what a person would meet there.
//
// Takes the browser, the folder of node packages and the folder of reports; gives {"name", "error"} lines. Which reports
// there are and what they hold is said in tests/browser.rs.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , executablePath, packages, reports] = process.argv;
const require = createRequire(join(packages, "from-here.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
});

const PHONE = { width: 390, height: 844 }, DESK = { width: 1440, height: 900 };

/** A page with a report in it, and everything that it did not keep to itself. */
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: DESK, ...options });
  const page = await context.newPage();
  const noise = [];
  page.on("console", message => noise.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", error => noise.push(`error: ${error.message}`));
  page.on("dialog", dialog => { noise.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => noise.push("a window was opened"));
  page.on("request", request => { if (!/^file:.*\.html(#.*)?$/.test(request.url())) noise.push(`request: ${request.url()}`); });
  const began = Date.now();
  await page.goto(pathToFileURL(join(reports, `${name}.html`)).href, { waitUntil: "load" });
  return { page, noise, took: Date.now() - began, close: () => context.close() };
}

function is(seen, wanted, what) {
  const [one, other] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one}, not ${other}`);
}
function holds(truth, what) {
  if (!truth) throw new Error(what);
}
const visible = (page, selector) => page.locator(selector).evaluateAll(all => all.filter(one => one.checkVisibility()).length);

const checks = {
  async "a report says nothing to the console and asks nothing of the network"() {
    for (const name of ["site", "hostile", "calm", "many"]) {
      const { page, noise, close } = await open(name);
      await page.waitForTimeout(100);
      is(noise, [], name);
      await close();
    }
  },

  async "filters choose by severity, family, rule and article"() {
    const { page, noise, close } = await open("site");
    const total = await visible(page, ".note");
    holds(total > 8, `${total} notes`);
    const severity = kind => page.locator(`.note[data-severity="${kind}"]`).count();
    await page.locator(".filters > summary").click();
    await page.getByRole("checkbox", { name: /^.?Warning/ }).uncheck();
    is(await visible(page, ".note"), total - await severity("warning"), "without warnings");
    const marked = await page.locator("mark.warning:not(.off)").count();
    is(marked, 0, "marks of hidden notes");
    await page.getByRole("button", { name: "Show all" }).click();
    is(await visible(page, ".note"), total, "after showing all");
    await page.getByRole("checkbox", { name: /^References/ }).uncheck();
    is(await visible(page, '.note[data-family="R"]'), 0, "references");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("Rule", { exact: false }).first().selectOption("C001");
    is(await visible(page, ".note"), await page.locator('.note[data-rule="C001"]').count(), "one rule");
    is(await visible(page, "article.sheet"), 1, "articles without that rule");
    holds((await page.locator("#count").textContent()).includes(" of "), "the number of notes is told");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.locator('.filters select[name="article"]').selectOption("a2");
    is(await visible(page, "article.sheet"), 1, "one article");
    is(noise, [], "noise");
    await close();
  },

  async "the claims are sorted, searched and narrowed to gaps"() {
    const { page, noise, close } = await open("site");
    const cells = at => page.locator(`.claims tbody tr:not([hidden]) td:nth-child(${at})`).allTextContents();
    const before = await cells(1);
    await page.locator(".claims thead button", { hasText: "Claim" }).click();
    const sorted = await cells(1);
    is(sorted, [...before].sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1), "sorted");
    is(await page.locator('.claims th[aria-sort="ascending"]').count(), 1, "aria-sort");
    await page.locator(".claims thead button", { hasText: "Claim" }).click();
    is(await cells(1), [...sorted].reverse(), "turned round");
    await page.locator(".claims thead button", { hasText: "Place" }).click();
    is(await cells(1), before, "back in the order of the articles");
    await page.getByLabel("Without a source only").check();
    holds((await cells(5)).every(text => text.includes("no source")), "gaps");
    await page.getByLabel("Without a source only").uncheck();
    await page.getByLabel("Search").fill("session");
    await page.waitForFunction(count => document.querySelectorAll(".claims tbody tr:not([hidden])").length < count, before.length);
    holds((await page.locator(".claims tbody tr:not([hidden])").allTextContents()).every(text => text.toLowerCase().includes("session")), "found");
    is(noise, [], "noise");
    await close();
  },

  async "keys go from note to note and can be turned off"() {
    const { page, noise, close } = await open("site");
    const now = () => page.evaluate(() => document.activeElement.id);
    const settled = () => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    const press = async key => { await page.keyboard.press(key); await settled(); };
    await press("j");
    is(await now(), "f1", "j");
    await press("j");
    is(await now(), "f2", "j again");
    holds(await page.locator("#f2").evaluate(one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }), "the note is in view");
    await press("k");
    is(await now(), "f1", "k");
    await press("k");
    holds((await now()) !== "f1", "k goes round");
    await press("j");
    await press("w");
    is(await now(), "m1", "w goes to the words");
    await press("w");
    while ((await now()).startsWith("m")) await press("w");
    is(await now(), "f1", "and back");
    await press("o");
    is(await page.locator("#f1 details").evaluate(box => box.open), true, "o opens why");
    await press("?");
    is(await page.locator(".keys").evaluate(box => box.open), true, "? shows the keys");
    await page.getByLabel("Single keys are on").uncheck();
    await page.locator("#f1").focus();
    await press("j");
    is(await now(), "f1", "keys are off");
    await press("Escape");
    is(await page.locator(".keys").evaluate(box => box.open), false, "Escape closes");
    is(noise, [], "noise");
    await close();
  },

  async "each note leads to its words and to its other side"() {
    const { page, noise, close } = await open("site");
    const note = page.locator('.note[data-rule="C001"]').first();
    await note.locator(".sides a").first().click();
    const place = page.locator(":target");
    is(await place.count(), 1, "the other side");
    holds(await place.evaluate(one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }), "it is in view");
    await place.click();
    is(await page.evaluate(() => location.hash.slice(1)), await note.getAttribute("id"), "and back");
    await note.locator(".face a").click();
    is(await page.locator(":target .pair figure").count(), 2, "both sides");
    const copied = page.locator(".copy").first();
    await copied.click();
    await page.waitForFunction(() => /Copied|Selected/.test(document.querySelector(".copy").textContent));
    is(noise, [], "noise");
    await close();
  },

  async "a decision is made at its note, kept, and downloaded"() {
    const { page, noise, close } = await open("site");
    const note = page.locator('.note[data-rule="C001"]').first(), asked = page.locator('.note[data-rule="S001"]').first();
    await note.locator(".decide").click();
    await note.getByLabel("Let it stand").check();
    await asked.locator(".decide").click();
    await asked.getByLabel("Ask the author").check();
    holds((await asked.getByLabel("Reason").inputValue()).startsWith("AU:"), "the query is the reason to ask");
    await page.locator(".decisions > summary").click();
    await page.getByRole("button", { name: /Download/ }).click();
    is(await page.locator("#missing").textContent(), "Your name is missing.", "without a name");
    await page.getByLabel("Your name").fill('Jo "J" Doe');
    await page.getByRole("button", { name: /Download/ }).click();
    is(await page.locator("#missing").textContent(), "One decision has no reason.", "without a reason");
    await note.getByLabel("Reason").fill("Two devices \\ two lengths.");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /Download/ }).click()]);
    is(file.suggestedFilename(), "decisions.toml", "the name of the file");
    await file.saveAs(join(reports, "decisions.toml"));
    await page.reload();
    is(await page.locator("#decided").textContent(), "2", "decisions after a reload");
    is(await note.locator(".decide").textContent(), "Decided: stands", "the mark");
    await page.locator(".decisions > summary").click();
    await page.getByRole("button", { name: /Forget/ }).click();
    is(await note.locator(".decide").textContent(), "Decide", "forgotten");
    is(noise, [], "noise");
    await close();
  },

  async "without scripts everything is there and no control is"() {
    const { page, close } = await open("site", { javaScriptEnabled: false });
    const html = await page.content();
    const notes = html.split('<li class="note ').length - 1;
    is(await page.locator(".note").count(), notes, "notes");
    for (const selector of [".tools", ".sieve", ".copy", ".decide", "th button"]) is(await visible(page, selector), 0, selector);
    is(await visible(page, ".note"), notes, "notes in view");
    await page.locator(".note summary").first().click();
    is(await visible(page, ".note .query"), 1, "why opens");
    await close();
  },

  async "a hostile article does nothing"() {
    const { page, noise, close } = await open("hostile");
    is(await page.evaluate(() => typeof window.hacked), "undefined", "its script");
    is(await page.locator("script").count(), 1, "scripts");
    for (const selector of ["img", "iframe", "svg[onload]", "article img", "article style", "form", "[onclick]", "[onmouseover]", 'a[href^="javascript"]', "base", "link"]) {
      is(await page.locator(selector).count(), 0, selector);
    }
    is(await page.locator("main").count(), 1, "main");
    is(await page.locator("article.sheet").count(), 4, "articles");
    holds((await page.locator("article").allTextContents()).some(text => text.includes("</script>")), "markup is shown as text");
    const out = page.locator("article a.out");
    for (let at = 0; at < await out.count(); at++) {
      holds(/^(https?|mailto):/i.test(await out.nth(at).getAttribute("href")), "where links lead");
      is(await out.nth(at).getAttribute("rel"), "noopener noreferrer nofollow", "rel");
    }
    await page.mouse.move(300, 300);
    is(noise, [], "noise");
    await close();
  },

  async "nothing is wider than a phone, a tablet or a desk"() {
    for (const name of ["site", "hostile", "calm"]) {
      for (const viewport of [PHONE, { width: 320, height: 600 }, { width: 820, height: 1180 }, DESK]) {
        const { page, close } = await open(name, { viewport });
        await page.evaluate(() => { for (const box of document.querySelectorAll("details")) box.open = true; });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        holds(over <= 0, `${name} is ${over} px wider than ${viewport.width}`);
        await close();
      }
    }
  },

  async "contrast, names and landmarks hold in light and dark"() {
    for (const [name, colorScheme, viewport] of [["site", "light", DESK], ["site", "dark", DESK], ["site", "light", PHONE], ["hostile", "dark", DESK], ["calm", "light", DESK]]) {
      const { page, close } = await open(name, { colorScheme, viewport, bypassCSP: true });
      await page.evaluate(() => { for (const box of document.querySelectorAll("details")) box.open = true; for (const sheet of document.querySelectorAll(".sheet, .faced, #claims")) sheet.style.contentVisibility = "visible"; });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const told = violations.map(one => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map(node => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
      is(told, [], `${name}, ${colorScheme}, ${viewport.width}`);
      await close();
    }
  },

  async "on paper every note is open and no control is left"() {
    const { page, close } = await open("site");
    await page.emulateMedia({ media: "print" });
    is(await visible(page, ".tools, .sieve, .copy, .contents"), 0, "controls");
    is(await visible(page, ".note .query"), await page.locator(".note").count(), "queries");
    holds((await page.pdf({ format: "A4" })).length > 20000, "a page is printed");
    await close();
  },

  async "two thousand findings in two hundred articles stay smooth"() {
    const { page, took, close } = await open("many");
    const notes = await page.locator(".note").count();
    holds(notes >= 2000 && await page.locator("article.sheet").count() === 200, `${notes} notes`);
    const frame = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
    const time = async act => page.evaluate(`(async () => { const began = performance.now(); ${act}; ${frame}; return performance.now() - began; })()`);
    const box = 'document.querySelector(\'.filters input[value="warning"]\')';
    const times = {
      load: took,
      filter: await time(`${box}.click()`),
      all: await time('document.querySelector("#reset").click()'),
      next: await time('document.querySelector("#next").click()') + await time('document.querySelector("#next").click()'),
      far: await time('document.querySelector("#previous").click(); document.querySelector("#previous").click(); document.querySelector("#previous").click()'),
      sort: await time('document.querySelector(".claims thead button").click()'),
    };
    console.error(`${notes} notes, times in ms: ${Object.entries(times).map(([name, ms]) => `${name} ${Math.round(ms)}`).join(", ")}`);
    // an idle machine takes a second to load and a tenth of one for the rest; the bounds only tell linear from worse, on
    // machines that build something else meanwhile
    for (const [name, ms] of Object.entries(times)) holds(ms < (name === "load" ? 30000 : 5000), `${name} took ${Math.round(ms)} ms`);
    await close();
  },
};

for (const [name, check] of Object.entries(checks)) {
  let error = null;
  const began = Date.now();
  try { await check(); } catch (caught) { error = String(caught.stack ?? caught).split("\n").slice(0, 6).join("\n"); }
  console.error(`${((Date.now() - began) / 1000).toFixed(1)} s: ${name}`);
  console.log(JSON.stringify({ name, error }));
}
await browser.close();
