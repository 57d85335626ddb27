// The check page: one object that joins the workbook, the grid, the list of problems and the server.
import { ask, during, go, say, sayError } from "./app.js";
import { BookModel } from "./book.js";
import { byId, element, fill, number } from "./dom.js";
import { editIn } from "./editor.js";
import { Grid } from "./grid.js";
import { Panel } from "./panel.js";
import { showWeek } from "./week.js";

/** @typedef {import("./types").SheetName} SheetName */

class CheckPage {
  /** @param {import("./types").CheckData} data */
  constructor(data) {
    const place = byId("workplace");
    this.address = `/workbooks/${place.dataset.book}`;
    /** @type {import("./types").Words} */
    this.words = JSON.parse(place.dataset.words ?? "{}");
    this.book = new BookModel(data);
    /** @type {SheetName} */
    this.sheet = "campaigns";
    this.filter = "all";
    this.panel = new Panel(byId("panel"), {
      words: this.words,
      open: (group) => this.reveal(group.first.row, group.first.heading),
      fix: (group, value, everywhere) => this.fix(group, value, everywhere),
      field: (group) => this.field(group),
    });
    this.grid = this.makeGrid();
    this.refresh(data.said);
    this.listen();
    const first = this.panel.groups[0]?.first;
    if (first) this.reveal(first.row, first.heading);
  }

  get model() {
    return this.book.sheets[this.sheet];
  }

  makeGrid() {
    const label = (this.sheet === "campaigns" ? this.words.grid_campaigns : this.words.grid_hours) ?? "";
    return new Grid(byId("sheet"), this.model, {
      label,
      words: this.words,
      edit: (row, column, begins) => this.edit(row, column, begins),
      select: (row, column) => this.selected(row, column),
      clear: (row, column) => this.set(row, column, ""),
      problem: (step) => this.panel.next(step),
      undo: () => this.undo(),
      paste: (row, column, text) => this.paste(row, column, text),
    });
  }

  listen() {
    for (const tab of document.querySelectorAll("[role=tab]")) {
      if (!(tab instanceof HTMLElement)) continue;
      tab.addEventListener("click", () => this.openSheet(/** @type {SheetName} */ (tab.dataset.sheet)));
      tab.addEventListener("keydown", (event) => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.openSheet(this.sheet === "campaigns" ? "calling_hours" : "campaigns", true);
      });
    }
    byId("take-back").addEventListener("click", () => this.undo());
    const goOn = /** @type {HTMLButtonElement} */ (byId("go-on"));
    goOn.addEventListener("click", () =>
      during(goOn, async () => {
        const { url } = await ask("POST", `${this.address}/plan`, { valid_only: goOn.dataset.main === "valid" });
        go(`/${url}`);
      }),
    );
  }

  /**
   * @param {SheetName} sheet
   * @param {boolean} [focusTab]
   */
  openSheet(sheet, focusTab = false) {
    if (sheet === this.sheet) return;
    this.sheet = sheet;
    this.filter = "all";
    for (const name of ["campaigns", "calling_hours"]) {
      const tab = byId(`tab-${name}`);
      tab.setAttribute("aria-selected", String(name === sheet));
      tab.tabIndex = name === sheet ? 0 : -1;
      if (name === sheet && focusTab) tab.focus();
    }
    byId("sheet").setAttribute("aria-labelledby", `tab-${sheet}`);
    this.grid = this.makeGrid();
    this.refresh(null);
    this.showWeek();
  }

  // --- what is shown -----------------------------------------------------------------------------------

  /** @param {import("./types").SaidData | null} said */
  refresh(said) {
    if (said) this.showSaid(said);
    this.showFilters();
    this.grid.show(this.filter === "all" ? this.model.rows : this.model.rows.filter((row) => row.state === this.filter));
    this.panel.show(this.model.groups());
  }

  /** @param {import("./types").SaidData} said */
  showSaid(said) {
    byId("headline").textContent = said.headline;
    byId("rest").textContent = said.rest;
    const goOn = byId("go-on");
    goOn.textContent = said.label;
    goOn.dataset.main = said.main ?? "";
    goOn.hidden = !said.main || !goOn.hasAttribute("data-available");
    goOn.className = said.main === "plan" ? "main" : "";
    byId("take-back").hidden = said.edits === 0;
  }

  showFilters() {
    const { rows } = this.model;
    const states = ["fix", "check", "ready", "out"].map((state) => ({ state, count: rows.filter((row) => row.state === state).length })).filter(({ count }) => count);
    if (this.filter !== "all" && !states.some(({ state }) => state === this.filter)) this.filter = "all";
    const chips = [{ state: "all", count: rows.length }, ...states].map(({ state, count }) =>
      element("button", { type: "button", "aria-pressed": String(state === this.filter), onclick: () => this.setFilter(state) }, state !== "all" && state !== "out" && element("span", { class: `swatch ${state}` }), `${this.words[state]} ${number(count)}`),
    );
    byId("filters").replaceChildren(...chips);
    for (const name of /** @type {SheetName[]} */ (["campaigns", "calling_hours"])) {
      const toFix = this.book.sheets[name].rows.filter((row) => row.state === "fix").length;
      const count = byId(`tab-${name}`).querySelector(".count");
      if (count) count.textContent = toFix ? ` · ${number(toFix)}` : "";
    }
  }

  /** @param {string} filter */
  setFilter(filter) {
    this.filter = filter;
    this.refresh(null);
    const pressed = byId("filters").querySelector("[aria-pressed=true]");
    if (pressed instanceof HTMLElement) pressed.focus();
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  selected(row, column) {
    const heading = this.model.columns[column]?.heading ?? "";
    const number = this.grid.rows[row]?.row ?? 0;
    this.panel.openCell(number, heading);
    this.showWeek();
  }

  showWeek() {
    const column = this.model.columnOf("Calling hours");
    const isAsked = this.sheet === "calling_hours" || this.grid.column === column;
    const name = !isAsked ? "" : this.grid.rows[this.grid.row]?.cells[column]?.[0] ?? "";
    showWeek(byId("week"), this.book.week(name), name, this.words);
  }

  /**
   * @param {number | null} row
   * @param {string | null} heading
   */
  reveal(row, heading) {
    if (row === null) return;
    if (!this.grid.find(row, heading)) {
      this.filter = "all";
      this.refresh(null);
      this.grid.find(row, heading);
    }
    this.showWeek();
  }

  // --- what is changed ---------------------------------------------------------------------------------

  /** @param {import("./types").ProblemGroup} group */
  field(group) {
    const column = this.model.columnOf(group.first.heading ?? "");
    const begins = this.model.typed(group.first.row ?? 0, group.first.heading ?? "");
    const found = this.model.columns[column];
    return { choices: found?.choices ?? [], suggestions: found?.suggests ? this.book.suggestions(this.sheet, column) : [], begins };
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {string | null} begins
   */
  edit(row, column, begins) {
    const cell = this.grid.cell;
    const found = this.model.columns[column];
    const data = this.grid.rows[row];
    if (!(cell instanceof HTMLElement) || !found || !data) return;
    editIn(cell, {
      label: `${found.heading}, ${this.words.row} ${data.row}`,
      begins: begins ?? this.model.typed(data.row, found.heading),
      choices: found.choices,
      suggestions: found.suggests ? this.book.suggestions(this.sheet, column) : [],
      leave: () => this.leave(),
      save: (value, move) => {
        this.set(row, column, value);
        const steps = { down: [1, 0], right: [0, 1], left: [0, -1], none: [0, 0] }[move];
        if (move !== "none") this.grid.focus();
        this.grid.move(row + (steps[0] ?? 0), column + (steps[1] ?? 0));
      },
    });
  }

  leave() {
    this.grid.draw();
    this.grid.focus();
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {string} text
   */
  paste(row, column, text) {
    const [first, ...others] = text.replace(/\r?\n$/, "").split(/[\t\r\n]+/);
    if (others.length) say(this.words.one_cell ?? "");
    this.set(row, column, first ?? "");
  }

  /**
   * @param {number} place
   * @param {number} column
   * @param {string} value
   */
  set(place, column, value) {
    const row = this.grid.rows[place]?.row;
    const heading = this.model.columns[column]?.heading;
    if (row === undefined || heading === undefined || value === this.model.typed(row, heading)) return;
    this.send([{ row, heading, value }]).catch(sayError);
  }

  /**
   * @param {import("./types").ProblemGroup} group
   * @param {string} value
   * @param {boolean} everywhere
   */
  fix(group, value, everywhere) {
    const heading = group.first.heading ?? "";
    const rows = everywhere ? group.rows : group.rows.slice(0, 1);
    this.send(rows.map((row) => ({ row, heading, value }))).catch(sayError);
  }

  /** @param {{row: number, heading: string, value: string}[]} edits */
  async send(edits) {
    const sheet = this.sheet;
    const change = await ask("POST", `${this.address}/cells`, { sheet, edits });
    this.take(change);
    const rows = edits.map((edit) => this.book.sheets[sheet].row(edit.row)).filter((row) => row?.state === "fix");
    const isSame = edits.some((edit) => this.book.sheets[sheet].problems.get(edit.row)?.some((problem) => problem.heading === edit.heading && problem.level === "error"));
    const toGo = this.book.counts.fix ?? 0;
    if (isSame) say(this.words.still ?? "");
    else if (rows.length) say(this.words.another_problem ?? "");
    else say(toGo ? fill(this.words.fixed ?? "", { count: number(toGo) }) : (this.words.fixed_all ?? ""));
  }

  /** @param {import("./types").ChangeData} change */
  take(change) {
    this.book.take(change);
    this.refresh(change.said);
    this.showWeek();
  }

  async undo() {
    try {
      const change = await ask("POST", `${this.address}/undo-edit`);
      const [first] = change.edited;
      if (first && first.sheet !== this.sheet) this.openSheet(first.sheet);
      this.take(change);
      if (first) this.reveal(first.row, first.heading);
      say((first ? this.words.taken_back : this.words.nothing_back) ?? "");
    } catch (error) {
      sayError(error);
    }
  }
}

ask("GET", `/workbooks/${byId("workplace").dataset.book}/data`)
  .then((data) => new CheckPage(data))
  .catch(sayError);
