// The plan page: what happens to every row, old and new values, the week, and the button that starts it.
import { ask, during, go, sayError } from "./app.js";
import { changeList, showWaiting } from "./changes.js";
import { confirm } from "./dialog.js";
import { byId, element, fill, number } from "./dom.js";
import { RowList } from "./list.js";
import { smallWeek } from "./week.js";

const place = byId("rows");
const address = `/workbooks/${place.dataset.book}`;
/** @type {import("./types").Words} */
const words = JSON.parse(place.dataset.words ?? "{}");
const days = (words.days ?? "").split(" ");
const GROUPS = ["create", "change", "needs", "left"];

class PlanPage {
  /** @param {import("./types").PlanData} data */
  constructor(data) {
    this.now = data.now;
    this.rows = data.rows;
    this.filter = "all";
    this.list = new RowList(place, {
      kind: "plan-rows",
      label: words.table ?? "",
      headings: [
        words.row ?? "",
        words.what ?? "",
        words.campaign ?? "",
        words.mode ?? "",
        words.changes ?? "",
        words.hours ?? "",
      ],
      draw: (row) => this.draw(/** @type {import("./types").PlanRow} */ (row)),
    });
    this.showHead();
    this.showRows();
    this.listen();
  }

  showHead() {
    byId("headline").textContent = this.now.headline;
    byId("place").textContent = this.now.place;
    byId("rest").textContent = this.now.rest;
    document.title = `${this.now.headline} · bulkload`;
    const start = byId("start");
    start.textContent = this.now.asks ? `${this.now.button}...` : this.now.button;
    start.hidden = !this.now.button;
    const trial = byId("trial");
    trial.textContent = this.now.trial_button;
    trial.hidden = !this.now.trial_button;
    byId("again").hidden = Boolean(this.now.plan);
    const anew = byId("as-new");
    anew.textContent = this.now.as_new ?? "";
    anew.hidden = !this.now.as_new;
  }

  showRows() {
    const counts = GROUPS.map((group) => ({
      group,
      count: this.rows.filter((row) => row.group === group).length,
    })).filter(({ count }) => count);
    const chips = [{ group: "all", count: this.rows.length }, ...counts].map(({ group, count }) =>
      element(
        "button",
        {
          type: "button",
          "aria-pressed": String(group === this.filter),
          onclick: () => this.setFilter(group),
        },
        `${words[group]} ${number(count)}`,
      ),
    );
    byId("filters").replaceChildren(...(this.rows.length ? chips : []));
    this.list.show(this.filter === "all" ? this.rows : this.rows.filter((row) => row.group === this.filter));
  }

  /** @param {string} group */
  setFilter(group) {
    this.filter = group;
    this.showRows();
    const pressed = byId("filters").querySelector("[aria-pressed=true]");
    if (pressed instanceof HTMLElement) pressed.focus();
  }

  /** @param {import("./types").PlanRow} row */
  draw(row) {
    return element(
      "div",
      { class: row.group === "left" ? "rows-row is-left" : "rows-row" },
      element("span", { class: "number" }, String(row.row)),
      element("span", {}, element("span", { class: `pill ${row.kind}` }, row.label)),
      element(
        "span",
        { class: "title" },
        row.name,
        row.campaign_id &&
          element("div", { class: "id", title: row.campaign_id }, `${row.campaign_id.slice(0, 11)}…`),
      ),
      element("span", {}, row.mode),
      element("span", { class: "words" }, ...this.changes(row)),
      row.week
        ? element(
            "span",
            { class: "hours-cell" },
            smallWeek(row.week, days),
            element("span", {}, row.week.name, element("br"), row.week.timezone),
          )
        : element("span"),
    );
  }

  /** @param {import("./types").PlanRow} row */
  changes(row) {
    const parts = [];
    if (row.changes.length) parts.push(changeList(row.changes, words));
    else if (row.group === "create" && row.lists) parts.push(fill(words.new ?? "", { lists: row.lists }));
    if (row.message) parts.push(element("div", {}, row.message));
    if (row.fix) parts.push(element("b", {}, row.fix));
    for (const choice of row.decisions) parts.push(this.decision(row, choice));
    return parts;
  }

  /**
   * The button that lets a row go on.
   * @param {import("./types").PlanRow} row
   * @param {"update" | "overwrite"} choice
   */
  decision(row, choice) {
    const made = element("button", { type: "button", class: "decision" }, words[choice]);
    const chosen = this.now.options;
    made.addEventListener("click", () =>
      during(made, () => again({ ...chosen, [choice]: [...(chosen?.[choice] ?? []), row.row] })),
    );
    return element("div", {}, made);
  }

  listen() {
    const start = /** @type {HTMLButtonElement} */ (byId("start"));
    start.addEventListener("click", () => during(start, () => this.start()));
    const trial = /** @type {HTMLButtonElement} */ (byId("trial"));
    trial.addEventListener("click", () => during(trial, () => again({ ...this.now.options, trial: 1 })));
    const anew = /** @type {HTMLButtonElement} */ (byId("as-new"));
    anew.addEventListener("click", () => during(anew, () => again({ as_new: true })));
    const back = /** @type {HTMLButtonElement} */ (byId("again"));
    back.addEventListener("click", () => during(back, () => again({})));
  }

  async start() {
    const { now } = this;
    if (now.asks) {
      const type = now.types_name
        ? { label: fill(words.type_name ?? "", { name: now.types_name }), text: now.types_name }
        : undefined;
      const agreed = await confirm({
        title: now.question,
        lines: now.question_lines,
        yes: now.button,
        no: words.not_yet ?? "",
        ...(type ? { type } : {}),
      });
      if (!agreed) return;
    }
    const { url } = await ask("POST", `${address}/start`, { plan: now.plan });
    go(`/${url}`);
  }
}

/** @param {Record<string, unknown>} wanted */
async function again(wanted) {
  await ask("POST", `${address}/plan`, wanted);
  location.reload();
}

async function load() {
  showWaiting(place);
  for (;;) {
    const data = await ask("GET", `${address}/plan/data`);
    if (data.url) return go(`/${data.url}`);
    if (data.phase !== "looking") return new PlanPage(data);
  }
}

load().catch(sayError);
