// Spine and cover sizes, and templates.

import * as server from "./server.js";

const $ = (id) => document.getElementById(id);
const inches = (points) => `${(points / 72).toFixed(3)} in`;
// A hair more, for 234.95 is stored as a little less.
const millimetres = (points) => `${((points * 25.4) / 72 + 1e-6).toFixed(1)} mm`;
const both = (points) => (points === null ? "only the printer's calculator tells it" : `${inches(points)} (${millimetres(points)})`);

function table(caption, head, rows) {
  const made = document.createElement("table");
  made.createCaption().textContent = caption;
  const top = made.createTHead().insertRow();
  for (const word of head) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = word;
    top.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const text of row) line.insertCell().textContent = text;
  }
  const frame = document.createElement("div");
  frame.className = "scroll";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", caption);
  frame.append(made);
  return frame;
}

const stock = ({ ink, paper, weight }) => `${ink.replaceAll("-", " ")} ink, ${paper} paper${weight ? `, ${weight} lb` : ""}`;

/** A picture of the template, and what its lines are. */
async function picture(told, { title, edge, direction, barcode_area_pt: barcode, safe_areas: safe }) {
  const made = document.createElement("img");
  made.className = "template";
  made.alt = `Template of the ${title} cover: trim, folds, safe areas and the box of the bar code`;
  const reader = new FileReader();
  reader.addEventListener("load", () => { made.src = reader.result; });
  reader.readAsDataURL(await server.cover(told, "image/svg+xml"));
  const caption = document.createElement("figcaption");
  const [left, right] = direction === "rtl" ? ["front", "back"] : ["back", "front"];
  caption.textContent = [
    `The ${left} is on the left, the ${right} on the right`,
    edge === "wrap" ? "art runs to the outer edge, which is folded around the board" : "art runs to the outer edge and is cut at the thin black line",
    "it folds at the red lines",
    safe.length && "text stays within the dashed lines",
    barcode && "the bar code goes into the grey box",
  ].filter(Boolean).join("; ") + ".";
  const figure = document.createElement("figure");
  figure.append(made, caption);
  return figure;
}

function job(form) {
  const { pages, trim, product, ink, paper, weight } = form.elements;
  const told = { for: [product.value], trim: trim.value.trim(), pages: Number(pages.value) };
  if (ink.value) told.ink = ink.value;
  if (paper.value) told.paper = paper.value;
  if (weight.value) told.weight = Number(weight.value);
  if (form.elements.spine.value.trim()) told.spine = form.elements.spine.value.trim();
  return told;
}

async function save(told, type, ending) {
  const blob = await server.cover(told, type);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `cover-${told.for[0].replaceAll("/", "-")}-${told.pages}-pages.${ending}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function say(problem) {
  const line = $("sizes-trouble");
  line.hidden = !problem;
  line.textContent = problem ? [problem.message, problem.help].filter(Boolean).join(". ") : "";
}

async function answer(form) {
  say(null);
  const told = job(form);
  const spines = await server.spines({ pages: told.pages, ...(told.ink && { ink: told.ink }), ...(told.paper && { paper: told.paper }) });
  const rows = spines.rows.filter((row) => row.offered)
    .map((row) => [row.title, row.stock_title, both(row.spine_pt)]);
  const caption = `Spines of ${told.pages} pages at every printer`;
  const all = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = caption;
  all.append(summary, table(caption, ["Printer", "Stock", "Spine"], rows));
  // On a phone it would be many screens.
  all.open = matchMedia("(min-width: 64rem)").matches;
  $("spines-answer").replaceChildren(all);
  const cover = await server.cover(told, "application/json");
  const [width, height] = cover.cover_size_pt;
  const heading = document.createElement("h3");
  heading.textContent = cover.title;
  const sizes = table("The whole cover, with bleed", ["What", "Size"], [
    ["Cover", `${inches(width)} × ${inches(height)} (${millimetres(width)} × ${millimetres(height)})`],
    ["Spine", both(cover.spine_pt)],
    ["Stock", stock(cover)],
    ...cover.panels.map((panel) => [panel.name.replaceAll("-", " "), `${inches(panel.area_pt[2] - panel.area_pt[0])} × ${inches(panel.area_pt[3] - panel.area_pt[1])}`]),
  ]);
  const templates = document.createElement("p");
  for (const [type, ending] of [["application/pdf", "pdf"], ["image/svg+xml", "svg"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Template as ${ending.toUpperCase()}`;
    button.addEventListener("click", () => save(told, type, ending).catch(say));
    templates.append(button, " ");
  }
  if (cover.not_made) {
    say({ message: `Not made so: ${cover.not_made}` });
    $("sizes-answer").replaceChildren();
    return;
  }
  $("sizes-answer").replaceChildren(heading, await picture(told, cover), templates, sizes);
}

function refresh() {
  answer($("sizes")).catch((problem) => {
    $("sizes-answer").replaceChildren();
    $("spines-answer").replaceChildren();
    say(problem);
  });
}

export function start() {
  $("sizes").addEventListener("submit", (event) => {
    event.preventDefault();
    refresh();
  });
  $("show-calculator").addEventListener("click", refresh, { once: true });
}
