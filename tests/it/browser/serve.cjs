// Uses the page as a person does: drops a book, changes the paper, drops it mended, and meets the errors. Prints what was seen.
const fs = require("fs");
const puppeteer = require("puppeteer-core");
const axe = require("axe-core").source;

const [, , address, folder, twin, novel, docx, locked, huge] = process.argv;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags });
  const page = await browser.newPage();
  const seen = { messages: [], requests: [] };
  page.on("console", (message) => seen.messages.push(message.text()));
  page.on("pageerror", (error) => seen.messages.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:") && !url.startsWith("blob:")) seen.requests.push(url);
  });
  await page.setViewport({ width: 360, height: 740 });
  await page.goto(address);
  const text = (selector) => page.$eval(selector, (element) => element.textContent.trim());
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  seen.overflowEmpty = await overflow();
  const drop = async (...files) => (await page.$("#choose")).uploadFile(...files);
  const reported = async (work) => {
    // The report before stays in the frame until the next is there.
    await page.$eval("#report", (frame) => frame.contentDocument?.body?.classList.add("before"));
    await work();
    await page.waitForFunction(() => {
      const inside = document.querySelector("#report").contentDocument;
      return inside?.readyState === "complete" && inside.querySelector(".card") && !inside.body.classList.contains("before");
    }, { timeout: 120000 });
  };

  // A book with faults, by its two files.
  await page.evaluate(() => {
    window.texts = [];
    new MutationObserver(() => window.texts.push(document.querySelector("#progress-text").textContent))
      .observe(document.querySelector("#progress-text"), { childList: true, characterData: true, subtree: true });
  });
  await reported(() => drop(`${twin}/cover.pdf`, `${twin}/interior.pdf`));
  seen.progress = await page.evaluate(() => window.texts);
  seen.overflow = await overflow();
  seen.found = await page.$eval("select[name=ink]", (select) => [select.value, select.parentElement.querySelector(".found").textContent]);
  seen.trim = await page.$eval("#choices input[name=trim]", (input) => input.value);
  const frame = await (await page.$("#report")).contentFrame();
  seen.cards = await frame.$$eval(".card", (cards) => cards.length);
  seen.causes = await frame.$$eval(".cause", (causes) => causes.filter((cause) => cause.getClientRects().length).length);

  // The report filters by keyboard in its frame.
  await frame.focus("#l-note");
  await page.keyboard.press("Space");
  seen.filtered = await frame.$$eval(".cause", (causes) => causes.filter((cause) => cause.getClientRects().length).length);

  // Another paper: no upload, the same report of another job.
  await page.setViewport({ width: 1280, height: 900 });
  await reported(() => page.select("select[name=paper]", "cream"));
  seen.paper = await text("#changes");

  // A second choice while the report of the first is drawn.
  await page.select("select[name=paper]", "white");
  await page.waitForFunction(() => document.querySelector("#progress-text").textContent === "drawing the report", { timeout: 60000 });
  await reported(() => page.select("select[name=paper]", "cream"));
  seen.second = await text("#trouble");

  // A binding that not all printers make, and back again.
  await reported(() => page.select("select[name=binding]", "jacketed"));
  seen.leftOut = await text("#left-out");
  await reported(() => page.select("select[name=binding]", ""));
  seen.printers = await page.$$eval("input[name=for]:checked", (boxes) => boxes.map((box) => box.value));

  // Mended, by the interior alone.
  await reported(() => drop(`${novel}/interior.pdf`));
  seen.mended = await text("#changes");
  seen.books = await page.$$eval("#book-list li", (items) => items.map((item) => item.textContent));

  // A comment on every place, in a copy.
  const proof = await page.$$eval("#actions a", (links) => links.find((link) => link.href.endsWith("cover.annotated.pdf")).href);
  seen.proof = await page.evaluate(async (href) => (await (await fetch(href)).text()).slice(0, 4), proof);

  // Sizes and a template.
  await (await page.createCDPSession()).send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
  await page.click("#show-calculator");
  await page.waitForSelector("#sizes-answer .template[src]");
  seen.sizes = await text("#sizes-answer");
  const buttons = await page.$$("#sizes-answer button");
  await buttons[0].click();
  for (let tries = 0; tries < 100 && !fs.readdirSync(folder).some((name) => name.endsWith("pages.pdf")); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  seen.template = fs.readdirSync(folder).filter((name) => name.endsWith("pages.pdf"));
  await page.click("#show-check");

  // What goes wrong is said; this one is let go over the page, as a mouse does.
  const bytes = fs.readFileSync(docx).toString("base64");
  await page.evaluate((base64) => {
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "book.docx"));
    const over = (name) => new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: carried });
    document.querySelector("#result").dispatchEvent(over("dragenter"));
    document.querySelector("#result").dispatchEvent(over("drop"));
  }, bytes);
  await page.waitForFunction(() => !document.querySelector("#trouble").hidden, { timeout: 60000 });
  seen.docx = await text("#trouble");
  await reported(() => drop(locked));
  seen.locked = await (await (await page.$("#report")).contentFrame()).$eval("body", (body) => body.textContent);
  const trouble = async (...files) => {
    await page.$eval("#trouble", (line) => { line.hidden = true; });
    await drop(...files);
    await page.waitForFunction(() => !document.querySelector("#trouble").hidden, { timeout: 60000 });
    return text("#trouble");
  };
  seen.huge = await trouble(huge);
  seen.three = await trouble(docx, locked, `${novel}/interior.pdf`);

  seen.faults = [];
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    // The policy of the page lets no foreign script in; the tester's is put in by the browser itself.
    await page.setBypassCSP(true);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
    seen.faults.push(...violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${scheme}: ${one.id} ${one.nodes[0].html}`));
  }
  console.log(JSON.stringify(seen));
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
