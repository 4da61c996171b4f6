// Opens the page of a backlist in Chromium and uses it by keyboard. Prints one line of JSON.
const puppeteer = require("puppeteer-core");
const axe = require("axe-core").source;

async function main() {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage();
  const messages = [];
  const requests = [];
  page.on("console", (m) => messages.push(m.text()));
  page.on("pageerror", (e) => messages.push(e.message));
  page.on("request", (r) => {
    if (!/^(file|data):/.test(r.url())) requests.push(r.url());
  });
  await page.setViewport({ width: 1200, height: 900 });
  await page.goto("file://" + process.argv[2]);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  const faults = found.violations.map((v) => v.id);
  const shown = () => page.$eval("#shown", (e) => e.textContent);
  await page.focus("#all");
  await page.keyboard.press("Space");
  const first = await shown();
  await page.focus("#after");
  await page.keyboard.press("Enter");
  const second = await shown();
  const number = () => page.$eval("#titles tbody td", (e) => e.textContent);
  await page.focus("th[data-by=n] button");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const falling = await number();
  const id = await page.$eval("#titles tbody small bdi", (e) => e.textContent);
  await page.focus("#find");
  await page.keyboard.type(id);
  const of_id = await shown();
  await page.focus("#titles tbody a");
  await page.keyboard.press("Enter");
  const opened = await page.$eval("#titles tbody .more", (e) => getComputedStyle(e).display !== "none");
  console.log(JSON.stringify({ messages, requests, faults, first, second, falling, found: of_id, opened }));
  await browser.close();
}

main();
