// Drop, choose, check, show.

import * as books from "./books.js";
import { start as startCalculator } from "./calculator.js";
import * as server from "./server.js";

const $ = (id) => document.getElementById(id);
const choices = $("choices");
const names = ["trim", "paper", "weight", "ink", "binding", "pages", "bleed", "direction", "spine", "title", "author", "isbn"];
let running = null;

function say(problem) {
  const line = $("trouble");
  line.hidden = !problem;
  line.textContent = problem ? [problem.message, problem.help].filter(Boolean).join(". ") : "";
}

const printers = () => [...choices.querySelectorAll("input[name=for]:checked")];

/** What the choices say, as the members of a book.toml; of another book they say nothing but the printers. */
function job(isAnother) {
  const told = {};
  for (const name of isAnother ? [] : names) {
    const field = choices.elements[name];
    const value = field.value.trim();
    // What was filled in for the user is concluded again from other files.
    if (value && value !== field.dataset.assumed) told[name] = field.type === "number" ? Number(value) : value;
  }
  // A printer that makes no such books would only refuse the whole job.
  const binding = told.binding ?? "paperback";
  const chosen = printers();
  const makes = (box) => !box.dataset.bindings || box.dataset.bindings.split(" ").includes(binding);
  told.for = chosen.filter(makes).map((box) => box.value);
  const without = chosen.filter((box) => !makes(box)).map((box) => box.parentElement.textContent.trim());
  $("left-out").textContent = without.length ? `Left out, for no figures of such a binding are known there: ${without.join(", ")}` : "";
  return told;
}

/** Sets the choices to what a book was checked with; to nothing for another book, for which printers stay as they are. */
function setChoices(told, chosen) {
  for (const name of names) {
    const field = choices.elements[name];
    field.value = told[name] ?? "";
    delete field.dataset.assumed;
  }
  if (chosen) {
    for (const box of choices.querySelectorAll("input[name=for]")) box.checked = chosen.includes(box.value);
  }
  // Says which of them are left out.
  job();
}

/** Fills in each choice that is left open with what the check went by, and says why. */
function showFound(report) {
  const trim = report.job.assumptions.find((assumption) => assumption.what === "trim");
  // A size is told in both units; one is enough in a narrow field.
  const gone = { ...report.job, trim: trim?.value.replace(/ \(.*\)$/, "") };
  for (const found of choices.querySelectorAll(".found")) {
    const name = found.dataset.for;
    const answer = report.job.assumptions.find((assumption) => assumption.what === name);
    found.textContent = answer ? `assumed: ${answer.evidence}` : "";
    const field = choices.elements[name];
    if (field.value || !gone[name]) continue;
    field.value = gone[name];
    field.dataset.assumed = field.value;
  }
}

function showProgress(text, part) {
  $("progress").hidden = text === null;
  $("progress-text").textContent = text ?? "";
  const bar = $("progress-bar");
  if (part === null) bar.removeAttribute("value");
  else bar.value = part;
}

function tell(progress) {
  if (progress.file) {
    showProgress(`${progress.file}: page ${progress.pages_done} of ${progress.pages}`, progress.pages_done / progress.pages);
  } else if (progress.ahead > 0) {
    showProgress(`waiting for ${progress.ahead} other ${progress.ahead === 1 ? "check" : "checks"}`, null);
  } else {
    showProgress("opening the files", null);
  }
}

/** Checks files, or those of an earlier check where none are new. */
async function check(files, earlier) {
  running?.abort.abort();
  const abort = new AbortController();
  running = { abort, files, earlier };
  say(null);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > server.uploadBytes) {
    say({ message: `these files have ${Math.round(size / 1e6)} MB; presscheck takes ${Math.round(server.uploadBytes / 1e6)} MB here`,
      help: "Start it with a larger --max-upload" });
    done(abort);
    return;
  }
  const told = job(!earlier);
  // With those that are left out for now: another binding brings them back.
  const chosen = printers().map((box) => box.value);
  if (!told.for.length) {
    say(chosen.length
      ? { message: "none of these printers makes books of this binding", help: "Choose another printer, or another binding" }
      : { message: "no printer is chosen", help: "Tick one or more under Printers" });
    done(abort);
    return;
  }
  const form = new FormData();
  form.append("job", JSON.stringify(told));
  if (earlier) form.append("from", earlier.id);
  for (const file of files) form.append("file", file, file.name);
  try {
    showProgress(files.length ? "sending the files" : "checking", files.length ? 0 : null);
    const begun = await server.begin(form, (part) => showProgress("sending the files", part), abort.signal);
    await server.follow(begun, tell, abort.signal);
    const report = await server.report(begun.report);
    // A single file of another name may be another book's: the check before stays in the list.
    const isOther = files.length === 1 && earlier?.report.files.length > 1 && !books.isAgain(files);
    const changes = earlier ? await server.changes(begun.id, earlier.id).catch(() => null) : null;
    if (abort.signal.aborted) {
      server.forget(begun.id);
      return;
    }
    await show(books.keep({ id: begun.id, address: begun.report, report, told, chosen, changes, replaces: isOther ? null : earlier, names: files.map((file) => file.name) }), files.length > 0, abort.signal);
  } catch (problem) {
    if (!abort.signal.aborted) say(problem);
  } finally {
    done(abort);
  }
}

/** Ends what was going on, unless something else has begun. */
function done(abort) {
  if (running?.abort !== abort) return;
  running = null;
  showProgress(null, null);
}

/** What to drop next. */
function next(roles) {
  if (roles.includes("interior") && roles.includes("cover")) return "Mended it? Drop it here again";
  return roles.includes("cover") ? "Now drop the interior here, or a mended cover" : "Now drop the cover here, or a mended interior";
}

/** Shows a book: its report, what changed, what was assumed. */
async function show(book, isNew, signal) {
  $("empty").hidden = true;
  $("books").hidden = false;
  choices.hidden = false;
  $("drop-head").textContent = next(book.report.files.map((file) => file.role));
  setChoices(book.told, book.chosen);
  showFound(book.report);
  books.list($("book-list"), showAgain);
  books.changes($("changes"), book);
  books.actions($("actions"), book);
  // Nobody shall take the report of another book, or of an earlier check, for this one's.
  const frame = $("report");
  frame.hidden = true;
  const address = `${book.address}?format=html`;
  showProgress("drawing the report", null);
  await server.drawn(address, signal);
  if (signal?.aborted || books.current() !== book) return;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  // Replaced, so that the browser's Back does not lead to an earlier report beside this book's choices.
  frame.contentWindow.location.replace(address);
  await loaded;
  frame.hidden = false;
  fit();
  // Where the report is below the choices, a new book's comes into view.
  if (isNew && isNarrow()) {
    $("result").focus({ preventScroll: true });
    $("result").scrollIntoView({ block: "start" });
  }
}

/** Shows a book of the list. */
async function showAgain(book) {
  running?.abort.abort();
  const abort = new AbortController();
  running = { abort, files: [], earlier: book };
  say(null);
  try {
    await show(books.choose(book), true, abort.signal);
  } catch (problem) {
    if (!abort.signal.aborted) say(problem);
  } finally {
    done(abort);
  }
}

const isNarrow = () => matchMedia("(max-width: 63.99rem)").matches;

/** The frame is as tall as the report where the page itself scrolls. */
function fit() {
  const frame = $("report");
  // It would never be shorter than it is.
  frame.removeAttribute("height");
  const inside = frame.contentDocument?.documentElement;
  if (isNarrow() && inside) frame.height = inside.scrollHeight;
}

/** Whether a file may be a PDF, whole or damaged. Another would take the place of the book's interior. */
async function isPdf(file) {
  const head = await file.slice(0, 1024).text().catch(() => "");
  return head.includes("%PDF-") || (/\.pdf$/i.test(file.name) && !head.startsWith("PK"));
}

/** Files as they are dropped: those of one book, or the reason why not. */
async function take(list) {
  const files = [...list];
  if (files.length === 0) return;
  if (files.length > 2) {
    say({ message: `${files.length} files were dropped; a book is an interior and a cover`, help: "Drop the files of one book at a time; where each printer has its own cover, the interior with one of them, then the other cover alone" });
    return;
  }
  for (const file of files) {
    if (await isPdf(file)) continue;
    say({ message: `${file.name} is not a PDF`, help: "Export the book as PDF, from Word say with File, Save as, PDF, and drop that" });
    return;
  }
  const current = books.current();
  // The other half of a book that is still being checked for the first time.
  if (running && !running.earlier && running.files.length === 1 && files.length === 1 && running.files[0].name !== files[0].name) {
    check([...running.files, ...files], null);
    return;
  }
  // Two files are a whole book; one is that of the book that is shown, unless its name says that it is another.
  check(files, files.length === 1 || books.isAgain(files) ? current : null);
}

const drop = $("drop");

/** Takes what is dropped anywhere in a document: the page's, or that of the report in its frame. */
function takeDrops(shown) {
  for (const name of ["dragenter", "dragover"]) {
    shown.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  shown.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  shown.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files);
  });
}
takeDrops(document);
$("report").addEventListener("load", () => takeDrops($("report").contentDocument));
$("choose").addEventListener("change", (event) => {
  take(event.target.files);
  event.target.value = "";
});
choices.addEventListener("submit", (event) => event.preventDefault());
choices.addEventListener("change", () => {
  if (books.current()) check([], books.current());
});
$("another").addEventListener("click", () => {
  running?.abort.abort();
  say(null);
  books.choose(null);
  $("result").querySelectorAll(":scope > *").forEach((part) => { part.hidden = part.id !== "empty"; });
  choices.hidden = true;
  // Another book is asked of the usual printers again.
  choices.reset();
  $("drop-head").textContent = "Drop your interior and your cover here";
  books.list($("book-list"), showAgain);
});
$("cancel").addEventListener("click", () => {
  running?.abort.abort();
  const book = books.current();
  if (book && $("report").hidden) say({ message: "the report was not drawn", help: "Choose the book in the list to see it" });
});
addEventListener("resize", fit);

for (const [button, view] of [["show-check", "check"], ["show-calculator", "calculator"]]) {
  $(button).addEventListener("click", () => {
    for (const [other, its] of [["show-check", "check"], ["show-calculator", "calculator"]]) {
      $(its).hidden = its !== view;
      $(other).setAttribute("aria-pressed", String(its === view));
    }
  });
}
startCalculator();
