// The grid's keys: move, edit, clear, undo, the next problem, paste of one value.

/** @param {import("./grid.js").Grid} grid */
export function keyboard(grid) {
  const { options } = grid;
  /** @type {Record<string, (isControl: boolean, isShift: boolean) => void>} */
  const keys = {
    ArrowDown: () => grid.move(grid.row + 1, grid.column),
    ArrowUp: () => grid.move(grid.row - 1, grid.column),
    ArrowRight: () => grid.move(grid.row, grid.column + 1),
    ArrowLeft: () => grid.move(grid.row, grid.column - 1),
    PageDown: () => grid.move(grid.row + grid.page, grid.column),
    PageUp: () => grid.move(grid.row - grid.page, grid.column),
    Home: (isControl) => grid.move(isControl ? 0 : grid.row, 0),
    End: (isControl) => grid.move(isControl ? grid.rows.length - 1 : grid.row, grid.model.columns.length - 1),
    Enter: () => options.edit(grid.row, grid.column, null),
    F2: () => options.edit(grid.row, grid.column, null),
    F8: (_, isShift) => options.problem(isShift ? -1 : 1),
    Delete: () => options.clear(grid.row, grid.column),
    Backspace: () => options.clear(grid.row, grid.column),
  };
  grid.table.addEventListener("keydown", (event) => {
    if (event.target !== grid.table || !grid.rows.length) return;
    const isControl = event.ctrlKey || event.metaKey;
    const action = keys[event.key];
    if (action) action(isControl, event.shiftKey);
    else if (isControl && event.key.toLowerCase() === "z") options.undo();
    else if (event.key.length === 1 && !isControl && !event.altKey)
      options.edit(grid.row, grid.column, event.key);
    else return;
    event.preventDefault();
  });
  grid.table.addEventListener("paste", (event) => {
    if (event.target !== grid.table) return;
    event.preventDefault();
    options.paste(grid.row, grid.column, event.clipboardData?.getData("text/plain") ?? "");
  });
}
