// The books that were dropped since the page was opened.

const all = [];
let shown = null;

export const current = () => shown;

/** A file's name without what tells one export from the next: v7, (2). Other numbers are of other books, as ISBNs are. */
const unnumbered = (name) => name.replace(/([^a-z]|^)v\d{1,3}(?!\d)/gi, "$1v").replace(/ ?\(\d{1,2}\)/g, "");

/** Whether dropped files have the names of the book that is shown. */
export function isAgain(files) {
  const names = shown?.names.map(unnumbered) ?? [];
  return files.every((file) => names.includes(unnumbered(file.name)));
}

export function choose(book) {
  shown = book;
  return book;
}

/** Keeps a check: as the newest of its book where it replaces another. */
export function keep(check) {
  const earlier = check.replaces;
  const index = all.indexOf(earlier);
  const drops = (earlier?.drops ?? 0) + (check.names.length ? 1 : 0);
  const names = [...check.names, ...(earlier?.names ?? [])];
  const book = { ...check, drops, names };
  if (index >= 0) all.splice(index, 1);
  all.unshift(book);
  return choose(book);
}

/** An element with text in it. What comes from files is only ever text. */
function element(name, text, properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.textContent = text;
  return made;
}

const verdictWord = { pass: "would be taken", warn: "taken, with warnings", fail: "would be refused", incomplete: "not all checked" };
const order = ["fail", "incomplete", "warn", "pass"];
const worst = (report) => order.find((word) => report.verdicts.some((verdict) => verdict.verdict === word)) ?? "pass";
const title = (book) => book.report.job.title || book.report.files.map((file) => file.name).join(", ");

/** Lists the books, the newest first. */
export function list(place, choose) {
  place.replaceChildren(...all.map((book) => {
    const button = element("button", title(book), { type: "button", dir: "auto" });
    button.addEventListener("click", () => choose(book));
    if (book === shown) button.setAttribute("aria-current", "true");
    const word = worst(book.report);
    const item = document.createElement("li");
    const drops = book.drops > 1 ? `, dropped ${book.drops} times` : "";
    item.append(button, element("span", verdictWord[word] + drops, { className: `badge ${word}` }));
    return item;
  }));
}

const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** Says what changed since the check before. */
export function changes(place, book) {
  const found = book.changes;
  place.hidden = !found;
  if (!found) {
    place.replaceChildren();
    return;
  }
  const { mended, remaining, verdicts } = found;
  const isOther = (fault) => fault.message_before || fault.places !== fault.places_before;
  const other = remaining.filter(isOther);
  const unknown = found.not_checked;
  const isNothing = !mended.length && !unknown.length && !found.new.length && !verdicts.length && !other.length;
  const parts = [
    verdicts.length && `${count(verdicts.length, "verdict is another", "verdicts are others")}`,
    mended.length && `${count(mended.length, "fault is", "faults are")} gone`,
    found.new.length && `${count(found.new.length, "is", "are")} new`,
    other.length && `${count(other.length, "is", "are")} other than before`,
    remaining.length > other.length && `${count(remaining.length - other.length, "remains", "remain")} as before`,
    unknown.length && `${unknown.length} could not be checked this time`,
  ].filter(Boolean);
  const head = isNothing ? "Nothing changed since the check before." : `Since the check before: ${parts.join(", ")}.`;
  const products = document.querySelector("#sizes select[name=product]");
  const name = (id) => [...products.options].find((option) => option.value === id)?.text ?? id;
  const turns = verdicts.map(({ profile, before, now }) => {
    const item = document.createElement("li");
    item.append(element("span", verdictWord[now], { className: `badge ${now}` }), ` ${name(profile)}; before: ${verdictWord[before]}`);
    return item;
  });
  const lines = (faults, word, name) => faults.map((fault) => {
    const item = document.createElement("li");
    const fewer = fault.places_before && fault.places && fault.places_before !== fault.places
      ? ` (${fault.places} places instead of ${fault.places_before})` : "";
    item.append(element("span", word, { className: `badge ${name}` }), " ", element("bdi", fault.message + fewer));
    return item;
  });
  const details = document.createElement("ul");
  details.append(...turns, ...lines(mended, "gone", "pass"), ...lines(unknown, "not checked", "incomplete"), ...lines(found.new, "new", "fail"),
    ...lines(other, "changed", "warn"));
  place.replaceChildren(element("p", head), details);
}

/** What can be done with a report. */
export function actions(place, book) {
  place.hidden = false;
  const link = (text, href, properties) => element("a", text, { href, ...properties });
  const stem = title(book).split(", ")[0].replace(/\.pdf$/i, "");
  const links = [
    link("Open the report by itself, to print it", `${book.address}?format=html`, { target: "_blank", rel: "noopener" }),
    link("Save it", `${book.address}?format=html`, { download: `${stem}.report.html` }),
    link("JSON", `${book.address}?format=json`, { download: `${stem}.report.json` }),
  ];
  const seen = new Set();
  for (const file of book.report.files.filter((one) => one.readable)) {
    const name = seen.has(file.role) && file.for.length ? `${file.role}-${file.for[0].split("/")[0]}` : file.role;
    seen.add(file.role);
    links.push(link(`${name} with comments (PDF)`, `${book.address}/files/${name}.annotated.pdf`, { download: `${name}.annotated.pdf` }));
  }
  place.replaceChildren(...links.flatMap((one, index) => (index ? [" · ", one] : [one])));
}
