// Opens a web map of as many features as one holds, uses it, and prints how long each step took until
// the next picture. What it fails on is what does not work, not how long it takes: machines differ.
//
//   node web-map-large.mjs MAP.html     with playwright-core in the folder of the script
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const MOST = 50_000;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const faults = [];
page.on("console", (message) => faults.push(`console: ${message.text()}`));
page.on("pageerror", (error) => faults.push(`error: ${error.message}`));

const painted = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const summary = () => page.textContent("#summary");
const shown = async () => Number((await summary()).replace(/,/g, "").match(/^\d+/)[0]);

async function timed(what, action) {
  const begun = performance.now();
  await action();
  await painted();
  console.log(`${what}: ${((performance.now() - begun) / 1000).toFixed(2)} s, ${await summary()}`);
}

const set = (id, value) => page.evaluate(([id, value]) => {
  const input = document.getElementById(id);
  input.value = value;
  input.dispatchEvent(new Event("input"));
}, [id, value]);

await timed("opened", async () => {
  await page.goto(pathToFileURL(process.argv[2]).href);
  while (!(await page.evaluate(() => document.body.dataset.ready === "true"))) await page.waitForTimeout(20);
});
if ((await shown()) !== MOST) faults.push(`${await shown()} features, not ${MOST}`);
if (!(await summary()).includes("not all")) faults.push("it does not say that features are left out");
await timed("least confidence", () => set("confidence", 0.9));
if (!((await shown()) < MOST)) faults.push("a filter leaves everything");
await timed("all again", () => set("confidence", 0));
await timed("search", () => set("search", "سراقب"));
if (!((await shown()) > 0 && (await shown()) < MOST)) faults.push("a search finds everything or nothing");
await timed("search ended", () => set("search", ""));
await timed("zoom", () => page.click(".leaflet-control-zoom-in"));
await browser.close();
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
