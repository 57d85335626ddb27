// The list of what is to be fixed: one entry for each mistake, with its fixes, one click each.
import { element, fill, number } from "./dom.js";
import { fieldFor, suggestionList } from "./editor.js";

const SHOWN_AT_ONCE = 30;
const CELLS_NAMED = 3;

/**
 * @typedef {import("./types").ProblemGroup} Group
 * @typedef {object} PanelOptions
 * @property {import("./types").Words} words
 * @property {(group: Group) => void} open an entry was opened
 * @property {(group: Group, value: string, everywhere: boolean) => void} fix
 * @property {(group: Group) => {choices: string[], suggestions: string[], begins: string}} field
 */

export class Panel {
  /**
   * @param {HTMLElement} place
   * @param {PanelOptions} options
   */
  constructor(place, options) {
    this.place = place;
    this.options = options;
    /** @type {Group[]} */
    this.groups = [];
    this.opened = "";
    this.limit = SHOWN_AT_ONCE;
  }

  /** @param {Group[]} groups */
  show(groups) {
    const before = this.groups.findIndex((group) => group.key === this.opened);
    this.groups = groups;
    // The entry that was fixed is gone; the one that followed it has its place now.
    if (!groups.some((group) => group.key === this.opened))
      this.opened = groups[Math.min(Math.max(before, 0), groups.length - 1)]?.key ?? "";
    this.draw();
  }

  /**
   * Open the entry of a cell, if there is one.
   * @param {number} row
   * @param {string} heading
   */
  openCell(row, heading) {
    const group = this.groups.find((one) => one.rows.includes(row) && one.first.heading === heading);
    if (group) this.open(group);
  }

  /** @param {Group} group */
  open(group) {
    if (group.key === this.opened) return;
    this.opened = group.key;
    this.limit = Math.max(this.limit, this.groups.indexOf(group) + 1);
    this.draw();
    this.place.querySelector("[data-open]")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {1 | -1} step */
  next(step) {
    if (!this.groups.length) return;
    const at = this.groups.findIndex((group) => group.key === this.opened);
    const group = this.groups[(at + step + this.groups.length) % this.groups.length];
    if (!group) return;
    this.open(group);
    this.options.open(group);
  }

  draw() {
    const { words } = this.options;
    const errors = this.groups.filter((group) => group.first.level === "error").length;
    if (!this.groups.length) {
      const done = element(
        "div",
        { class: "done" },
        element("span", { class: "big", "aria-hidden": "true" }, "✓"),
        element("h2", {}, words.nothing),
        element("p", { class: "note" }, words.nothing_note),
      );
      this.place.replaceChildren(done);
      return;
    }
    const title = errors ? fill(words.things ?? "", { count: number(errors) }) : words.look;
    const next = element("button", { type: "button", onclick: () => this.next(1) }, this.options.words.next);
    const shown = this.groups.slice(0, this.limit).map((group) => this.entry(group));
    const rest = this.groups.length - shown.length;
    const more = element(
      "button",
      { type: "button", class: "plain", onclick: () => this.more() },
      fill(words.more ?? "", { count: number(rest) }),
    );
    this.place.replaceChildren(
      element("div", { class: "panel-head" }, element("h2", {}, title), this.groups.length > 1 && next),
      element("ul", { class: "problems" }, ...shown, rest > 0 && element("li", { class: "problem" }, more)),
    );
  }

  more() {
    this.limit += SHOWN_AT_ONCE;
    this.draw();
  }

  /** @param {Group} group */
  entry(group) {
    const { first } = group;
    const isOpen = group.key === this.opened;
    const sign = first.level === "error" ? "✗" : "!";
    const where = element(
      "button",
      {
        type: "button",
        class: "where",
        "aria-expanded": isOpen ? "true" : "false",
        onclick: () => this.choose(group),
      },
      element("b", { class: first.level }, `${sign} ${this.cells(group)}`),
      first.heading && element("span", {}, first.heading),
    );
    const entry = element(
      "li",
      { class: "problem", "data-open": isOpen },
      where,
      element("p", { class: "what" }, first.message),
    );
    if (isOpen && first.fix) entry.append(element("p", { class: "fix" }, first.fix));
    if (isOpen && first.heading && first.row !== null) entry.append(this.form(group));
    return entry;
  }

  /** @param {Group} group */
  choose(group) {
    this.opened = group.key;
    this.draw();
    this.options.open(group);
    const button = this.place.querySelector("[data-open] .where");
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  }

  /** @param {Group} group */
  cells(group) {
    const { first, rows } = group;
    if (first.row === null) return this.options.words.file ?? "";
    const letter = first.cell?.replace(/\d+$/, "") ?? `${this.options.words.row} `;
    const named = rows
      .slice(0, rows.length > CELLS_NAMED + 1 ? CELLS_NAMED : CELLS_NAMED + 1)
      .map((row) => `${letter}${row}`);
    const rest = rows.length - named.length;
    return (
      named.join(", ") +
      (rest > 0 ? ` ${fill(this.options.words.cells_more ?? "", { count: number(rest) })}` : "")
    );
  }

  /** @param {Group} group */
  form(group) {
    const { words } = this.options;
    const others = group.rows.length - 1;
    const also = element("input", { type: "checkbox", checked: true });
    const everywhere = () => others > 0 && also.checked;
    const { choices, suggestions, begins } = this.options.field(group);
    const proposals = group.first.proposals.map((value, index) => {
      const label = value ? fill(words.use ?? "", { value }) : words.clear;
      return element(
        "button",
        {
          type: "button",
          class: index ? "" : "main",
          onclick: () => this.options.fix(group, value, everywhere()),
        },
        label,
      );
    });
    const field = fieldFor({
      label: `${words.value}: ${group.first.heading}`,
      begins,
      choices,
      suggestions,
      save: () => {},
      leave: () => {},
    });
    const save = element("button", { type: "submit", class: proposals.length ? "" : "main" }, words.save);
    const alsoText = others === 1 ? words.also_one : fill(words.also ?? "", { count: number(others) });
    const form = element(
      "form",
      {},
      others > 0 && element("label", { class: "check-line" }, also, alsoText),
      ...proposals,
      element("div", { class: "row" }, field, save),
      !choices.length && suggestions.length > 0 && suggestionList(suggestions),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.options.fix(group, field.value, everywhere());
    });
    return form;
  }
}
