// Changing cells: in the grid, by a paste, or by a click in the list of problems; and saying what came of it.
import { ask, say, sayError } from "./app.js";
import { fill, number } from "./dom.js";
import { editIn } from "./editor.js";

export class CellEdits {
  /** @param {import("./check.js").CheckPage} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {import("./types").ProblemGroup} group */
  field(group) {
    const column = this.page.model.columnOf(group.first.heading ?? "");
    const begins = this.page.model.typed(group.first.row ?? 0, group.first.heading ?? "");
    const found = this.page.model.columns[column];
    return {
      choices: found?.choices ?? [],
      suggestions: found?.suggests ? this.page.book.suggestions(this.page.sheet, column) : [],
      begins,
    };
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {string | null} begins
   */
  edit(row, column, begins) {
    const cell = this.page.grid.cell;
    const found = this.page.model.columns[column];
    const data = this.page.grid.rows[row];
    if (!(cell instanceof HTMLElement) || !found || !data) return;
    this.page.grid.isEditing = true;
    editIn(cell, {
      label: `${found.heading}, ${this.page.words.row} ${data.row}`,
      begins: begins ?? this.page.model.typed(data.row, found.heading),
      original: this.page.model.typed(data.row, found.heading),
      choices: found.choices,
      suggestions: found.suggests ? this.page.book.suggestions(this.page.sheet, column) : [],
      leave: () => this.leave(),
      save: (value, move) => {
        this.page.grid.isEditing = false;
        this.set(row, column, value);
        const steps = { down: [1, 0], right: [0, 1], left: [0, -1], none: [0, 0] }[move];
        if (move !== "none") this.page.grid.focus();
        this.page.grid.move(row + (steps[0] ?? 0), column + (steps[1] ?? 0));
      },
    });
  }

  leave() {
    this.page.grid.isEditing = false;
    this.page.grid.draw();
    this.page.grid.focus();
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {string} text
   */
  paste(row, column, text) {
    const [first, ...others] = text.replace(/\r?\n$/, "").split(/[\t\r\n]+/);
    if (others.length) say(this.page.words.one_cell ?? "");
    this.set(row, column, first ?? "");
  }

  /**
   * @param {number} place
   * @param {number} column
   * @param {string} value
   */
  set(place, column, value) {
    const row = this.page.grid.rows[place]?.row;
    const heading = this.page.model.columns[column]?.heading;
    if (row === undefined || heading === undefined || value === this.page.model.typed(row, heading)) return;
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
    const sheet = this.page.sheet;
    const change = await ask("POST", `${this.page.address}/cells`, { sheet, edits });
    this.page.take(change);
    const rows = edits
      .map((edit) => this.page.book.sheets[sheet].row(edit.row))
      .filter((row) => row?.state === "fix");
    const isSame = edits.some((edit) =>
      this.page.book.sheets[sheet].problems
        .get(edit.row)
        ?.some((problem) => problem.heading === edit.heading && problem.level === "error"),
    );
    const toGo = this.page.book.counts.fix ?? 0;
    if (isSame) say(this.page.words.still ?? "");
    else if (rows.length) say(this.page.words.another_problem ?? "");
    else
      say(
        toGo ? fill(this.page.words.fixed ?? "", { count: number(toGo) }) : (this.page.words.fixed_all ?? ""),
      );
  }
}
