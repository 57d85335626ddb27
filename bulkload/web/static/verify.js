// The comparison of a workbook with its account: each row, and both values where they differ.
import { ask, sayError } from "./app.js";
import { changeList, showWaiting } from "./changes.js";
import { byId, element, number } from "./dom.js";
import { RowList } from "./list.js";

const place = byId("rows");
/** @type {import("./types").Words} */
const words = JSON.parse(place.dataset.words ?? "{}");

/** @param {import("./types").VerifiedRow} row */
function draw(row) {
  return element(
    "div",
    { class: "rows-row" },
    element("span", { class: "number" }, row.row === null ? "" : String(row.row)),
    element("span", {}, element("span", { class: `pill ${row.kind}` }, row.label)),
    element(
      "span",
      { class: "title" },
      row.name,
      row.campaign_id && element("div", { class: "id" }, row.campaign_id),
    ),
    element(
      "span",
      { class: "words" },
      row.message,
      row.changes.length > 0 && changeList(row.changes, words),
    ),
  );
}

/** @param {{headline: string, rest: string, rows: import("./types").VerifiedRow[]}} data */
function show(data) {
  byId("headline").textContent = data.headline;
  byId("rest").textContent = data.rest;
  document.title = `${data.headline} · bulkload`;
  const list = new RowList(place, {
    kind: "verify-rows",
    label: words.table ?? "",
    headings: [words.row ?? "", words.result ?? "", words.campaign ?? "", words.differences ?? ""],
    draw: (row) => draw(/** @type {import("./types").VerifiedRow} */ (row)),
  });
  const labels = [...new Set(data.rows.map((row) => row.label))];
  /** @param {string} label */
  const choose = (label) => {
    list.show(label ? data.rows.filter((row) => row.label === label) : data.rows);
    const chips = ["", ...labels].map((one) => {
      const count = one ? data.rows.filter((row) => row.label === one).length : data.rows.length;
      return element(
        "button",
        { type: "button", "aria-pressed": String(one === label), onclick: () => choose(one) },
        `${one || words.all} ${number(count)}`,
      );
    });
    byId("filters").replaceChildren(...chips);
  };
  choose("");
}

showWaiting(place);
ask("POST", `/workbooks/${place.dataset.book}/verify/data`)
  .then(show)
  .catch((error) => {
    place.replaceChildren();
    sayError(error);
  });
