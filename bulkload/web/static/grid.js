// The grid: a table of which only the visible rows are in the document. Everything that is drawn is drawn in draw().
import { element } from "./dom.js";
import { keyboard } from "./grid_keys.js";

const ROW_HEIGHT = 34;
const SPARE_ROWS = 8;
const FIRST_COLUMNS = [52, 142];
const NAME_WIDTH = 236;
const SPARE_WIDTH = 60;

/**
 * @typedef {object} GridOptions
 * @property {string} label
 * @property {import("./types").Words} words
 * @property {(row: number, column: number, begins: string | null) => void} edit
 * @property {(row: number, column: number) => void} select called when another cell is chosen
 * @property {(row: number, column: number) => void} clear
 * @property {(step: 1 | -1) => void} problem
 * @property {() => void} undo
 * @property {(row: number, column: number, text: string) => void} paste
 */

/**
 * Pixels for a column: what it usually contains, and its heading.
 * @param {import("./types").ColumnData} column
 */
function widthOf(column) {
  return Math.round(Math.min(Math.max(column.width, column.heading.length * 0.92 + 1), 34) * 7.6) + 18;
}

export class Grid {
  /**
   * @param {HTMLElement} place
   * @param {import("./book.js").SheetModel} model
   * @param {GridOptions} options
   */
  constructor(place, model, options) {
    this.model = model;
    this.options = options;
    this.rows = model.rows;
    this.row = 0;
    /** The column that shows the name stands still. */
    this.nameColumn = Math.max(model.columnOf("Campaign name"), 0);
    this.column = this.nameColumn;
    this.widths = model.columns.map((column, index) => (index === this.nameColumn ? NAME_WIDTH : widthOf(column)));
    this.body = element("tbody");
    this.table = element("table", { class: "grid", role: "grid", tabindex: 0, "aria-label": options.label }, this.columnWidths(), this.heading(), this.body);
    this.window = element("div", { class: "grid-window", tabindex: -1 }, this.table);
    place.replaceChildren(this.window);
    this.window.addEventListener("scroll", () => this.draw(), { passive: true });
    this.body.addEventListener("mousedown", (event) => this.pick(event));
    this.body.addEventListener("dblclick", () => this.options.edit(this.row, this.column, null));
    keyboard(this);
    new ResizeObserver(() => this.draw()).observe(this.window);
    this.draw();
  }

  /** @param {import("./types").RowData[]} rows the rows to show, in order */
  show(rows) {
    this.rows = rows;
    this.row = Math.min(this.row, Math.max(rows.length - 1, 0));
    this.draw();
  }

  /** How many rows fit. */
  get page() {
    return Math.max(Math.floor(this.window.clientHeight / ROW_HEIGHT) - 2, 1);
  }

  /**
   * Choose a cell, by its place among the rows shown and among the columns.
   * @param {number} row
   * @param {number} column
   */
  move(row, column) {
    this.row = Math.min(Math.max(row, 0), this.rows.length - 1);
    this.column = Math.min(Math.max(column, 0), this.model.columns.length - 1);
    this.scrollTo();
    this.draw();
    this.options.select(this.row, this.column);
  }

  /**
   * Choose the cell of an Excel row and a heading; false where it is not shown.
   * @param {number} number
   * @param {string | null} heading
   */
  find(number, heading) {
    const row = this.rows.findIndex((one) => one.row === number);
    if (row < 0) return false;
    const column = heading === null ? this.nameColumn : this.model.columnOf(heading);
    this.row = row;
    this.column = Math.max(column, 0);
    this.scrollTo();
    this.draw();
    return true;
  }

  /** The chosen cell's element, where it is in the document. */
  get cell() {
    return this.body.querySelector(".active");
  }

  focus() {
    this.table.focus({ preventScroll: true });
  }

  scrollTo() {
    const top = this.row * ROW_HEIGHT;
    const { clientHeight, clientWidth } = this.window;
    if (top < this.window.scrollTop) this.window.scrollTop = top;
    if (top + 2 * ROW_HEIGHT > this.window.scrollTop + clientHeight) this.window.scrollTop = top + 2 * ROW_HEIGHT - clientHeight;
    const head = this.table.tHead?.rows[0]?.cells[this.column + 2];
    if (!head || this.column === this.nameColumn) return;
    const still = getComputedStyle(this.table.tHead?.rows[0]?.cells[this.nameColumn + 2] ?? head).position === "sticky" ? FIRST_COLUMNS[0] + FIRST_COLUMNS[1] + NAME_WIDTH : FIRST_COLUMNS[0];
    if (head.offsetLeft < this.window.scrollLeft + still) this.window.scrollLeft = head.offsetLeft - still;
    if (head.offsetLeft + head.offsetWidth > this.window.scrollLeft + clientWidth) this.window.scrollLeft = head.offsetLeft + head.offsetWidth - clientWidth;
  }

  draw() {
    const first = Math.max(Math.floor(this.window.scrollTop / ROW_HEIGHT) - SPARE_ROWS, 0);
    const last = Math.min(first + Math.ceil(this.window.clientHeight / ROW_HEIGHT) + 2 * SPARE_ROWS, this.rows.length);
    const shown = this.rows.slice(first, last).map((row, index) => this.drawRow(row, first + index));
    this.body.replaceChildren(this.gap(first), ...shown, this.gap(this.rows.length - last));
    this.table.setAttribute("aria-rowcount", String(this.rows.length + 1));
    this.table.setAttribute("aria-colcount", String(this.model.columns.length + 2));
    if (this.cell) this.table.setAttribute("aria-activedescendant", "active-cell");
    else this.table.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {import("./types").RowData} row
   * @param {number} place
   */
  drawRow(row, place) {
    const { words } = this.options;
    const isCurrent = place === this.row;
    const cells = this.columnsShown().map((column) => (column < 0 ? element("td", { colspan: -column, role: "presentation" }) : this.drawCell(row, column, isCurrent && column === this.column)));
    const pill = element("span", { class: `pill ${row.state}` }, words[row.state]);
    return element(
      "tr",
      { "aria-rowindex": place + 2, class: isCurrent ? "current" : null, "data-place": place, role: "row" },
      element("th", { class: "number", scope: "row", role: "rowheader", "aria-colindex": 1 }, String(row.row)),
      element("td", { class: "state", role: "gridcell", "aria-colindex": 2 }, pill),
      ...cells,
    );
  }

  /**
   * @param {import("./types").RowData} row
   * @param {number} column
   * @param {boolean} isActive
   */
  drawCell(row, column, isActive) {
    const { words } = this.options;
    const [text, state] = row.cells[column] ?? [""];
    const sign = state === "error" ? "✗ " : state === "warning" ? "! " : "";
    const classes = [state, column === this.nameColumn && "name", isActive && "active"].filter(Boolean).join(" ");
    const label = state === "unused" ? `${text || words.empty} (${words.unused})` : null;
    return element("td", { class: classes || null, role: "gridcell", "aria-colindex": column + 3, "aria-label": label, "aria-invalid": state === "error" ? "true" : null, "aria-selected": isActive ? "true" : null, id: isActive ? "active-cell" : null, "data-column": column }, sign + text);
  }

  /** The columns to draw: those in the window and the name's; a negative number stands for so many left out. */
  columnsShown() {
    const left = this.window.scrollLeft - SPARE_WIDTH;
    const right = this.window.scrollLeft + this.window.clientWidth + SPARE_WIDTH;
    let edge = FIRST_COLUMNS[0] + FIRST_COLUMNS[1];
    /** @type {number[]} */
    const shown = [];
    this.widths.forEach((width, column) => {
      const isShown = column === this.nameColumn || column === this.column || (edge + width > left && edge < right);
      const last = shown.length - 1;
      edge += width;
      if (isShown) shown.push(column);
      else if (last >= 0 && (shown[last] ?? 0) < 0) shown[last] = (shown[last] ?? 0) - 1;
      else shown.push(-1);
    });
    return shown;
  }

  /** @param {number} rows rows that are not in the document */
  gap(rows) {
    const gap = element("tr", { class: "gap", role: "presentation" });
    gap.style.height = `${rows * ROW_HEIGHT}px`;
    return gap;
  }

  heading() {
    const { words } = this.options;
    const own = this.model.columns.map((column, index) =>
      element("th", { scope: "col", role: "columnheader", class: index === this.nameColumn ? "name" : null, title: column.help || null, "aria-colindex": index + 3 }, column.heading),
    );
    const first = [
      element("th", { scope: "col", role: "columnheader", class: "number", "aria-colindex": 1 }, words.row),
      element("th", { scope: "col", role: "columnheader", class: "state", "aria-colindex": 2 }, words.status),
    ];
    return element("thead", {}, element("tr", { "aria-rowindex": 1, role: "row" }, ...first, ...own));
  }

  columnWidths() {
    return element("colgroup", {}, ...[...FIRST_COLUMNS, ...this.widths].map((width) => element("col", { width })));
  }

  /** @param {MouseEvent} event */
  pick(event) {
    if (!(event.target instanceof Element) || event.target.closest(".editing")) return;
    const place = event.target.closest("tr")?.dataset.place;
    const column = event.target.closest("td")?.dataset.column;
    if (place === undefined) return;
    event.preventDefault();
    this.focus();
    this.move(Number(place), column === undefined ? this.column : Number(column));
  }
}
