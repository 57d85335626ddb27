// A workbook as the page knows it: rows, problems by row, weeks. It has no element of the page.

/**
 * @typedef {import("./types").SheetName} SheetName
 * @typedef {import("./types").ProblemData} Problem
 */

/** One sheet. */
export class SheetModel {
  /** @param {import("./types").SheetData} data */
  constructor(data) {
    this.title = data.sheet;
    this.columns = data.columns;
    this.rows = data.rows;
    this.loose = data.loose;
    /** @type {Map<number, number>} */
    this.places = new Map(data.rows.map((row, place) => [row.row, place]));
    /** @type {Map<number, Problem[]>} */
    this.problems = new Map();
    this.add(data.problems);
  }

  /** @param {Problem[]} problems */
  add(problems) {
    for (const problem of problems) {
      const row = problem.row ?? 0;
      const there = this.problems.get(row);
      if (there) there.push(problem);
      else this.problems.set(row, [problem]);
    }
  }

  /** @param {{rows: import("./types").RowData[], problems: Problem[]}} change */
  take(change) {
    for (const row of change.rows) {
      const place = this.places.get(row.row);
      if (place !== undefined) this.rows[place] = row;
      this.problems.delete(row.row);
    }
    this.add(change.problems);
  }

  /** @param {number} row */
  row(row) {
    const place = this.places.get(row);
    return place === undefined ? undefined : this.rows[place];
  }

  /**
   * What an editor of this cell begins with.
   * @param {number} row
   * @param {string} heading
   */
  typed(row, heading) {
    const cell = this.row(row)?.cells[this.columnOf(heading)];
    return cell ? (cell[2] ?? cell[0]) : "";
  }

  /** @param {string} heading */
  columnOf(heading) {
    return this.columns.findIndex((column) => column.heading === heading);
  }

  /** The same mistake in many cells counts once; errors come first. */
  groups() {
    /** @type {Map<string, import("./types").ProblemGroup>} */
    const groups = new Map();
    const all = [
      ...this.loose,
      ...[...this.problems.keys()].sort((a, b) => a - b).flatMap((row) => this.problems.get(row) ?? []),
    ];
    for (const problem of all) {
      const key = [
        problem.code,
        problem.value,
        problem.message.replace(/\d+/g, "#"),
        problem.proposals.join("|"),
      ].join("\n");
      const group = groups.get(key);
      if (group && problem.row !== null) group.rows.push(problem.row);
      else groups.set(key, { key, first: problem, rows: problem.row === null ? [] : [problem.row] });
    }
    const found = [...groups.values()];
    return [
      ...found.filter((group) => group.first.level === "error"),
      ...found.filter((group) => group.first.level !== "error"),
    ];
  }

  /**
   * Different values of a column, for suggestions.
   * @param {number} column
   */
  values(column) {
    const found = new Set(this.rows.map((row) => row.cells[column]?.[2] ?? row.cells[column]?.[0] ?? ""));
    found.delete("");
    return [...found].sort().slice(0, 100);
  }
}

/** Both sheets and the weeks. */
export class BookModel {
  /** @param {import("./types").CheckData} data */
  constructor(data) {
    /** @type {Record<SheetName, SheetModel>} */
    this.sheets = {
      campaigns: new SheetModel(data.campaigns),
      calling_hours: new SheetModel(data.calling_hours),
    };
    this.weeks = data.weeks;
    this.counts = data.counts;
  }

  /** @param {import("./types").ChangeData} change */
  take(change) {
    this.sheets.campaigns.take(change.campaigns);
    this.sheets.calling_hours.take(change.calling_hours);
    this.counts = change.counts;
    if (change.weeks) this.weeks = change.weeks;
  }

  /**
   * The week of a name, whatever its case.
   * @param {string} name
   */
  week(name) {
    return this.weeks[name.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ")];
  }

  /**
   * Values to suggest for a column.
   * @param {SheetName} sheet
   * @param {number} column
   */
  suggestions(sheet, column) {
    const model = this.sheets[sheet];
    const isHours = sheet === "campaigns" && model.columns[column]?.heading === "Calling hours";
    if (isHours) return this.sheets.calling_hours.values(0);
    return model.values(column);
  }
}
