"use strict";
// Filters of the list of findings. Without this script the page shows every finding.
(function () {
  const form = document.getElementById("filters");
  if (!form) return;
  const told = document.getElementById("shown");
  const blocks = (parent, kind) => Array.from(parent.querySelectorAll(kind));
  const items = blocks(document, ".listing .found li").map((element) => ({
    element: element,
    text: element.closest(".wording").querySelector("header").textContent.toLowerCase() +
      " " + element.textContent.toLowerCase(),
    severity: element.closest(".wording").dataset.severity,
    category: element.closest(".category").dataset.category,
    groups: element.dataset,
  }));

  function fits(item, words, severity, category, groups) {
    return (!severity || item.severity === severity) &&
      (!category || item.category === category) &&
      groups.every(([name, value]) => item.groups[name] === value) &&
      words.every((word) => item.text.includes(word));
  }

  function apply() {
    const words = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const groups = blocks(form, "select[data-group]")
      .filter((select) => select.selectedIndex > 0)
      .map((select) => [select.dataset.group, select.value]);
    let shown = 0;
    for (const item of items) {
      const fit = fits(item, words, form.elements.severity.value, form.elements.category.value, groups);
      item.element.hidden = !fit;
      shown += fit;
    }
    for (const kind of [".wording", ".category"]) {
      for (const block of blocks(document, ".listing " + kind)) {
        block.hidden = !block.querySelector(".found li:not([hidden])");
      }
    }
    told.textContent = shown.toLocaleString("en-GB") + " of " +
      items.length.toLocaleString("en-GB") + " listed findings shown";
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // What is printed is what was chosen; a page opened again starts with everything.
  form.reset();
  form.hidden = false;
  apply();
})();
