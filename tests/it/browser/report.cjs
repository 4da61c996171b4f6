// Opens the HTML report in Chromium: no console message, no request, no serious fault that axe finds, in light and dark, wide
// and narrow; the filters work by keyboard. Prints one line of JSON a colour scheme.
const puppeteer = require("puppeteer-core");
const axe = require("axe-core").source;

async function main() {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  for (const scheme of ["light", "dark"]) {
    const page = await browser.newPage();
    const messages = [];
    const requests = [];
    page.on("console", (m) => messages.push(m.text()));
    page.on("request", (r) => {
      if (!/^(file|data):/.test(r.url())) requests.push(r.url());
    });
    // The page forbids scripts, and axe is one.
    await page.setBypassCSP(true);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width: 360, height: 800 });
    await page.goto("file://" + process.argv[2]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    await page.setViewport({ width: 1200, height: 900 });
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document));
    const shown = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll(".cause")].filter(
            (cause) => getComputedStyle(cause).display !== "none",
          ).length,
      );
    const all = await shown();
    await page.focus("#l-note");
    await page.keyboard.press("Space");
    const worse = await shown();
    await page.keyboard.press("Space");
    await page.focus("#p-all");
    await page.keyboard.press("ArrowRight");
    const first = await shown();
    // Warnings alone are those that are warnings at this printer.
    const toggle = async (id) => {
      await page.focus(id);
      await page.keyboard.press("Space");
    };
    await toggle("#l-error");
    await toggle("#l-note");
    const warnings = await shown();
    await toggle("#l-warning");
    const isToldThatNothingMatches = () =>
      page.evaluate(
        () => getComputedStyle(document.querySelector(".nothing")).display !== "none",
      );
    const none = [await shown(), await isToldThatNothingMatches()];
    for (const id of ["#l-error", "#l-warning", "#l-note"]) await toggle(id);
    await page.focus("#p-all");
    await page.keyboard.press("Space");
    const again = [await shown(), await isToldThatNothingMatches()];
    await page.focus("#page");
    await page.keyboard.type(process.argv[3]);
    const onPage = await shown();
    const sheets = await page.evaluate(
      () =>
        [...document.querySelectorAll(".sheet")].filter(
          (sheet) => getComputedStyle(sheet).display !== "none",
        ).length,
    );
    const faults = found.violations
      .filter((v) => v.impact === "serious" || v.impact === "critical")
      .map((v) => v.id);
    console.log(JSON.stringify({ scheme, messages, requests, overflow, all, worse, first, warnings, none, again, onPage, sheets, faults }));
    await page.close();
  }
  await browser.close();
}

main();
