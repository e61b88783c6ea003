// Opens the web map as a person would, from a file, and uses it. Fails on any message of the
// console, any request but the page itself, and any dialog.
//
//   node web-map.mjs MAP.html HOSTILE.html PICTURES     with playwright-core in the folder of the script
//
// The page forbids eval, so nothing here waits by `waitForFunction`.
import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [map, hostile, pictures] = process.argv.slice(2);
const faults = [];
const check = (holds, what) => {
  if (!holds) faults.push(what);
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
};
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

async function open(file, size) {
  const page = await browser.newPage({ viewport: size });
  const address = pathToFileURL(file).href;
  page.on("console", (message) => faults.push(`${file}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${file}: error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address) faults.push(`${file}: request: ${request.url().slice(0, 120)}`);
  });
  page.on("dialog", async (dialog) => {
    faults.push(`${file}: dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(address);
  await until(page, () => document.body.dataset.ready === "true", `${file} is ready`);
  return page;
}

async function until(page, holds, what) {
  for (let tried = 0; tried < 100; tried += 1) {
    if (await page.evaluate(holds)) return check(true, what);
    await page.waitForTimeout(100);
  }
  return check(false, what);
}

const summary = (page) => page.textContent("#summary");
const shown = async (page) => Number((await summary(page)).replace(/,/g, "").match(/^\d+/)[0]);

const page = await open(map, { width: 1280, height: 800 });
const all = await shown(page);
check(all > 5, `${all} features are shown`);
await page.waitForTimeout(400);
await page.screenshot({ path: `${pictures}/map.png` });

// A patrol of the list, then the same place on the canvas itself.
await page.click("#tab-list");
const title = await page.textContent("#list li button bdi");
await page.click("#list li:has-text('patrol') button");
check(await page.isVisible("#detail"), "a patrol of the list shows its details");
check((await page.locator("#article mark.lit").count()) > 2, "and lights up its words in the article");
check((await page.locator("#article mark.lit.strong").count()) > 0, "those that give its facts more than the rest");
check((await page.getAttribute("#article p", "dir")) === "auto" && title.length > 0, "paragraphs find their own direction");
check(await page.evaluate(() => getComputedStyle(document.querySelector("#article p")).direction === "rtl"), "Arabic runs from right to left");
await page.waitForTimeout(500);
await page.screenshot({ path: `${pictures}/patrol.png` });
await page.keyboard.press("Escape");
check(await page.isHidden("#detail"), "Escape closes them");

// Clicks along the middle of the map until a patrol is found there: the canvas has no elements.
const box = await page.locator("#map").boundingBox();
let found = null;
for (let y = 0.3; y < 0.75 && found === null; y += 0.02) {
  for (let x = 0.15; x < 0.6 && found === null; x += 0.04) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    const shownAs = await page.evaluate(() => document.querySelector("#detail:not([hidden]) h2")?.textContent ?? "");
    if (shownAs.includes("patrol")) found = shownAs;
  }
}
check(found !== null, `a click on the map finds a patrol: ${found}`);
await page.keyboard.press("Escape");

// Hovering and the keyboard in the text.
await page.hover("#article mark.mention");
check((await page.locator("#article mark.lit").count()) > 0, "hovering a mention lights up all of the place");
await page.focus("#article mark[tabindex='0']");
await page.keyboard.press("ArrowDown");
check(await page.evaluate(() => document.activeElement.matches("#article mark:not(:first-of-type), #article p ~ p mark")), "arrows walk the text");
await page.keyboard.press("Enter");
check(await page.isVisible("#detail"), "Enter opens what a mention means");
await page.keyboard.press("Escape");

// The slider.
await page.focus("#to");
await page.keyboard.press("Home");
const early = await shown(page);
check(early < all, `the slider at its start leaves ${early} of ${all}`);
await page.uncheck("#undated");
const dated = await shown(page);
check(dated < early && dated > 0, `without what has no day ${dated}`);
await page.check("#undated");
await page.keyboard.press("Escape");
await page.focus("#to");
await page.keyboard.press("End");
check((await shown(page)) === all, "and at its end everything");
await page.click("#play");
await page.waitForTimeout(700);
const playing = await shown(page);
check(playing < all, `playing shows ${playing} of ${all}`);
await page.click("#play");
await page.focus("#to");
await page.keyboard.press("End");

// Filters and search.
await page.click("#filters summary");
await page.screenshot({ path: `${pictures}/filters.png` });
await page.uncheck("#filter-type input[value=patrol]");
const withoutPatrols = await shown(page);
check(withoutPatrols < all, `without patrols ${withoutPatrols}`);
await page.click("#reset");
check((await shown(page)) === all, "reset brings all back");
await page.fill("#search", "مُحَمْبَل");
const searched = await shown(page);
check(searched > 0 && searched < all, `a search with vowel marks finds ${searched}`);
await page.fill("#search", "");
await page.click("#filters summary");

// Open questions, print, telephone.
await page.click("#tab-notes");
check((await page.locator("#diagnostics li small").count()) > 0, "diagnostics are listed");
await page.screenshot({ path: `${pictures}/notes.png` });
await page.click("#tab-article");
await page.emulateMedia({ media: "print" });
await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
await page.waitForTimeout(400);
check(await page.isVisible("#list"), "a print holds the list");
await page.pdf({ path: `${pictures}/print.pdf`, format: "A4", margin: { top: "1.5cm", bottom: "1.5cm", left: "1.5cm", right: "1.5cm" } });
const telephone = await open(map, { width: 390, height: 844 });
check(await telephone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "a telephone need not scroll sideways");
await telephone.screenshot({ path: `${pictures}/telephone.png` });

// An article that tries to be code.
const attacked = await open(hostile, { width: 1280, height: 800 });
const count = await attacked.locator("#chooser option").count();
check(count === 3, `${count} hostile articles`);
for (let index = 0; index < count; index += 1) {
  await attacked.selectOption("#chooser", String(index));
  await attacked.click("#tab-list");
  await attacked.click("#list li button");
  await attacked.click("#tab-notes");
  await attacked.click("#tab-article");
  await attacked.selectOption("#chooser", String(index));
  const links = await attacked.evaluate(() => [...document.querySelectorAll("a[href]")].map((a) => a.href).filter((href) => !href.startsWith("file:")));
  check(links.every((href) => /^https?:/.test(href)), `article ${index}: links lead to the web alone: ${links}`);
}
check((await attacked.locator("img, iframe, svg[onload], script:not([type]):not(:last-of-type)").count()) === 0, "no element came out of an article");
await attacked.screenshot({ path: `${pictures}/hostile.png` });

await browser.close();
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
