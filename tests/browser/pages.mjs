// A folder with pages made of the sample in; each opened in a real browser, and everything that does not hold, out.
//
//   node pages.mjs FOLDER     where FOLDER holds annotate.html, diff.html, history.html and long.html
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const folder = resolve(process.argv[2] ?? ".");
const address = (name, hash = "") => pathToFileURL(join(folder, name)).href + hash;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const named = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const places = (process.env.PATH ?? "").split(delimiter).flatMap((path) => named.map((name) => join(path, name)));
const browserPath = process.env.CHROME ?? places.find(existsSync);
if (!browserPath) throw new Error("no Chromium was found; install one, or name it in the variable CHROME");
const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox"] });

/** Opens a page that may not complain, and may not ask for anything but itself. */
async function open(name, { width = 1440, height = 900, dark = false, script = true, hash = "" } = {}) {
  const page = await browser.newPage();
  page.faults = [];
  page.on("console", (message) => page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) page.faults.push(`asked for ${request.url()}`);
  });
  await page.setViewport({ width, height });
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(address(name, hash));
  return page;
}

async function close(page) {
  assert.deepEqual(page.faults, []);
  await page.close();
}

const shown = (page) =>
  page.$$eval("[data-show]:not([data-aside])", (all) => all.filter((own) => own.checkVisibility()).map((own) => own.id));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Clicks on what may be off the screen, where paragraphs are drawn only as they come near. */
async function press(page, selector) {
  await page.$eval(selector, (own) => own.scrollIntoView({ block: "center" }));
  await settled(page);
  await page.click(selector);
}

/** Which paragraph is marked as the one the reader is at, and whether it is on the screen. */
const at = (page) =>
  page.evaluate(() => {
    const own = document.querySelector(".at");
    const box = own?.getBoundingClientRect();
    return own && { id: own.id, seen: box.top >= 0 && box.top < innerHeight };
  });

const PAGES = ["annotate.html", "diff.html", "history.html"];
const tests = {
  async "at every width, light and dark: nothing to complain of, nothing cut off"() {
    for (const name of PAGES) {
      for (const width of [1440, 820, 390]) {
        for (const dark of [false, true]) {
          const page = await open(name, { width, dark });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${name} at ${width}: ${wide} pixels too wide`);
          await page.$$eval(".more summary", (all) => all.slice(0, 8).forEach((own) => own.click()));
          await page.evaluate(axe);
          const found = await page.evaluate(() =>
            globalThis.axe.run(document, {
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            }),
          );
          const told = found.violations.map((own) => `${own.id}: ${own.nodes[0].html} ${own.nodes[0].failureSummary}`);
          assert.deepEqual(told, [], `${name} at ${width}${dark ? ", dark" : ""}`);
          assert.ok(found.passes.length > 15, "axe has looked");
          await close(page);
        }
      }
    }
  },

  async "filters show what they say, keep the headings above it, and stay in the address"() {
    const page = await open("annotate.html");
    const all = await shown(page);
    const marked = await page.$$eval('[data-mark="new"]', (own) => own.map((one) => one.id));
    await page.click('[data-filter="new"]');
    assert.deepEqual(await shown(page), marked);
    assert.ok(marked.length > 0 && marked.length < all.length);
    assert.match(await page.$eval("#shown", (own) => own.textContent), new RegExp(`^${marked.length} of ${all.length} `));
    const orphans = await page.evaluate(() => {
      const seen = [...document.querySelectorAll("main .heading, main [data-show]")].filter((own) => own.checkVisibility());
      return seen.filter((own, nth) => own.matches(".heading") && (!seen[nth + 1] || seen[nth + 1].matches(".heading") && seen[nth + 1].tagName <= own.tagName)).length;
    });
    assert.equal(orphans, 0, "a heading without anything below it");
    assert.match(await page.evaluate(() => location.hash), /show=new/);
    await page.reload();
    assert.deepEqual(await shown(page), marked);
    await page.click('[data-filter="recalled"]');
    assert.ok((await shown(page)).length > marked.length, "two marks are two kinds of paragraphs");
    await page.click('[data-filter="departures"]');
    const departing = await page.$$eval("[data-show]", (own) =>
      own.filter((one) => /recalled|new/.test(one.dataset.mark) && one.dataset.show.includes("departures")).map((one) => one.id));
    assert.deepEqual(await shown(page), departing);
    await page.keyboard.press("Escape");
    assert.deepEqual(await shown(page), all);
    await close(page);
  },

  async "search finds words in the text, and leaves with Escape"() {
    const page = await open("annotate.html");
    const all = await shown(page);
    await page.keyboard.press("/");
    await page.keyboard.type("GENDER  digital");
    await pause(300);
    const found = await shown(page);
    assert.ok(found.length > 0 && found.length < all.length, `${found.length} found`);
    for (const id of found) {
      const text = await page.$eval(`[id="${id}"]`, (own) => own.textContent.toLowerCase().replace(/\s+/g, " "));
      assert.ok(text.includes("gender digital"), id);
    }
    assert.match(await page.evaluate(() => location.hash), /find=GENDER/);
    await page.keyboard.press("Escape");
    assert.deepEqual(await shown(page), all);
    await close(page);
  },

  async "search takes one apostrophe for another"() {
    const page = await open("annotate.html");
    const found = async (words) => {
      await page.$eval("#find", (own, words) => { own.value = words; own.dispatchEvent(new Event("input")); }, words);
      await pause(300);
      return shown(page);
    };
    const straight = await found("women's access");
    assert.ok(straight.length > 0);
    assert.deepEqual(await found("women’s access"), straight);
    await close(page);
  },

  async "the agreed text is what was agreed, and nothing of the draft"() {
    const page = await open("annotate.html");
    const texts = await page.$$eval(".source .full", (own) => own.map((one) => ({ text: one.textContent, put: one.querySelectorAll("ins, del").length })));
    assert.ok(texts.length > 10);
    assert.ok(texts.every((one) => one.put === 0));
    const twelfth = texts.find((one) => one.text.includes("still significant digital divides"));
    assert.ok(twelfth && twelfth.text.trim().startsWith("Notes with concern") && !twelfth.text.includes("digital skills"));
    await close(page);
  },

  async "every filter that is offered shows something, and nothing else is offered"() {
    for (const name of [...PAGES, "long.html"]) {
      const page = await open(name);
      const filters = await page.$$eval("[data-filter]", (all) => all.map((own) => [own.dataset.filter, own.checkVisibility()]));
      for (const [filter, offered] of filters) {
        const named = await page.$$eval("[data-show]", (all, filter) => all.some((own) => own.dataset.show.split(" ").includes(filter)), filter);
        assert.equal(offered, named, `${name}: ${filter}`);
      }
      assert.ok(filters.some(([, offered]) => offered), name);
      if (name === "long.html") assert.ok(filters.some(([, offered]) => !offered), "of 4,000 edits none is a split");
      await close(page);
    }
  },

  async "a link to a paragraph leads to it, also where a filter hides it"() {
    for (const [name, width] of [["annotate.html", 1440], ["annotate.html", 390], ["diff.html", 820], ["long.html", 390]]) {
      const ids = await (async () => {
        const page = await open(name);
        const own = await page.$$eval("article[data-show]", (all) => all.map((one) => one.id));
        await close(page);
        return own;
      })();
      const id = ids[Math.floor(ids.length * 0.7)];
      const page = await open(name, { width, hash: `#${encodeURIComponent(id)}` });
      await pause(200);
      assert.deepEqual(await at(page), { id, seen: true }, `${name} at ${width}`);
      await close(page);
    }
    const page = await open("annotate.html");
    const id = await page.$eval('[data-mark="reaffirmed"]', (own) => own.id);
    await page.goto(address("annotate.html", `#${id};show=new`));
    await page.reload();
    const marked = await page.$$eval('[data-mark="new"]', (own) => own.length);
    const both = await shown(page);
    assert.ok(both.includes(id) && both.length === marked + 1, "the filter stays, and the paragraph is shown beside it");
    await page.goto(address("annotate.html", "#12bis"));
    await page.reload();
    assert.deepEqual(await at(page), { id: "p12~20~bis", seen: true }, "an address as people write it");
    await press(page, '.tally a[href="#p13"]');
    assert.equal((await at(page)).id, "p13");
    await page.goBack();
    assert.equal((await at(page)).id, "p12~20~bis", "back leads back");
    await close(page);
  },

  async "keys go from paragraph to paragraph, open what is behind, and can be switched off"() {
    const page = await open("annotate.html");
    await page.keyboard.press("j");
    const first = (await at(page)).id;
    await page.keyboard.press("j");
    const second = (await at(page)).id;
    assert.notEqual(first, second);
    await page.keyboard.press("k");
    assert.equal((await at(page)).id, first);
    const stops = await page.$$eval("[data-stop]", (own) => own.map((one) => one.id));
    await page.keyboard.press("n");
    assert.ok(stops.includes((await at(page)).id));
    await page.$eval(".para:has(.more)", (own) => { location.hash = "#" + own.id; });
    await settled(page);
    const open_ = () => page.$eval(".at .full", (own) => own.checkVisibility());
    assert.equal(await open_(), false);
    await page.keyboard.press("o");
    assert.equal(await open_(), true);
    await page.keyboard.press("?");
    assert.ok(await page.$("#keys[open]"));
    await page.click("#keys-on");
    await page.keyboard.press("Escape");
    const before = await at(page);
    await page.keyboard.press("j");
    assert.deepEqual(await at(page), before, "keys that are off do nothing");
    await close(page);
  },

  async "a redline stands side by side, and moves are linked both ways"() {
    const page = await open("diff.html");
    const part = await page.$eval('[data-kind="split"] b.now[id]', (own) => own.id);
    await page.goto(address("diff.html", `#${part}`));
    await page.reload();
    assert.equal((await at(page)).id, await page.$eval(`[id="${part}"]`, (own) => own.closest("article").id), "the second part of a split");
    await page.click('[data-filter="edited"]');
    const told = await page.$$eval("[data-kind]", (own) => own.filter((one) => one.checkVisibility()).map((one) => one.dataset.kind));
    assert.ok(told.includes("edited") && told.includes("moved"), "moved and edited is edited too");
    await page.keyboard.press("Escape");
    const moved = await page.$eval('[data-kind="moved"]', (own) => own.id);
    const pointer = await page.$eval('[data-kind="moved"] .beside a', (own) => own.getAttribute("href"));
    await press(page, `[id="${moved}"] .beside a`);
    assert.equal((await at(page)).id, pointer.slice(1));
    await press(page, `[id="${pointer.slice(1)}"] a`);
    assert.equal((await at(page)).id, moved);
    const edited = '[data-kind="edited"]:has(ins):has(del)';
    await page.click("#sides");
    const sides = await page.$eval(edited, (own) => {
      const told = (side, out) => [...side.querySelectorAll(out)].every((one) => !one.checkVisibility());
      const [old, now] = [own.querySelector(".both.old"), own.querySelector(".both.new")];
      const beside = old.getBoundingClientRect().right <= now.getBoundingClientRect().left + 1;
      return { old: told(old, "ins"), now: told(now, "del"), beside };
    });
    assert.deepEqual(sides, { old: true, now: true, beside: true });
    await page.click("#sides");
    assert.equal(await page.$eval(edited, (own) => own.querySelector(".both.old").checkVisibility()), false);
    await close(page);
  },

  async "a cell of a history opens its redline"() {
    const page = await open("history.html");
    await page.click(".step-edited a");
    assert.ok(await page.$eval("#opened[open]", (own) => own.querySelector("ins, del") !== null));
    const hash = await page.evaluate(() => location.hash);
    await page.keyboard.press("Escape");
    assert.equal(await page.$("#opened[open]"), null);
    assert.ok(await page.evaluate((hash) => document.getElementById(hash.slice(1)) !== null, hash));
    await close(page);
  },

  async "printed, nothing is lost that was behind a click"() {
    for (const name of PAGES) {
      const page = await open(name, { dark: true });
      await page.emulateMediaType("print");
      const hidden = await page.$$eval(".full, [data-show]:not(.unsaid)", (own) => own.filter((one) => !one.checkVisibility()).length);
      assert.equal(hidden, 0, name);
      const bars = await page.$$eval(".bar, .strip, summary", (own) => own.filter((one) => one.checkVisibility()).length);
      assert.equal(bars, 0, name);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(paper, "rgb(255, 255, 255)", "paper is white, also where screens are dark");
      for (const format of ["A4", "Letter"]) {
        const pdf = await page.pdf({ format });
        assert.ok(pdf.length > 10_000, name);
      }
      await close(page);
    }
  },

  async "a history prints what changed, and nothing twice"() {
    const page = await open("history.html");
    await page.emulateMediaType("print");
    const kept = await page.$$eval(".moment", (own) => own.map((one) => ({ id: one.id, drawn: one.querySelector("ins, del") !== null, seen: one.checkVisibility() })));
    const told = await page.evaluate(() => document.querySelector(".paper").checkVisibility());
    assert.ok(told, "the page says what is left out");
    const [drawn, plain] = [kept.filter((one) => one.drawn && one.seen), kept.filter((one) => !one.drawn && one.seen)];
    assert.ok(drawn.length > 10 && plain.length < kept.length / 4, `${drawn.length} redlines, ${plain.length} of ${kept.length} texts`);
    const changed = await page.$$eval("tr[data-stop]", (own) => own.map((one) => one.id));
    for (const row of changed) {
      const own = kept.filter((one) => one.id.startsWith(`${row}r`));
      const elsewhere = await page.$eval(`[id="${row}"]`, (own) => own.querySelector(".step-split-from, .step-merged-into") !== null);
      assert.ok(elsewhere || own.length === 0 || own.some((one) => one.seen), `${row} changed, and nothing of it is printed`);
    }
    await close(page);
  },

  async "the agreed texts can be left out of what is printed, also without scripts"() {
    const boxes = (page) => page.$$eval(".source .full", (own) => own.filter((one) => one.checkVisibility()).length);
    const page = await open("annotate.html", { hash: "#print=short" });
    await page.emulateMediaType("print");
    assert.equal(await boxes(page), 0);
    assert.ok((await page.$$eval(".source .edits", (own) => own.filter((one) => one.checkVisibility()).length)) > 5, "what changes is still told");
    await page.emulateMediaType("screen");
    await page.click("#short");
    assert.doesNotMatch(await page.evaluate(() => location.hash), /print/);
    await close(page);
    const bare = await open("annotate.html", { script: false });
    await bare.click("#short");
    await bare.emulateMediaType("print");
    assert.equal(await boxes(bare), 0);
    await close(bare);
  },

  async "what is copied is the text as it now stands"() {
    const plain = (text) => text.replace(/\s+/g, " ").trim();
    for (const script of [true, false]) {
      for (const [name, found] of [["diff.html", ".para:has(.both del):has(.both ins) .both"], ["annotate.html", ".para:has(.text del.dropped) .text"], ["history.html", ".moment:not(.unsaid):has(del):has(ins) .text"]]) {
        const page = await open(name, { script });
        await page.emulateMediaType("print"); // Everything is drawn.
        const all = await page.$$eval(found, (own) => own.map((one) => {
          const now = one.cloneNode(true);
          now.querySelectorAll("del, .gap, .by, .before").forEach((own) => own.remove());
          getSelection().selectAllChildren(one);
          return { copied: getSelection().toString(), now: now.textContent, whole: one.textContent };
        }));
        assert.ok(all.length > 3, `${name}: ${all.length}`);
        for (const { copied, now } of all) assert.equal(plain(copied), plain(now), name);
        assert.ok(all.some(({ copied, whole }) => plain(copied) !== plain(whole)), `${name}: something is left out`);
        assert.ok(all.every(({ copied }) => !copied.trim().includes("  ")), `${name}: no hole where words were`);
        await close(page);
      }
    }
    const page = await open("diff.html");
    const was = await page.$eval('.para[data-kind="removed"] .both', (own) => { getSelection().selectAllChildren(own); return getSelection().toString(); });
    assert.equal(was.trim(), "", "what is gone is not copied with the rest");
    await page.click("#sides");
    const old = await page.$eval('.para[data-kind="removed"] .both.old', (own) => { getSelection().selectAllChildren(own); return getSelection().toString(); });
    assert.ok(old.trim().length > 40, "side by side, the old text is copied from its own column");
    await page.click("#sides");
    await page.evaluate(() => { navigator.clipboard.writeText = (text) => { globalThis.taken = text; return Promise.resolve(); }; });
    await page.mouse.move(0, 0); // The button goes where the pointer is.
    const split = await page.$eval('.para[data-kind="split"]', (own) => { location.hash = "#" + own.id; return own.id; });
    await settled(page);
    await page.keyboard.press("c");
    const taken = await page.evaluate(() => globalThis.taken);
    assert.equal(taken.split("\n").length, await page.$eval(`[id="${split}"]`, (own) => own.querySelectorAll(".both:not(.old) .line").length));
    assert.equal(await page.$eval(`[id="${split}"] .copy`, (own) => own.textContent), "copied");
    const edited = await page.$eval('[data-kind="edited"]:has(.both del):has(.both ins)', (own) => own.id);
    await page.$eval(`[id="${edited}"]`, (own) => own.scrollIntoView({ block: "center" }));
    await page.hover(`[id="${edited}"] .head`);
    await page.click(`[id="${edited}"] .copy`);
    const words = await page.evaluate(() => globalThis.taken);
    const gone = await page.$$eval(`[id="${edited}"] .both del`, (own) => own.map((one) => one.textContent.trim()).filter((one) => one.split(" ").length > 1));
    assert.ok(words.length > 40 && gone.every((one) => !words.includes(one)), words);
    await close(page);
  },

  async "without scripts everything can be read"() {
    for (const name of PAGES) {
      const page = await open(name, { script: false });
      const texts = await page.$$("[data-show]");
      assert.ok(texts.length > 20, name);
      assert.equal(await page.$("#bar:not([hidden])"), null, "what needs a script is not offered");
      const summary = await page.$(".more summary");
      await summary?.click();
      if (summary) assert.ok(await page.$(".more[open]"), name);
      await close(page);
    }
  },

  async "four thousand paragraphs stay fluid"() {
    const from = performance.now();
    const page = await open("long.html");
    const opened = performance.now() - from;
    await page.click('[data-filter="changed"]');
    await settled(page);
    const filtered = performance.now() - from - opened;
    await page.click('[data-filter="changed"]');
    await page.keyboard.press("n");
    assert.ok((await at(page)).seen);
    console.log(`      opened in ${opened.toFixed(0)} ms, filtered in ${filtered.toFixed(0)} ms`);
    await close(page);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.message ?? error}`);
  }
}
await browser.close();
console.log(failed === 0 ? "all pages hold" : `${failed} of ${Object.keys(tests).length} failed`);
process.exitCode = failed === 0 ? 0 : 1;
