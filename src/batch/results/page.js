// Without this script the page is a plain table of all titles with all that is told of them.
(() => {
  const AT_ONCE = 100;
  const table = document.getElementById("titles");
  const titles = [...table.tBodies];
  const [find, all, before, after, shown] = ["find", "all", "before", "after", "shown"].map((id) => document.getElementById(id));
  const ENDINGS = ["not-checked", "fail", "incomplete", "warn", "pass"];
  const COLUMNS = { n: 0, errors: 3, warnings: 4, gaps: 5 };
  const values = new Map(titles.map((title) => {
    const numbers = Object.entries(COLUMNS).map(([key, column]) => [key, Number(title.rows[0].cells[column].textContent)]);
    return [title, { ...Object.fromEntries(numbers), rank: ENDINGS.indexOf(title.className) }];
  }));
  const value = (title, key) => values.get(title)[key];
  // Keys with whether the larger comes first.
  let order = [["rank", false], ["errors", true], ["gaps", true], ["warnings", true]];
  let matching = [];
  let first = 0;
  const sort = () => titles.sort((a, b) => {
    for (const [key, falling] of order) {
      const difference = value(a, key) - value(b, key);
      if (difference) return falling ? -difference : difference;
    }
    return value(a, "n") - value(b, "n");
  });
  // Only the titles of one screenful are in the document: a table of ten thousand would take seconds to lay out.
  const show = (from) => {
    first = Math.max(0, Math.min(from, Math.floor((matching.length - 1) / AT_ONCE) * AT_ONCE));
    const now = matching.slice(first, first + AT_ONCE);
    for (const title of [...table.tBodies]) title.remove();
    table.append(...now);
    shown.textContent = matching.length ? `${first + 1} to ${first + now.length} of ${matching.length} titles` : "no title";
    before.disabled = first === 0;
    after.disabled = first + AT_ONCE >= matching.length;
  };
  const choose = () => {
    const wanted = find.value.trim().toLowerCase();
    matching = titles.filter((title) => wanted ? title.textContent.toLowerCase().includes(wanted)
      : all.checked || !title.classList.contains("pass"));
    show(0);
  };
  const open = (title, is) => {
    title.classList.toggle("open", is);
    title.querySelector("a").setAttribute("aria-expanded", title.classList.contains("open"));
  };
  for (const title of titles) title.querySelector("a").setAttribute("aria-expanded", "false");
  for (const head of table.querySelectorAll("th[data-by]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const key = head.dataset.by;
      const falling = head.ariaSort ? head.ariaSort === "ascending" : ["errors", "warnings", "gaps"].includes(key);
      for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      order = [[key, falling], ["rank", false]];
      sort();
      choose();
    });
  }
  table.addEventListener("click", (event) => {
    const title = event.target.closest("tbody");
    if (!title || event.target.closest(".more, .report")) return;
    if (event.target.closest("a")) {
      event.preventDefault();
      history.replaceState(null, "", `#${title.id}`);
    }
    open(title);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-find]");
    if (!link) return;
    find.value = link.dataset.find;
    choose();
    table.scrollIntoView();
  });
  find.addEventListener("input", choose);
  all.addEventListener("change", choose);
  before.addEventListener("click", () => show(first - AT_ONCE));
  after.addEventListener("click", () => show(first + AT_ONCE));
  sort();
  const target = titles.find((title) => `#${title.id}` === location.hash);
  if (target?.classList.contains("pass")) all.checked = true;
  choose();
  table.classList.add("ready");
  if (target) {
    show(Math.floor(matching.indexOf(target) / AT_ONCE) * AT_ONCE);
    open(target, true);
    target.scrollIntoView();
  }
})();
