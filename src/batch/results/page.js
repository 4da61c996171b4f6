(() => {
  const table = document.getElementById("titles");
  const titles = [...table.tBodies];
  const find = document.getElementById("find");
  const all = document.getElementById("all");
  const value = (title, key) => Number(title.dataset[key]);
  const sort = (keys, downwards) => {
    titles.sort((a, b) => {
      for (const key of keys) {
        const order = value(a, key) - value(b, key);
        if (order) return downwards && key === keys[0] ? -order : order;
      }
      return value(a, "n") - value(b, "n");
    });
    table.append(...titles);
  };
  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    for (const title of titles) {
      const quiet = !all.checked && !wanted && title.classList.contains("pass");
      title.classList.toggle("hidden", quiet || (wanted && !title.textContent.toLowerCase().includes(wanted)));
    }
  };
  let last = "";
  for (const head of table.querySelectorAll("th[data-by]")) {
    head.addEventListener("click", () => {
      const key = head.dataset.by;
      const downwards = ["errors", "warnings", "gaps"].includes(key) !== (last === key);
      last = last === key ? "" : key;
      sort([key, "rank"], downwards);
    });
  }
  table.addEventListener("click", (event) => {
    const title = event.target.closest("tbody");
    if (title && !event.target.closest("a, .more")) title.classList.toggle("open");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-find]");
    if (!link) return;
    event.preventDefault();
    find.value = link.dataset.find;
    show();
  });
  find.addEventListener("input", show);
  all.addEventListener("change", show);
  titles.sort((a, b) => value(a, "rank") - value(b, "rank") || value(b, "errors") - value(a, "errors") ||
    value(b, "gaps") - value(a, "gaps") || value(b, "warnings") - value(a, "warnings") || value(a, "n") - value(b, "n"));
  table.append(...titles);
  show();
  // Sorting has moved what the address points to.
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) {
    target.classList.remove("hidden");
    target.scrollIntoView();
  }
})();
