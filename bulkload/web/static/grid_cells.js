// What the grid draws: a row, its cells, the headings.
import { element } from "./dom.js";

export const NUMBER_WIDTH = 52;
export const STATE_WIDTH = 142;
export const NAME_WIDTH = 236;
const SPARE_WIDTH = 60;

/** @typedef {import("./grid.js").Grid} Grid */

/**
 * Pixels for a column: what it usually contains, and its heading.
 * @param {import("./types").ColumnData} column
 */
export function widthOf(column) {
  return Math.round(Math.min(Math.max(column.width, column.heading.length * 0.92 + 1), 34) * 7.6) + 18;
}

/**
 * The row of headings.
 * @param {Grid} grid
 */
export function drawHeading(grid) {
  const { words } = grid.options;
  const own = grid.model.columns.map((column, index) =>
    element(
      "th",
      {
        scope: "col",
        role: "columnheader",
        class: index === grid.nameColumn ? "name" : null,
        title: column.help || null,
        "aria-colindex": index + 3,
      },
      column.heading,
    ),
  );
  const first = [
    element("th", { scope: "col", role: "columnheader", class: "number", "aria-colindex": 1 }, words.row),
    element("th", { scope: "col", role: "columnheader", class: "state", "aria-colindex": 2 }, words.status),
  ];
  return element("thead", {}, element("tr", { "aria-rowindex": 1, role: "row" }, ...first, ...own));
}

/**
 * One row, of which only the columns in the window are drawn.
 * @param {Grid} grid
 * @param {import("./types").RowData} row
 * @param {number} place
 */
export function drawRow(grid, row, place) {
  const { words } = grid.options;
  const isCurrent = place === grid.row;
  const cells = columnsShown(grid).map((column) =>
    column < 0
      ? element("td", { colspan: -column, role: "presentation" })
      : drawCell(grid, row, column, isCurrent && column === grid.column),
  );
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
 * @param {Grid} grid
 * @param {import("./types").RowData} row
 * @param {number} column
 * @param {boolean} isActive
 */
function drawCell(grid, row, column, isActive) {
  const { words } = grid.options;
  const [text, state] = row.cells[column] ?? [""];
  const sign = state === "error" ? "✗ " : state === "warning" ? "! " : "";
  const classes = [state, column === grid.nameColumn && "name", isActive && "active"]
    .filter(Boolean)
    .join(" ");
  const label = state === "unused" ? `${text || words.empty} (${words.unused})` : null;
  return element(
    "td",
    {
      class: classes || null,
      role: "gridcell",
      "aria-colindex": column + 3,
      "aria-label": label,
      "aria-invalid": state === "error" ? "true" : null,
      "aria-selected": isActive ? "true" : null,
      id: isActive ? "active-cell" : null,
      "data-column": column,
    },
    sign + text,
  );
}

/**
 * The columns to draw: those in the window and the name's; a negative number stands for so many left out.
 * @param {Grid} grid
 */
function columnsShown(grid) {
  const left = grid.window.scrollLeft - SPARE_WIDTH;
  const right = grid.window.scrollLeft + grid.window.clientWidth + SPARE_WIDTH;
  let edge = NUMBER_WIDTH + STATE_WIDTH;
  /** @type {number[]} */
  const shown = [];
  grid.widths.forEach((width, column) => {
    const isShown =
      column === grid.nameColumn || column === grid.column || (edge + width > left && edge < right);
    const last = shown.length - 1;
    edge += width;
    if (isShown) shown.push(column);
    else if (last >= 0 && (shown[last] ?? 0) < 0) shown[last] = (shown[last] ?? 0) - 1;
    else shown.push(-1);
  });
  return shown;
}
