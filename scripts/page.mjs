// The sample's page in; docs/page.png, the picture in README.md, out. Run by scripts/picture.sh.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [page, picture] = process.argv.slice(2).map((path) => resolve(path));
const browser = await puppeteer.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const tab = await browser.newPage();
await tab.setViewport({ width: 1240, height: 1090, deviceScaleFactor: 1.5 });
await tab.goto(pathToFileURL(page).href + "#p5");
await tab.evaluate(() => document.activeElement.blur());
await tab.screenshot({ path: picture });
await browser.close();
