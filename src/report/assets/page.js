// Opens the page's numbers into their rows and its rows into their evidence; sorts, filters and pages its tables.
// Data reaches the page as text nodes only (textContent), never as markup. The order of a row's fields is that of
// island.cc.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const dialog = document.getElementById("evidence");
  const SHEET = 100;  // rows of a set shown at once

  // ---- Small tools -------------------------------------------------------------------------------------------

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") node.addEventListener("click", value);
      else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children) {
      if (child === null || child === undefined || child === "") continue;
      node.append(child);
    }
    return node;
  }
  const grouped = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 3 });
  const text = (index) => data.t[index];
  const country = (code) => (code ? data.countries[code] || code : "not stated");
  const outcomeWords = { stop: "must not ship, or needs a licence", ask: "needs one more fact",
    review: "a person must look", clear: "nothing found" };

  function row(index) {
    const r = data.rows[index];
    return {
      index, source: data.inputs[r[0]], number: r[1], offset: r[2], length: r[3], hash: r[4], date: text(r[5]),
      declaration: text(r[6]), hs: text(r[7]), description: text(r[8]), brand: text(r[9]), model: text(r[10]),
      kind: text(r[11]), quantity: r[12], unit: text(r[13]), mass: r[14], value: r[15], currency: text(r[16]),
      usd: r[17], origin: text(r[18]), departure: text(r[19]), destination: text(r[20]),
      parties: r[21].map((p) => ({ role: text(p[0]), name: text(p[1]), country: text(p[2]) })),
      line: r[22], record: r[23],
    };
  }
  const rowName = (r) => (data.inputs.length > 1 ? r.source.name + ", " : "") + "row " + grouped(r.number);
  const goods = (r) => [r.brand, r.model].filter(Boolean).join(" ");
  const route = (r) => (r.origin && r.origin === r.departure ? [r.origin, r.destination]
    : [r.origin, r.departure, r.destination]).map(country).join(" > ");
  const mark = (kind, words) => el("span", { class: "mark " + kind }, words || kind);
  const madeUp = () => (data.synthetic ? el("span", { class: "made-up" }, "SYNTHETIC") : null);

  // ---- The evidence sheet: a dialog with a way back -----------------------------------------------------------

  let trail = [];

  function show(title, body, isBack) {
    const back = el("button", { type: "button", class: "plain", onclick: goBack, hidden: trail.length < 2 }, "Back");
    const close = el("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "Close");
    const heading = el("h2", { id: "evidence-title", tabindex: "-1" }, title, " ", madeUp());
    dialog.replaceChildren(el("div", { class: "sheet-top" }, back, heading, close), el("div", { class: "sheet" }, ...body));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = isBack ? trail[trail.length - 1].scroll || 0 : 0;
    if (!isBack) heading.focus({ preventScroll: true });
    dialog.querySelectorAll("table.data").forEach(equip);
  }

  function open(step) {
    if (trail.length) trail[trail.length - 1].scroll = dialog.scrollTop;
    trail.push(step);
    step.draw(false);
  }
  function goBack() {
    trail.pop();
    if (trail.length) trail[trail.length - 1].draw(true);
  }
  const openSet = (number) => open({ draw: (isBack) => drawSet(number, isBack) });
  const openRow = (index) => open({ draw: (isBack) => drawRow(index, isBack) });

  dialog.addEventListener("close", () => { trail = []; });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  // ---- A row set ---------------------------------------------------------------------------------------------

  function drawSet(number, isBack) {
    const set = data.sets[number];
    const body = [el("p", {}, el("b", {}, grouped(set.n)), set.n === 1 ? " row." : " rows.")];
    if (set.rows) {
      body.push(rowTable(set), el("p", { class: "tools" },
        el("button", { type: "button", class: "plain", onclick: () => download(set, number) }, "Save these rows as CSV")));
    } else {
      body.push(el("p", {}, "These rows are not in the page, which holds at most 5,000. The query below finds them in " +
        "ledger.duckdb; the hash proves that they are the same."));
    }
    body.push(el("h3", {}, "Query"), set.query ? el("pre", {}, set.query) : el("p", { class: "soft" }, "none given"),
      el("h3", {}, "Hash of the row set (SHA-256)"), el("p", { class: "hash" }, set.hash || "none given"));
    show(set.title, body, isBack);
  }

  function rowTable(set) {
    const head = ["Row", "Date", "Goods", "USD", "Route", "Parties", "Outcome"].map((name) =>
      el("th", Object.assign({ scope: "col" }, name === "Row" || name === "USD" ? { "data-num": true } : {},
        name === "USD" ? { class: "num" } : {}), name));
    const rows = set.rows.map((index) => rowOfTable(row(index)));
    return el("div", { class: "scroll" }, el("table", { class: "data lines", "data-page": String(SHEET) },
      el("caption", {}, "Open a row for its evidence."), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)));
  }

  function rowOfTable(r) {
    const verdict = r.line && data.verdicts[r.line[0]];
    const named = goods(r);
    return el("tr", {},
      el("td", { "data-v": r.number }, el("button", { type: "button", class: "n", "data-row": r.index }, rowName(r))),
      el("td", { class: "date" }, r.date),
      el("td", { dir: "auto" }, named ? el("b", {}, named + " ") : null,
        el("span", { class: "text" }, r.description.length > 90 ? r.description.slice(0, 88) + "..." : r.description)),
      el("td", { class: "num", "data-v": r.usd === null ? -1 : r.usd }, r.usd === null ? "not stated" : grouped(Math.round(r.usd))),
      el("td", {}, route(r)),
      el("td", { dir: "auto" }, ...r.parties.slice(0, 3).map((p) =>
        el("div", {}, el("span", { class: "soft" }, p.role + " "), el("bdi", {}, p.name)))),
      el("td", {}, verdict ? mark(verdict.outcome) : mark("clear")));
  }

  // A cell that a spreadsheet would take for a formula gets an apostrophe in front.
  function csvCell(value) {
    let cell = value === null || value === undefined ? "" : String(value);
    if (/^[=+@\t]|^-(?![0-9.])/.test(cell)) cell = "'" + cell;
    return /[",\n]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell;
  }

  function download(set, number) {
    const head = ["source", "row", "row_hash", "date", "declaration", "hs", "description", "brand", "model", "quantity",
      "unit", "net_mass_kg", "value_usd", "origin", "departure", "destination", "parties", "note"];
    const lines = set.rows.map(row).map((r) => [r.source.name, r.number, r.hash, r.date, r.declaration, r.hs, r.description,
      r.brand, r.model, r.quantity, r.unit, r.mass, r.usd, r.origin, r.departure, r.destination,
      r.parties.map((p) => p.role + ": " + p.name).join("; "), data.synthetic ? "SYNTHETIC" : ""]);
    const csv = [head, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\n") + "\n";
    const url = URL.createObjectURL(new Blob(["\ufeff" + csv], { type: "text/csv" }));
    el("a", { href: url, download: "rows-" + number + ".csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  // ---- A row with its evidence -------------------------------------------------------------------------------

  function drawRow(index, isBack) {
    const r = row(index);
    const verdict = r.line && data.verdicts[r.line[0]];
    const body = [el("p", {}, mark(verdict ? verdict.outcome : "clear"), " ",
      outcomeWords[verdict ? verdict.outcome : "clear"] + ".")];
    if (!verdict) body.push(el("p", { class: "soft" }, "No rule and no list holds this line, or it is not among those listed one by one."));
    if (verdict && verdict.reasons.length) {
      body.push(el("ul", {}, ...verdict.reasons.map((reason) => el("li", {}, text(reason)))));
    }
    body.push(el("h3", {}, "What the row says"), understood(r));
    if (verdict) body.push(...ruleUses(verdict));
    if (r.line && r.line[1].length) body.push(...hits(r.line[1]));
    body.push(...patterns(index), ...record(r));
    show(r.source.name + ", row " + grouped(r.number), body, isBack);
  }

  function terms(pairs) {
    const list = el("dl", {});
    for (const [name, value] of pairs) {
      if (value === null || value === undefined || value === "") continue;
      list.append(el("dt", {}, name), el("dd", { dir: "auto" }, value));
    }
    return list;
  }

  function understood(r) {
    const named = [goods(r), r.kind].filter(Boolean).join(", ");
    return terms([
      ["Date", r.date], ["Declaration", r.declaration], ["Goods, as described", r.description],
      ["Recognised as", named || "nothing in the catalogue"], ["HS code", r.hs],
      ["Quantity", r.quantity === null ? "" : grouped(r.quantity) + " " + r.unit],
      ["Net mass", r.mass === null ? "" : grouped(r.mass) + " kg"],
      ["Value", r.value === null ? "" : grouped(r.value) + " " + r.currency],
      ["Value in dollars", r.usd === null ? "not stated" : "USD " + grouped(r.usd)], ["Route", route(r)],
      ...r.parties.map((p) => [p.role[0].toUpperCase() + p.role.slice(1), p.name + (p.country ? ", " + country(p.country) : "")]),
    ]);
  }

  // A copy of a card that stands in the page, without its ids.
  function copyOf(id) {
    const card = document.getElementById(id);
    if (!card) return null;
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    return copy;
  }

  function ruleUses(verdict) {
    if (!verdict.rules.length) return [];
    const out = [el("h3", {}, "Rules")];
    for (const use of verdict.rules) {
      const words = { applies: "applies", depends: "depends on a fact", licensed: "a licence answers it", no: "does not apply" };
      const card = copyOf(use.anchor);
      out.push(el("div", { class: "use" }, el("h4", {}, mark(use.status, words[use.status]), " ", el("span", { class: "id" }, use.id)),
        use.because.length ? el("ul", {}, ...use.because.map((s) => el("li", {}, text(s)))) : null,
        use.facts.length ? el("p", {}, "Depends on: " + use.facts.map(text).join(", ")) : null,
        card ? el("details", { open: use.status === "applies" }, el("summary", {}, "The rule and its citation"), card) : null));
    }
    if (verdict.standing.length) {
      out.push(el("p", { class: "soft" }, "General catch-alls that stand aside while nothing raises them: " +
        verdict.standing.map(text).join(", ")));
    }
    return out;
  }

  function hits(numbers) {
    const cards = numbers.map((number) => copyOf("hit-" + number)).filter(Boolean);
    cards.forEach((card) => { card.open = true; });
    return cards.length ? [el("h3", {}, "Parties of this line on a list"), ...cards] : [];
  }

  // The findings whose rows hold this one.
  function patterns(index) {
    const buttons = [...document.querySelectorAll("#patterns button[data-set]")].filter((button) => {
      const set = data.sets[parseInt(button.dataset.set, 10)];
      return set.rows && set.rows.includes(index);
    });
    if (!buttons.length) return [];
    return [el("h3", {}, "Patterns with this row"), el("ul", {}, ...buttons.map((button) =>
      el("li", {}, el("button", { type: "button", class: "n", "data-set": button.dataset.set },
        data.sets[parseInt(button.dataset.set, 10)].title))))];
  }

  function record(r) {
    const out = [el("h3", {}, "The row as it stands in the file")];
    if (r.record === 0) {
      out.push(el("p", {}, "Left out here: it names a natural person who is on no official list."));
    } else if (r.record === null) {
      out.push(el("p", { class: "soft" }, "There was no room for the text of this row; the place below finds it."));
    } else {
      const cells = r.record.map((cell, i) => [r.source.columns[i] || "column " + (i + 1), text(cell)]).filter((c) => c[1] !== "");
      out.push(el("table", { class: "record" }, el("caption", {}, "Empty cells are left out."),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Column"), el("th", { scope: "col" }, "Cell"))),
        el("tbody", {}, ...cells.map(([name, cell]) => el("tr", {}, el("td", {}, name), el("td", { dir: "auto" }, cell))))));
    }
    out.push(terms([["File", r.source.name], ["Data row", grouped(r.number)],
      ["Bytes", grouped(r.length) + " from offset " + grouped(r.offset)], ["Row hash", r.hash]]));
    return out;
  }

  // ---- Tables: sort, filter, page ------------------------------------------------------------------------------

  function valueOf(tr, column, numeric) {
    const cell = tr.cells[column];
    if (!cell) return numeric ? -Infinity : "";
    if (!numeric) return cell.textContent.trim();
    return parseFloat(cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.replace(/[^0-9.-]/g, "")) || 0;
  }

  function equip(table) {
    if (table.dataset.equipped || !table.tBodies.length) return;
    table.dataset.equipped = "1";
    const state = { rows: [...table.tBodies[0].rows], page: parseInt(table.dataset.page || "25", 10), at: 0, find: "" };
    state.shown = state.rows;
    label(table);
    if (state.rows.length > 1) sortable(table, state);
    if (state.rows.length > state.page) pageable(table, state);
    draw(table, state);
  }

  // On narrow screens a row becomes a block and each cell names its column.
  function label(table) {
    if (table.tHead.rows[0].cells.length < 4) return;
    table.classList.add("stack");
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    for (const tr of table.tBodies[0].rows) {
      [...tr.cells].forEach((cell, i) => { if (i > 0) cell.dataset.label = names[i]; });
    }
  }

  function sortable(table, state) {
    [...table.tHead.rows[0].cells].forEach((th, column) => {
      const numeric = th.hasAttribute("data-num");
      const button = el("button", { type: "button", onclick: () => {
        const down = th.getAttribute("aria-sort") === "descending" || (!numeric && th.getAttribute("aria-sort") !== "ascending");
        [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
        th.setAttribute("aria-sort", down ? "ascending" : "descending");
        const sign = down ? 1 : -1;
        state.rows.sort((a, b) => {
          const x = valueOf(a, column, numeric), y = valueOf(b, column, numeric);
          return sign * (numeric ? x - y : x.localeCompare(y));
        });
        table.tBodies[0].append(...state.rows);
        refilter(table, state);
      } });
      button.append(...th.childNodes);
      th.append(button);
    });
  }

  function pageable(table, state) {
    const step = (by) => () => { state.at = Math.max(0, state.at + by * state.page); draw(table, state); };
    state.status = el("span", { role: "status" });
    state.before = el("button", { type: "button", class: "plain", onclick: step(-1) }, "Previous");
    state.after = el("button", { type: "button", class: "plain", onclick: step(1) }, "Next");
    state.all = el("button", { type: "button", class: "plain", onclick: () => {
      state.page = state.rows.length; state.at = 0; draw(table, state); } }, "Show all");
    const find = el("input", { type: "search", placeholder: "Find in this table", "aria-label": "Find in this table" });
    find.addEventListener("input", () => { state.find = find.value.toLowerCase(); refilter(table, state); });
    const place = table.closest(".scroll") || table;
    place.before(el("div", { class: "tools" }, find, state.status));
    place.after(el("div", { class: "tools" }, state.before, state.after, state.all));
  }

  function refilter(table, state) {
    state.shown = state.find ? state.rows.filter((tr) => tr.textContent.toLowerCase().includes(state.find)) : state.rows;
    state.at = 0;
    draw(table, state);
  }

  function draw(table, state) {
    const visible = new Set(state.shown.slice(state.at, state.at + state.page));
    state.rows.forEach((tr) => { tr.hidden = !visible.has(tr); });
    if (!state.status) return;
    const last = Math.min(state.at + state.page, state.shown.length);
    state.status.textContent = state.shown.length ? grouped(state.at + 1) + " to " + grouped(last) + " of " +
      grouped(state.shown.length) : "nothing found";
    state.before.disabled = state.at === 0;
    state.after.disabled = last >= state.shown.length;
    state.all.hidden = state.page >= state.rows.length;
  }

  // The list of hits is no table; it gets a field to search in when it is long.
  function equipHits(list) {
    const items = [...list.children];
    if (items.length < 8) return;
    const find = el("input", { type: "search", placeholder: "Find a party", "aria-label": "Find a party" });
    const status = el("span", { role: "status" }, grouped(items.length) + " parties");
    find.addEventListener("input", () => {
      const wanted = find.value.toLowerCase();
      let count = 0;
      items.forEach((item) => {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
        count += item.hidden ? 0 : 1;
      });
      status.textContent = grouped(count) + " of " + grouped(items.length) + " parties";
    });
    list.before(el("div", { class: "tools" }, find, status));
  }

  // ---- Start -----------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-set],[data-row]");
    if (target) {
      if (target.dataset.row !== undefined) openRow(parseInt(target.dataset.row, 10));
      else openSet(parseInt(target.dataset.set, 10));
      return;
    }
    const link = event.target.closest('a[href^="#"]');
    if (link && dialog.open) dialog.close();
    if (link) reveal(link.hash.slice(1));
  });

  // A card that is folded opens when a link leads to it.
  function reveal(id) {
    const target = id && document.getElementById(id);
    if (target && target.tagName === "DETAILS") target.open = true;
  }

  document.querySelectorAll("table.data").forEach(equip);
  document.querySelectorAll("[data-filter]").forEach(equipHits);
  reveal(location.hash.slice(1));
})();
