"use strict";
// A draft is asked about as it settles; what is found is drawn behind the text, which stays plain.
(function () {
  const byId = (id) => document.getElementById(id);
  const main = byId("main"), area = byId("text"), mirror = byId("mirror");
  const MOST = Number(main.dataset.mostCharacters), MOST_BYTES = Number(main.dataset.mostBytes);
  const PAUSE = 400;  // milliseconds without a key pressed
  const GAP = /\[[^\]\n]{1,80}\]/g;
  const KEPT = "vbl-detect";
  const EXAMPLE = "18/03 review. Child A (15) was reported missing by her carer at 2210 and came back at 0640. " +
    "She continues to put herself at risk by meeting older males, and she failed to engage with the return interview.\n\n" +
    "Her carer says she is streetwise. Phone sent for download; S1 to be arrested. Next review 25/03.";

  let token = null;       // what the server knows this page by
  let findings = [];      // as the server told them, moved along with what is typed
  let chosen = null;      // one of them
  let before = "";        // the text they belong to
  let checked = null;     // the text the server was asked about last
  let name = null;        // the file the text came from
  let copied = "";        // the text that was copied out last
  let asking = false, timer = 0, heardCount = "";
  const gaps = new Set(); // [gaps] that wordings brought into the text

  function element(tag, settings, ...children) {
    const made = Object.assign(document.createElement(tag), settings);
    made.append(...children);
    return made;
  }
  function number(count, one, many) { return count + " " + (count === 1 ? one : many); }
  function hear(text) { byId("heard").textContent = text; }
  function tell(id, text) { if (byId(id).textContent !== text) byId(id).textContent = text; }
  function problem(text) {
    byId("problem").hidden = !text;
    tell("problem", text);
  }

  // The server -----------------------------------------------------------------------------------

  async function ask(path, body, headers) {
    let answer, told;
    try {
      answer = await fetch(path, {
        method: "POST", body: body, cache: "no-store", credentials: "omit",
        headers: Object.assign({ Authorization: "Bearer " + token }, headers),
      });
      told = await answer.json();
    } catch (error) {
      throw new Error("vbl-detect has stopped. Your text is still here: copy it, then start vbl-detect serve again.");
    }
    if (!answer.ok) throw new Error(told.error.charAt(0).toUpperCase() + told.error.slice(1) + ".");
    return told;
  }
  function askAbout(path, question) {
    return ask(path, JSON.stringify(question), { "Content-Type": "application/json" });
  }
  // The key stands behind the # of the address, which no browser sends; it is taken off at once.
  async function enter() {
    const key = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    try {
      if (key) token = (await askAbout("/session", { key: key })).token;
      else token = sessionStorage.getItem(KEPT);
      if (token) sessionStorage.setItem(KEPT, token);
      else problem("Open this page by the address that the terminal shows.");
    } catch (error) { problem(error.message); }
  }

  // The draft ------------------------------------------------------------------------------------

  async function check() {
    const text = area.value;
    if (asking || text === checked) return;
    if (text.length > 2 * MOST) {
      findings = [];
      show();
      tell("count", "This text was not checked.");
      problem("The text is longer than the " + MOST.toLocaleString("en-GB") + " characters that this page checks; check it in parts.");
      return;
    }
    asking = true;
    try {
      const told = text.trim() ? await askAbout("/check", { text: text, name: name }) : { findings: [], remarks: [] };
      if (area.value === text) {
        checked = text;
        take(told);
        hearCount();
      }
    } catch (error) {
      findings = [];
      checked = text;
      show();
      problem(error.message);
      tell("count", "This text was not checked.");
    }
    asking = false;
    if (area.value !== text) settle();
  }
  function settle() {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  }
  function take(told) {
    const held = chosen && told.findings.find((one) => one.id === chosen.id);
    findings = told.findings;
    chosen = held || null;
    problem(told.remarks.join(" "));
    show();
  }
  const counted = () => findings.filter((one) => one.counted);

  // What is typed moves the findings behind it along; those it touches are gone until the next answer.
  function moveAlong() {
    const now = area.value, least = Math.min(before.length, now.length);
    let start = 0, tail = 0;
    while (start < least && before[start] === now[start]) start += 1;
    while (tail < least - start && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const end = before.length - tail, by = now.length - before.length;
    findings = findings.filter((one) => one.end <= start || one.start >= end);
    for (const one of findings) {
      if (one.start >= end) { one.start += by; one.end += by; }
    }
    if (!findings.includes(chosen)) chosen = null;
    before = now;
  }

  function draw() {
    const text = area.value, drawn = findings.filter((one) => one.counted || one === chosen);
    const edges = new Set([0, text.length]);
    for (const one of drawn) { edges.add(one.start); edges.add(one.end); }
    const places = Array.from(edges).sort((a, b) => a - b), nodes = [];
    for (let i = 0, from = 0; i + 1 < places.length; i += 1) {
      const piece = text.slice(places[i], places[i + 1]);
      while (from < drawn.length && drawn[from].end <= places[i]) from += 1;
      const over = [];
      for (let k = from; k < drawn.length && drawn[k].start <= places[i]; k += 1) {
        if (drawn[k].end > places[i]) over.push(drawn[k]);
      }
      if (!over.length) { nodes.push(piece); continue; }
      const gravest = ["high", "medium", "low"].find((one) => over.some((o) => o.counted && o.severity === one));
      nodes.push(element("span", { className: (gravest || "") + (over.includes(chosen) ? " chosen" : "") }, piece));
    }
    // A text box shows an empty line after a last line break; the copy does so only before another.
    mirror.replaceChildren(...nodes, "\n");
  }
  function show() {
    const shown = counted(), others = findings.filter((one) => !one.counted);
    draw();
    byId("found").replaceChildren(...shown.map(item));
    byId("others").replaceChildren(...others.map(item));
    byId("found-head").hidden = byId("legend").hidden = !shown.length;
    byId("quiet").hidden = !others.length;
    if (chosen && !chosen.counted) byId("quiet").open = true;
    byId("quiet").firstElementChild.textContent = "In context (" + others.length + ")";
    byId("next").disabled = byId("previous").disabled = !shown.length;
    tellCount(shown, others);
  }
  function tellCount(shown, others) {
    if (!area.value.trim()) { tell("count", "Nothing to check yet."); return; }
    if (area.value !== checked) { tell("count", "Checking…"); return; }
    const by = ["high", "medium", "low"].map((one) => [shown.filter((f) => f.severity === one).length, one])
      .filter(([count]) => count).map(([count, one]) => count + " " + one).join(", ");
    const left = Array.from(gaps).filter((gap) => area.value.includes(gap));
    tell("count", (shown.length ? shown.length + " to look at: " + by + "." : "Nothing to look at.") +
      (others.length ? " " + others.length + " in context." : "") +
      (left.length ? " Still to fill in: " + left.join(", ") + "." : ""));
  }

  // Whoever listens hears of it when it has changed, and not at every pause.
  function hearCount() {
    const told = byId("count").textContent;
    if (told !== heardCount) hear(told);
    heardCount = told;
  }

  function item(one, index) {
    const open = one === chosen, id = (one.counted ? "found-" : "other-") + index;
    const told = element("div", { className: "told", id: id, hidden: !open },
      element("p", {}, one.why),
      element("p", {}, element("strong", {}, "Better: "), one.suggestion));
    if (one.counted) {
      for (const wording of one.wordings) {
        const button = element("button", { type: "button", onclick: () => putIn(one, wording) }, "Put in: ", element("bdi", {}, wording));
        told.append(element("p", {}, button));
      }
    } else {
      const cue = one.cue ? " (“" + one.cue + "”)" : "";
      told.prepend(element("p", {}, "Not counted: " + one.not_counted + cue + "."));
    }
    told.append(
      element("p", { className: "muted" }, one.category + ", " + one.code + ". Source: " + one.source),
      element("button", { type: "button", onclick: () => goTo(one) }, "Show in the text"));
    const button = element("button", { type: "button", onclick: () => choose(open ? null : one, true) },
      element("span", { className: "severity" }, one.counted ? capital(one.severity) : capital(one.not_counted)),
      " ", element("bdi", {}, "“" + one.shown + "”"));
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-controls", id);
    return element("li", { className: "finding is-" + (one.counted ? one.severity : "quiet") }, button, told);
  }
  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  function choose(one, keepFocus) {
    chosen = one;
    show();
    if (!one) {
      if (keepFocus) area.focus();
      return;
    }
    const mark = mirror.querySelector(".chosen"), button = document.querySelector("#panel .finding > [aria-expanded='true']");
    if (mark) mark.scrollIntoView({ block: "nearest" });
    if (button) button.scrollIntoView({ block: "nearest" });
    if (button && keepFocus) button.focus({ preventScroll: true });
  }
  function goTo(one) {
    choose(one, false);
    area.focus({ preventScroll: true });
    area.setSelectionRange(one.start, one.end);
  }
  // From the chosen finding, or from where the writer is in the text.
  function step(by) {
    const shown = counted();
    if (!shown.length) { hear("Nothing to look at."); return; }
    const caret = area.selectionStart, at = shown.indexOf(chosen);
    let to = at + by;
    if (at < 0) {
      to = by > 0 ? shown.findIndex((one) => one.start >= caret) : shown.filter((one) => one.end <= caret).length - 1;
      if (to < 0) to = by > 0 ? 0 : shown.length - 1;
    }
    to = (to + shown.length) % shown.length;
    const one = shown[to];
    goTo(one);
    hear((to + 1) + " of " + shown.length + ", " + one.severity + ": " + one.shown + ". " + one.why + " Better: " + one.suggestion);
  }

  // As if it were typed, so that the browser's own undo takes it back.
  function type(start, end, text) {
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input"));
    }
  }
  function putIn(one, offered) {
    const start = one.start, first = offered.split(" ", 1)[0];
    // "She is putting …" needs no second "is" from "is being put …".
    const doubled = area.value.slice(0, start).toLowerCase().endsWith(" " + first.toLowerCase() + " ");
    const wording = doubled ? offered.slice(first.length + 1) : offered;
    type(start, one.end, wording);
    const found = wording.match(GAP) || [];
    found.forEach((gap) => gaps.add(gap));
    if (found.length) {
      const gap = start + wording.indexOf(found[0]);
      area.setSelectionRange(gap, gap + found[0].length);
    }
    tellCount(counted(), findings.filter((other) => !other.counted));
    hear("Put in. " + (found.length ? "Fill in what is selected: " + found[0] + "." : "Ctrl and Z takes it back."));
  }

  area.addEventListener("input", () => {
    moveAlong();
    if (!area.value) { name = null; gaps.clear(); }
    byId("tour").hidden = true;
    byId("help").setAttribute("aria-expanded", "false");
    show();
    settle();
  });
  function chooseAtCaret() {
    const at = area.selectionStart;
    if (at !== area.selectionEnd) return;
    const one = findings.find((other) => other.counted && other.start <= at && at <= other.end);
    if (one && one !== chosen) choose(one, false);
  }
  area.addEventListener("click", chooseAtCaret);
  area.addEventListener("keyup", (event) => { if (event.key.startsWith("Arrow")) chooseAtCaret(); });
  document.addEventListener("keydown", (event) => {
    if (byId("draft").hidden) return;
    if (event.key === "F8" && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && byId("panel").contains(document.activeElement)) {
      area.focus();
    }
  });
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  byId("print").addEventListener("click", () => window.print());
  byId("clear").addEventListener("click", () => { type(0, area.value.length, ""); hear("Cleared. Ctrl and Z takes it back."); });
  byId("example").addEventListener("click", () => type(0, area.value.length, EXAMPLE));
  byId("help").addEventListener("click", () => {
    const tour = byId("tour");
    tour.hidden = !tour.hidden;
    byId("help").setAttribute("aria-expanded", String(!tour.hidden));
    if (!tour.hidden) byId("tour-head").focus();
  });

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      const held = element("textarea", { value: text });
      document.body.append(held);
      held.select();
      document.execCommand("copy");
      held.remove();
    }
  }
  byId("copy").addEventListener("click", async () => {
    const text = area.value;
    await toClipboard(text);
    copied = text;
    hear("Copied.");
    flash(byId("copy"), "Copied");
  });
  function flash(button, text) {
    const own = button.dataset.own || (button.dataset.own = button.textContent);
    button.textContent = text;
    setTimeout(() => { button.textContent = own; }, 1500);
  }

  // Files ----------------------------------------------------------------------------------------

  async function open(file) {
    if (!file) return;
    go("draft");
    problem("");
    if (file.size > MOST_BYTES) {
      problem("The file is larger than " + MOST_BYTES / 1e6 + " MB; copy its text and paste it here.");
      return;
    }
    tell("count", "Reading the file…");
    try {
      const read = await ask("/file", file, { "X-File-Name": encodeURIComponent(file.name), "Content-Type": "application/octet-stream" });
      type(0, area.value.length, read.text);
      name = read.name;
      area.setSelectionRange(0, 0);
      window.scrollTo(0, 0);
      problem(read.remarks.join(" "));
      hear("The file was read.");
    } catch (error) {
      show();
      problem(error.message);
    }
  }
  const holdsFile = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    byId("paper").classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) byId("paper").classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    byId("paper").classList.remove("over");
    open(event.dataTransfer.files[0]);
  });
  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", () => { open(byId("file").files[0]); byId("file").value = ""; });

  // Rows from Excel ------------------------------------------------------------------------------

  const pasted = byId("pasted");
  let table = null, rowsTimer = 0, asked = 0;

  async function checkRows(column) {
    const mine = asked += 1, text = pasted.value;
    if (text.trim()) tell("rows-count", "Checking…");
    try {
      const told = text.trim() ? await askAbout("/rows", { text: text, column: column || null }) : null;
      if (mine !== asked) return;
      problem("");
      table = told;
      showTable();
    } catch (error) {
      if (mine !== asked) return;
      table = null;
      showTable();
      problem(error.message);
      tell("rows-count", "These rows were not checked.");
    }
  }
  const toLookAt = (row) => row[2] !== "";
  function showTable() {
    const rows = table ? table.rows : [], some = rows.filter(toLookAt);
    byId("copy-table").disabled = byId("save-table").disabled = !rows.length;
    byId("column-label").hidden = !table || table.names.length < 2;
    if (table) {
      const options = table.names.map((one) => element("option", { value: one, selected: table.chosen.includes(one) }, one));
      if (!table.chosen.length) options.unshift(element("option", { value: "", selected: true }, "Choose"));
      byId("column").replaceChildren(...options);
    }
    if (!table) tell("rows-count", "Nothing to check yet.");
    else if (!table.chosen.length) tell("rows-count", table.names.length ? "No column looks like notes; choose it above." : "There is nothing in these rows.");
    else tell("rows-count", number(rows.length, "row", "rows") + " checked, " + some.length + " with something to look at.");
    if (!rows.length) { byId("table").replaceChildren(); return; }
    const shown = byId("only").checked ? some : rows;
    const head = element("tr", {}, ...table.columns.map((one) => element("th", { scope: "col" }, one)));
    const body = shown.map((row) => element("tr", { className: toLookAt(row) ? "" : "none" },
      element("th", { scope: "row" }, row[0]),
      ...row.slice(1).map((cell, index) => element("td", {}, index === 1 && cell ? element("span", { className: cell }, capital(cell)) : element("bdi", {}, cell)))));
    byId("table").replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
  }
  pasted.addEventListener("input", () => {
    clearTimeout(rowsTimer);
    rowsTimer = setTimeout(() => checkRows(null), PAUSE);
  });
  byId("column").addEventListener("change", () => { if (byId("column").value) checkRows(byId("column").value); });
  byId("only").addEventListener("change", showTable);
  byId("clear-rows").addEventListener("click", () => { pasted.value = ""; table = null; asked += 1; problem(""); showTable(); pasted.focus(); });
  byId("copy-table").addEventListener("click", async () => {
    await toClipboard([table.columns, ...table.rows].map((row) => row.join("\t")).join("\r\n"));
    hear("Copied.");
    flash(byId("copy-table"), "Copied");
  });
  byId("save-table").addEventListener("click", () => {
    const cells = (row) => row.map((cell) => '"' + cell.replaceAll('"', '""') + '"').join(",");
    const text = "\ufeff" + [table.columns, ...table.rows].map(cells).join("\r\n") + "\r\n";
    const link = element("a", { download: "rows-checked.csv", href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // The two views --------------------------------------------------------------------------------

  function go(view) {
    for (const one of ["draft", "rows"]) {
      byId(one).hidden = one !== view;
      byId("to-" + one).setAttribute("aria-pressed", String(one === view));
    }
    problem("");
  }
  byId("to-draft").addEventListener("click", () => go("draft"));
  byId("to-rows").addEventListener("click", () => go("rows"));
  window.addEventListener("hashchange", enter);
  window.addEventListener("beforeunload", (event) => {
    if (area.value.trim() && area.value !== copied) event.preventDefault();
  });
  show();
  enter();
})();
