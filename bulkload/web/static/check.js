// The check page: one object that joins the workbook, the grid, the list of problems and the server.
import { ask, during, go, say, sayError } from "./app.js";
import { BookModel } from "./book.js";
import { CellEdits } from "./cell_edits.js";
import { showSaid } from "./check_head.js";
import { byId, element, number } from "./dom.js";
import { Grid } from "./grid.js";
import { Panel } from "./panel.js";
import { showWeek } from "./week.js";

/** @typedef {import("./types").SheetName} SheetName */

export class CheckPage {
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
    this.edits = new CellEdits(this);
    this.panel = new Panel(byId("panel"), {
      words: this.words,
      open: (group) => this.reveal(group.first.row, group.first.heading),
      fix: (group, value, everywhere) => this.edits.fix(group, value, everywhere),
      field: (group) => this.edits.field(group),
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
      edit: (row, column, begins) => this.edits.edit(row, column, begins),
      select: (row, column) => this.selected(row, column),
      clear: (row, column) => this.edits.set(row, column, ""),
      problem: (step) => this.panel.next(step),
      undo: () => this.undo(),
      paste: (row, column, text) => this.edits.paste(row, column, text),
    });
  }

  listen() {
    for (const tab of document.querySelectorAll("[role=tab]")) {
      if (!(tab instanceof HTMLElement)) continue;
      tab.addEventListener("click", () => this.openSheet(/** @type {SheetName} */ (tab.dataset.sheet)));
      tab.addEventListener("keydown", (event) => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight")
          this.openSheet(this.sheet === "campaigns" ? "calling_hours" : "campaigns", true);
      });
    }
    byId("take-back").addEventListener("click", () => this.undo());
    const goOn = /** @type {HTMLButtonElement} */ (byId("go-on"));
    goOn.addEventListener("click", () =>
      during(goOn, async () => {
        const { url } = await ask("POST", `${this.address}/plan`, {
          valid_only: goOn.dataset.main === "valid",
        });
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
    if (said) showSaid(said);
    this.showFilters();
    this.grid.show(
      this.filter === "all" ? this.model.rows : this.model.rows.filter((row) => row.state === this.filter),
    );
    this.panel.show(this.model.groups());
  }

  showFilters() {
    const { rows } = this.model;
    const states = ["fix", "check", "ready", "out"]
      .map((state) => ({ state, count: rows.filter((row) => row.state === state).length }))
      .filter(({ count }) => count);
    if (this.filter !== "all" && !states.some(({ state }) => state === this.filter)) this.filter = "all";
    const chips = [{ state: "all", count: rows.length }, ...states].map(({ state, count }) =>
      element(
        "button",
        {
          type: "button",
          "aria-pressed": String(state === this.filter),
          onclick: () => this.setFilter(state),
        },
        state !== "all" && state !== "out" && element("span", { class: `swatch ${state}` }),
        `${this.words[state]} ${number(count)}`,
      ),
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
    const name = !isAsked ? "" : (this.grid.rows[this.grid.row]?.cells[column]?.[0] ?? "");
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
