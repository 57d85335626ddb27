// What a run at work says of itself, and its rows.
import { say } from "./app.js";
import { element, fill, number } from "./dom.js";

/**
 * @param {import("./types").RunEvent} data
 * @param {number} done
 * @param {number} total
 * @param {import("./types").Words} words
 */
export function headlineOf(data, done, total, words) {
  if (data.stopping) return words.stopping ?? "";
  if (data.stage?.startsWith("Checking")) return words.checking ?? "";
  if (data.stage?.startsWith("Looking")) return words.looking_up ?? "";
  if (!total || !data.stage) return words.looking ?? "";
  return fill(words.working ?? "", { total: number(total), done: number(done) });
}

/**
 * @param {number | null | undefined} seconds
 * @param {number} done
 * @param {number} total
 * @param {import("./types").Words} words
 */
export function timeLeft(seconds, done, total, words) {
  const counts = { done: number(done), total: number(total) };
  if (!total) return "";
  if (seconds === null || seconds === undefined || done === total) return fill(words.of ?? "", counts);
  if (seconds < 5) return fill(words.nearly ?? "", counts);
  const minutes = Math.round(seconds / 60);
  const time =
    seconds < 90
      ? fill(words.seconds ?? "", { count: Math.ceil(seconds / 5) * 5 })
      : minutes === 1
        ? words.minute
        : fill(words.minutes ?? "", { count: minutes });
  return fill(words.left ?? "", { ...counts, time: time ?? "" });
}

/**
 * One row of a run.
 * @param {import("./types").RunRow} row
 * @param {import("./types").Words} words
 */
export function drawRunRow(row, words) {
  const id = row.campaign_id;
  const copy =
    id &&
    element(
      "button",
      {
        type: "button",
        class: "copy",
        "aria-label": fill(words.copy_id ?? "", { row: row.row }),
        onclick: () => copyText(id, words),
      },
      words.copy,
    );
  return element(
    "div",
    { class: "rows-row" },
    element("span", { class: "number" }, String(row.row)),
    element("span", {}, element("span", { class: `pill ${row.kind}` }, row.label)),
    element("span", { class: "title" }, row.name),
    element("span", {}, id && element("span", { class: "id", title: id }, `${id.slice(0, 11)}…`), copy),
    element("span", {}, row.at),
    element(
      "span",
      { class: "words" },
      row.message,
      row.message && row.fix && " ",
      row.fix && element("b", {}, row.fix),
    ),
  );
}

/**
 * @param {string} text
 * @param {import("./types").Words} words
 */
async function copyText(text, words) {
  await navigator.clipboard.writeText(text);
  say(words.copied ?? "");
}

/**
 * A figure of the run.
 * @param {string} kind
 * @param {number} count
 * @param {string} label
 */
export function drawTile(kind, count, label) {
  return element("div", { class: `tile ${kind}` }, element("b", {}, number(count)), ` ${label}`);
}
