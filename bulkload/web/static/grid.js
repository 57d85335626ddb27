// The grid: a table of which only the visible rows are in the document. Everything that is drawn is drawn in draw().
import { element } from "./dom.js";
import { drawHeading, drawRow, NAME_WIDTH, NUMBER_WIDTH, STATE_WIDTH, widthOf } from "./grid_cells.js";
import { keyboard } from "./grid_keys.js";

const ROW_HEIGHT = 34;
const SPARE_ROWS = 8;

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
    this.isEditing = false;
    this.row = 0;
    /** The column that shows the name stands still. */
    this.nameColumn = Math.max(model.columnOf("Campaign name"), 0);
    this.column = this.nameColumn;
    this.widths = model.columns.map((column, index) =>
      index === this.nameColumn ? NAME_WIDTH : widthOf(column),
    );
    this.body = element("tbody");
    this.table = element(
      "table",
      { class: "grid", role: "grid", tabindex: 0, "aria-label": options.label },
      this.columnWidths(),
      drawHeading(this),
      this.body,
    );
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
    if (top + 2 * ROW_HEIGHT > this.window.scrollTop + clientHeight)
      this.window.scrollTop = top + 2 * ROW_HEIGHT - clientHeight;
    const head = this.table.tHead?.rows[0]?.cells[this.column + 2];
    if (!head || this.column === this.nameColumn) return;
    const still =
      getComputedStyle(this.table.tHead?.rows[0]?.cells[this.nameColumn + 2] ?? head).position === "sticky"
        ? NUMBER_WIDTH + STATE_WIDTH + NAME_WIDTH
        : NUMBER_WIDTH;
    if (head.offsetLeft < this.window.scrollLeft + still) this.window.scrollLeft = head.offsetLeft - still;
    if (head.offsetLeft + head.offsetWidth > this.window.scrollLeft + clientWidth)
      this.window.scrollLeft = head.offsetLeft + head.offsetWidth - clientWidth;
  }

  draw() {
    if (this.isEditing) return; // an answer that comes meanwhile must not take the field away
    const first = Math.max(Math.floor(this.window.scrollTop / ROW_HEIGHT) - SPARE_ROWS, 0);
    const last = Math.min(
      first + Math.ceil(this.window.clientHeight / ROW_HEIGHT) + 2 * SPARE_ROWS,
      this.rows.length,
    );
    const shown = this.rows.slice(first, last).map((row, index) => drawRow(this, row, first + index));
    this.body.replaceChildren(this.gap(first), ...shown, this.gap(this.rows.length - last));
    this.table.setAttribute("aria-rowcount", String(this.rows.length + 1));
    this.table.setAttribute("aria-colcount", String(this.model.columns.length + 2));
    if (this.cell) this.table.setAttribute("aria-activedescendant", "active-cell");
    else this.table.removeAttribute("aria-activedescendant");
  }

  /** @param {number} rows rows that are not in the document */
  gap(rows) {
    const gap = element("tr", { class: "gap", role: "presentation" });
    gap.style.height = `${rows * ROW_HEIGHT}px`;
    return gap;
  }

  columnWidths() {
    return element(
      "colgroup",
      {},
      ...[NUMBER_WIDTH, STATE_WIDTH, ...this.widths].map((width) => element("col", { width })),
    );
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
