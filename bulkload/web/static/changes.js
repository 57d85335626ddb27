// What the plan and the comparison share: old and new values, and the dots while one waits.
import { element, fill } from "./dom.js";

/**
 * Old and new values of a row.
 * @param {import("./types").ChangeRow[]} changes
 * @param {import("./types").Words} words
 */
export function changeList(changes, words) {
  const rows = changes.flatMap((change) => [
    element("dt", {}, change.heading),
    element(
      "dd",
      {},
      element("del", {}, change.actual || words.nothing),
      ` → `,
      element("ins", {}, change.desired || words.nothing),
      change.last_sent &&
        change.kind === "both" &&
        element("div", { class: "note" }, fill(words.last_sent ?? "", { value: change.last_sent })),
    ),
  ]);
  return element("dl", { class: "changes" }, ...rows);
}

/**
 * Three dots, until something is there.
 * @param {HTMLElement} place
 */
export function showWaiting(place) {
  place.replaceChildren(
    element(
      "div",
      { class: "waiting-dots", "aria-hidden": "true" },
      element("span"),
      element("span"),
      element("span"),
    ),
  );
}
