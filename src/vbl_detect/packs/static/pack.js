"use strict";
// One exercise at a time: choose words, say what they are, see the answer where the page holds it.
(function () {
  const main = document.getElementById("main");
  const byId = (id) => document.getElementById(id);
  const sections = Array.from(document.querySelectorAll(".exercise"));
  const key = "vbl-learn:" + main.dataset.pack;
  const answers = restored();
  let current = 0, unsaved = false;

  function restored() {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { return {}; }
  }
  function keep() {
    // A browser may refuse to keep anything; then the page works until it is closed. What a person
    // writes can be about somebody: it goes into the saved file only.
    const kept = JSON.stringify(answers, (name, value) => name === "rewriting" ? undefined : value);
    try { localStorage.setItem(key, kept); } catch (error) { /* goes on */ }
    tellProgress();
  }
  function say(text) { byId("said").textContent = text; }
  function answered(answer) {
    return Boolean(answer) && (answer.nothing || answer.spans.length > 0 || Boolean((answer.rewriting || "").trim()));
  }
  function tellProgress() {
    const done = sections.filter((section) => answered(answers[section.dataset.id])).length;
    byId("progress").textContent = done + " of " + sections.length + " exercises answered.";
  }

  function show(position, focus) {
    current = Math.max(0, Math.min(position, sections.length - 1));
    sections.forEach((section, index) => { section.hidden = index !== current; });
    byId("previous").disabled = current === 0;
    byId("next").disabled = current === sections.length - 1;
    byId("place").textContent = "Exercise " + (current + 1) + " of " + sections.length;
    say("");
    if (focus) sections[current].querySelector("h2").focus();
  }

  function startWriting(section) {
    const form = section.querySelector("form"), field = form.elements.rewriting;
    const region = section.querySelector(".answer");
    const mine = () => answers[section.dataset.id] ||
      (answers[section.dataset.id] = { nothing: false, shown: false, spans: [], rewriting: "" });
    function reveal() {
      region.querySelector(".yours").textContent = field.value;
      region.hidden = false;
      for (const control of form.elements) control.disabled = true;
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => { mine().rewriting = field.value; unsaved = true; keep(); });
    if (region) {
      form.querySelector(".done").addEventListener("click", () => {
        if (!field.value.trim()) { say("Write your own wording first."); field.focus(); return; }
        mine().shown = true;
        keep(); reveal(); say("The model answer is shown."); region.focus();
      });
    }
    form.hidden = false;
    field.value = "";
    mine().shown = false;
  }

  function start(section) {
    if (!section.querySelector(".note")) { startWriting(section); return; }
    const note = section.querySelector(".note");
    const words = Array.from(note.querySelectorAll(".word"));
    const form = section.querySelector("form");
    const nothing = form.querySelector(".nothing");
    const list = form.querySelector(".marks");
    const region = section.querySelector(".answer");
    let active = 0, anchor = -1, end = -1, open = false, drawing = false;

    const mine = () => answers[section.dataset.id] ||
      (answers[section.dataset.id] = { nothing: false, shown: false, spans: [] });
    const chosen = () => anchor < 0 ? [] : words.slice(Math.min(anchor, end), Math.max(anchor, end) + 1);
    const inside = (word, span) => Number(word.dataset.start) < span.end && Number(word.dataset.end) > span.start;
    const phrase = (span) => {
      const of = Array.from(note.children);
      const held = words.filter((word) => inside(word, span));
      if (!held.length) return "";
      return of.slice(of.indexOf(held[0]), of.indexOf(held[held.length - 1]) + 1)
        .map((piece) => piece.textContent).join("");
    };
    const span = () => {
      const held = chosen();
      return { start: Number(held[0].dataset.start), end: Number(held[held.length - 1].dataset.end) };
    };
    const title = (name, value) =>
      Array.from(form.elements[name].options).find((option) => option.value === value).text.split(":")[0];

    function draw() {
      const held = chosen(), spans = mine().spans;
      words.forEach((word, index) => {
        word.setAttribute("aria-selected", String(held.includes(word)));
        word.classList.toggle("active", index === active);
        word.classList.toggle("marked", spans.some((one) => inside(word, one)));
      });
      if (words.length) note.setAttribute("aria-activedescendant", words[active].id);
      form.querySelector(".chosen").textContent = held.length ? "Chosen: “" + phrase(span()) + "”" : "No words chosen yet.";
      nothing.setAttribute("aria-pressed", String(mine().nothing));
      list.replaceChildren(...spans.map(item));
    }
    function item(one, index) {
      const line = document.createElement("li"), remove = document.createElement("button");
      const told = "“" + phrase(one) + "”";
      line.textContent = told + ": " + title("category", one.category) + "; " + title("context", one.context).toLowerCase() + " ";
      remove.type = "button";
      remove.textContent = "Remove";
      remove.setAttribute("aria-label", "Remove " + told);
      remove.disabled = mine().shown;
      remove.addEventListener("click", () => {
        mine().spans.splice(index, 1);
        keep(); draw(); say("Removed."); note.focus();
      });
      line.append(remove);
      return line;
    }
    function letGo() { anchor = end = -1; open = false; draw(); }
    function moveTo(index) {
      active = Math.max(0, Math.min(index, words.length - 1));
      if (open) end = active;
      draw();
    }
    function line(step) {
      const top = (word) => word.offsetTop;
      let index = active;
      while (words[index] && top(words[index]) === top(words[active])) index += step;
      if (!words[index]) return active;
      const row = words.filter((word) => top(word) === top(words[index]));
      const far = (word) => Math.abs(word.offsetLeft - words[active].offsetLeft);
      return words.indexOf(row.reduce((best, word) => far(word) < far(best) ? word : best));
    }

    note.addEventListener("keydown", (event) => {
      const moves = {
        ArrowRight: () => active + 1, ArrowLeft: () => active - 1, Home: () => 0,
        End: () => words.length - 1, ArrowUp: () => line(-1), ArrowDown: () => line(1),
      };
      if (mine().shown || !words.length) return;
      if (moves[event.key]) {
        if (event.shiftKey && !open) { anchor = end = active; open = true; }
        moveTo(moves[event.key]());
      } else if (event.key === "Enter" || event.key === " ") {
        if (open) {
          end = active; open = false; draw();
          say("Chosen: " + phrase(span()) + ". Choose category and context.");
          form.elements.category.focus();
        } else {
          anchor = end = active; open = true; draw();
          say("First word: " + words[active].textContent + ". Move to the last word and press Enter.");
        }
      } else if (event.key === "Escape") { letGo(); say("No words chosen."); } else return;
      event.preventDefault();
    });
    note.addEventListener("pointerdown", (event) => {
      const index = words.indexOf(event.target.closest(".word"));
      if (index < 0 || mine().shown || event.button) return;
      const goesOn = anchor >= 0 && (event.shiftKey || (event.pointerType === "touch" && anchor === end));
      if (!goesOn) anchor = index;
      active = end = index; open = false; drawing = event.pointerType !== "touch";
      draw();
    });
    note.addEventListener("pointermove", (event) => {
      const under = drawing && document.elementFromPoint(event.clientX, event.clientY);
      const index = under ? words.indexOf(under.closest(".word")) : -1;
      if (index >= 0 && index !== end) { active = end = index; draw(); }
    });
    document.addEventListener("pointerup", () => { drawing = false; });

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const category = form.elements.category, context = form.elements.context;
      if (anchor < 0) { say("Choose the words in the note first."); note.focus(); return; }
      for (const select of [category, context]) {
        if (!select.value) { say("Choose a " + select.name + " for the phrase."); select.focus(); return; }
      }
      const one = Object.assign(span(), { category: category.value, context: context.value });
      if (mine().spans.some((other) => other.start < one.end && one.start < other.end)) {
        say("Some of these words are marked already; remove that mark first.");
        return;
      }
      mine().spans.push(one);
      mine().spans.sort((a, b) => a.start - b.start);
      mine().nothing = false;
      category.value = context.value = "";
      keep(); letGo(); say("Marked: " + phrase(one) + "."); note.focus();
    });
    nothing.addEventListener("click", () => {
      mine().nothing = !mine().nothing;
      if (mine().nothing) mine().spans = [];
      keep(); letGo(); say(mine().nothing ? "Your answer: nothing here." : "Your answer is open again.");
    });

    function reveal() {
      const gold = Array.from(region.querySelectorAll(".gold li"));
      const spans = mine().spans, of = pair(gold, spans);
      gold.forEach((line, index) => {
        const given = spans[of.get(index)], told = line.dataset;
        let verdict = "✗ You did not mark this.";
        if (given) {
          const exact = given.start === Number(told.start) && given.end === Number(told.end);
          verdict = (exact ? "✓ You marked these words" : "≈ You marked some of these words, or more") +
            (given.category === told.category ? "; category ✓" : "; you chose the category " + title("category", given.category)) +
            (given.context === told.context ? "; context ✓" : "; you chose the context " + title("context", given.context).toLowerCase()) + ".";
        } else if ("borderline" in told) verdict = "You did not mark this, which is fine.";
        line.querySelector(".verdict").textContent = verdict;
      });
      const taken = Array.from(of.values());
      const extra = spans.filter((one, index) => !taken.includes(index)).map((one) => "“" + phrase(one) + "”");
      region.querySelector(".extra").textContent = extra.length
        ? "Also marked by you, and not in the agreed answer: " + extra.join(", ") + "."
        : (gold.length ? "" : "✓ You marked nothing either.");
      region.hidden = false;
      for (const control of form.elements) control.disabled = true;
      draw();
    }
    if (region) {
      form.querySelector(".done").addEventListener("click", () => {
        if (!answered(mine())) { say("Mark a phrase, or press “Nothing here”."); return; }
        mine().shown = true;
        keep(); reveal(); say("The agreed answer is shown."); region.focus();
      });
    }
    form.hidden = false;
    draw();
    if (region && mine().shown) reveal();
  }

  // Each agreed phrase gets the answer that shares most with it, and no answer serves twice:
  // as vbl_detect.exercises.marking does it.
  function pair(gold, spans) {
    const shared = [], of = new Map();
    gold.forEach((line, i) => spans.forEach((one, j) => {
      const size = Math.min(Number(line.dataset.end), one.end) - Math.max(Number(line.dataset.start), one.start);
      if (size > 0) shared.push([size, i, j]);
    }));
    shared.sort((a, b) => b[0] - a[0] || a[1] - b[1] || a[2] - b[2]);
    for (const [, i, j] of shared) {
      if (!of.has(i) && !Array.from(of.values()).includes(j)) of.set(i, j);
    }
    return of;
  }

  byId("previous").addEventListener("click", () => show(current - 1, true));
  byId("next").addEventListener("click", () => show(current + 1, true));
  byId("save").addEventListener("click", () => {
    const told = sections.map((section) => section.dataset.id).filter((id) => answered(answers[id]))
      .map((id) => Object.assign({ id: id, spans: answers[id].spans },
        answers[id].rewriting ? { rewriting: answers[id].rewriting.trim() } : {}));
    const file = { schema_version: "1", pack: main.dataset.pack, mode: main.dataset.mode,
      name: byId("name").value.trim(), answers: told };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1) + "\n"], { type: "application/json" }));
    link.download = "answers-" + main.dataset.pack + ".json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    unsaved = false;
    say("Saved " + told.length + " of " + sections.length + " answers to a file.");
  });
  byId("forget").addEventListener("click", () => {
    const button = byId("forget");
    if (!button.dataset.asked) {
      button.dataset.asked = "yes";
      button.textContent = "Press again to remove my answers";
      say("Press again to remove your answers; save them as a file first if they are wanted.");
      return;
    }
    try { localStorage.removeItem(key); } catch (error) { /* nothing was kept */ }
    location.reload();
  });

  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  sections.forEach(start);
  byId("moves").hidden = byId("export").hidden = false;
  const open = sections.findIndex((section) => !answered(answers[section.dataset.id]));
  show(open < 0 ? 0 : open, false);
  tellProgress();
})();
