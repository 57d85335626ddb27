// Editing one cell where it is: a select for choices, a text field with suggestions for everything else.
import { element } from "./dom.js";

/**
 * @typedef {object} Editing
 * @property {string} label what the field is called
 * @property {string} begins what it contains at first
 * @property {string} [original] what the cell contains, where the field begins with something else
 * @property {string[]} choices the only values; empty: any text
 * @property {string[]} suggestions
 * @property {(value: string, move: "down" | "right" | "left" | "none") => void} save
 * @property {() => void} leave
 */

/**
 * The field for a cell.
 * @param {Editing} editing
 * @returns {HTMLInputElement | HTMLSelectElement}
 */
export function fieldFor(editing) {
  if (!editing.choices.length) {
    return element("input", {
      type: "text",
      value: editing.begins,
      list: editing.suggestions.length ? "suggestions" : null,
      "aria-label": editing.label,
      autocomplete: "off",
      spellcheck: "false",
    });
  }
  const select = element("select", { "aria-label": editing.label });
  const known = editing.choices.find(
    (choice) => choice.toLowerCase() === editing.begins.trim().toLowerCase(),
  );
  const values =
    known || !editing.begins ? ["", ...editing.choices] : [editing.begins, "", ...editing.choices];
  for (const value of values) select.append(element("option", { value }, value || "—"));
  select.value = known ?? editing.begins;
  return select;
}

/**
 * The list that a text field suggests from.
 * @param {string[]} values
 */
export function suggestionList(values) {
  return element("datalist", { id: "suggestions" }, ...values.map((value) => element("option", { value })));
}

/**
 * Put a field into a cell of the grid until it is saved or left.
 * @param {HTMLElement} cell
 * @param {Editing} editing
 */
export function editIn(cell, editing) {
  const field = fieldFor(editing);
  let isOver = false;
  /** @param {() => void} action */
  const end = (action) => {
    if (isOver) return;
    isOver = true;
    action();
  };
  field.addEventListener("keydown", (/** @type {Event} */ event) => {
    const { key, shiftKey } = /** @type {KeyboardEvent} */ (event);
    event.stopPropagation();
    if (key === "Escape") end(editing.leave);
    else if (key === "Enter") end(() => editing.save(field.value, "down"));
    else if (key === "Tab") end(() => editing.save(field.value, shiftKey ? "left" : "right"));
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () =>
    end(() =>
      field.value === (editing.original ?? editing.begins)
        ? editing.leave()
        : editing.save(field.value, "none"),
    ),
  );
  cell.classList.add("editing");
  cell.replaceChildren(field, editing.choices.length ? "" : suggestionList(editing.suggestions));
  field.focus();
  if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
}
