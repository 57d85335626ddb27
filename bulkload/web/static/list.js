// A long list of rows of different heights, of which only those near the window are in the document.
import { element } from "./dom.js";

const GUESS = 44;
const SPARE_PIXELS = 500;
const MOST_PRINTED = 2000;

/**
 * @template Row
 */
export class RowList {
  /**
   * @param {HTMLElement} place
   * @param {{kind: string, label: string, headings: string[], draw: (row: Row, place: number) => HTMLElement}} options
   */
  constructor(place, options) {
    this.options = options;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {number[]} */
    this.heights = [];
    this.before = element("div", { role: "presentation" });
    this.shown = element("div", { role: "rowgroup" });
    this.after = element("div", { role: "presentation" });
    const heads = options.headings.map((heading) => element("span", { role: "columnheader" }, heading));
    const head = element(
      "div",
      { role: "rowgroup" },
      element("div", { class: "rows-head", role: "row" }, ...heads),
    );
    this.table = element(
      "div",
      { class: `rows ${options.kind}`, role: "table", "aria-label": options.label },
      head,
      this.before,
      this.shown,
      this.after,
    );
    place.replaceChildren(this.table);
    place.removeAttribute("aria-busy");
    this.first = 0;
    this.last = 0;
    this.isPrinting = false;
    addEventListener("scroll", () => this.look(), { passive: true });
    addEventListener("resize", () => this.remeasure());
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  /** @param {Row[]} rows */
  show(rows) {
    this.rows = rows;
    this.heights = rows.map((_, place) => this.heights[place] ?? GUESS);
    this.table.setAttribute("aria-rowcount", String(rows.length + 1));
    this.table.hidden = rows.length === 0;
    this.draw();
  }

  remeasure() {
    this.heights = this.rows.map(() => GUESS);
    this.draw();
  }

  /** @param {boolean} isPrinting */
  print(isPrinting) {
    this.isPrinting = isPrinting;
    this.draw();
  }

  /** The rows near the window. */
  range() {
    if (this.isPrinting) return [0, Math.min(this.rows.length, MOST_PRINTED)];
    const top = -this.before.getBoundingClientRect().top - SPARE_PIXELS;
    const bottom = top + innerHeight + 2 * SPARE_PIXELS;
    let first = 0;
    let edge = 0;
    while (first < this.rows.length && edge + (this.heights[first] ?? GUESS) < top)
      edge += this.heights[first++] ?? GUESS;
    let last = first;
    while (last < this.rows.length && edge < bottom) edge += this.heights[last++] ?? GUESS;
    return [first, last];
  }

  look() {
    const [first, last] = this.range();
    if (first !== this.first || last !== this.last) this.draw();
  }

  draw() {
    const [first = 0, last = 0] = this.range();
    this.first = first;
    this.last = last;
    const made = this.rows.slice(first, last).map((row, index) => {
      const drawn = this.options.draw(row, first + index);
      drawn.setAttribute("role", "row");
      drawn.setAttribute("aria-rowindex", String(first + index + 2));
      for (const cell of drawn.children) cell.setAttribute("role", "cell");
      return drawn;
    });
    this.shown.replaceChildren(...made);
    made.forEach((drawn, index) => {
      const { height } = drawn.getBoundingClientRect();
      const below = Number.parseFloat(getComputedStyle(drawn).marginBottom) || 0;
      this.heights[first + index] = height + below;
    });
    this.before.style.height = `${sum(this.heights.slice(0, first))}px`;
    this.after.style.height = `${sum(this.heights.slice(last))}px`;
  }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
