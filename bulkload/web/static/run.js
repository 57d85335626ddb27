// The page of a run: events come in at one place, and are drawn at one place, whether it is at work or has ended.
import { address, ask, during, go } from "./app.js";
import { confirm } from "./dialog.js";
import { byId, fill, number } from "./dom.js";
import { RowList } from "./list.js";
import { drawRunRow, drawTile, headlineOf, timeLeft } from "./run_words.js";

const place = byId("rows");
const run = `/runs/${place.dataset.run}`;
/** @type {import("./types").Words} */
const words = JSON.parse(place.dataset.words ?? "{}");
const TILES = [
  ["done", "ready"],
  ["refused", "fix"],
  ["lost", "check"],
  ["waiting", "plain"],
];

class RunPage {
  constructor() {
    /** @type {Map<number, import("./types").RunRow>} */
    this.rows = new Map();
    this.book = "";
    this.list = new RowList(place, {
      kind: "run-rows",
      label: words.table ?? "",
      headings: [
        words.row ?? "",
        words.result ?? "",
        words.campaign ?? "",
        words.id ?? "",
        words.at ?? "",
        words.happened ?? "",
      ],
      draw: (row) => drawRunRow(/** @type {import("./types").RunRow} */ (row), words),
    });
    this.listen();
    this.follow();
  }

  follow() {
    const events = new EventSource(address(`${run}/events`));
    events.addEventListener("run", (event) => {
      const data = JSON.parse(event.data);
      if (data.phase === "ended") events.close();
      this.take(data);
    });
    events.addEventListener("error", () => {
      if (events.readyState !== EventSource.CLOSED) this.sayLine(words.reconnect ?? "");
    });
  }

  /** @param {import("./types").RunEvent} data */
  take(data) {
    const isEnded = data.phase === "ended";
    if (isEnded) this.rows.clear();
    for (const row of data.rows) this.rows.set(row.row, row);
    this.list.show([...this.rows.values()]);
    if (isEnded) this.showEnd(data);
    else this.showWork(data);
  }

  /** @param {import("./types").RunEvent} data */
  showWork(data) {
    const tally = data.tally ?? {};
    const total = TILES.reduce((sum, [tile]) => sum + (tally[tile ?? ""] ?? 0), 0);
    const done = total - (tally.waiting ?? 0);
    byId("headline").textContent = headlineOf(data, done, total, words);
    byId("rest").textContent = words.working_note ?? "";
    document.title = total ? `${done}/${total} · bulkload` : "bulkload";
    const tiles = TILES.filter(([tile]) => tile === "done" || tile === "waiting" || tally[tile ?? ""]);
    byId("tiles").replaceChildren(
      ...tiles.map(([tile = "", kind = ""]) => drawTile(kind, tally[tile] ?? 0, words[tile] ?? "")),
    );
    byId("progress").hidden = false;
    const bar = /** @type {HTMLProgressElement} */ (byId("bar"));
    if (total) {
      bar.max = total;
      bar.value = done;
    }
    byId("left").textContent = timeLeft(data.seconds_left, done, total, words);
    this.sayLine(data.said ?? "");
    const stop = byId("stop");
    stop.hidden = false;
    stop.textContent = (data.stopping ? words.stop_now : words.stop) ?? "";
    stop.title = (data.stopping ? words.stop_now_title : "") ?? "";
  }

  /** @param {import("./types").RunEvent} data */
  showEnd(data) {
    byId("headline").textContent = data.headline ?? "";
    byId("rest").textContent = data.rest ?? "";
    document.title = `${data.headline} · bulkload`;
    byId("tiles").replaceChildren(
      ...(data.tiles ?? []).map((tile) => drawTile(tile.kind, tile.count, tile.label)),
    );
    byId("progress").hidden = true;
    byId("stop").hidden = true;
    this.sayLine("");
    byId("continue").hidden = !data.is_unfinished;
    byId("another").hidden = Boolean(data.is_unfinished);
    const download = byId("download");
    download.hidden = false;
    download.classList.toggle("main", !data.is_unfinished);
    this.showNext(data, download);
    const undo = document.getElementById("undo");
    if (undo) undo.hidden = Boolean(data.is_unfinished);
    markSteps();
  }

  /**
   * What comes next: the rest of a trial, or the rows that were refused.
   * @param {import("./types").RunEvent} data
   * @param {HTMLElement} download
   */
  showNext(data, download) {
    this.book = data.book ?? "";
    const others = byId("others");
    others.hidden = !data.others;
    others.textContent =
      data.others === 1
        ? (words.others_one ?? "")
        : fill(words.others ?? "", { count: number(data.others ?? 0) });
    const fix = byId("fix");
    fix.hidden = !data.fixable || Boolean(data.is_unfinished);
    fix.textContent =
      data.fixable === 1
        ? (words.fix_one ?? "")
        : fill(words.fix ?? "", { count: number(data.fixable ?? 0) });
    if (!others.hidden || !fix.hidden) download.classList.remove("main");
  }

  /** @param {string} text */
  sayLine(text) {
    byId("said").textContent = text;
    byId("said").hidden = !text;
  }

  listen() {
    const stop = /** @type {HTMLButtonElement} */ (byId("stop"));
    stop.addEventListener("click", () =>
      during(stop, async () => {
        await ask("POST", `${run}/stop`);
      }),
    );
    const others = /** @type {HTMLButtonElement} */ (byId("others"));
    others.addEventListener("click", () =>
      during(others, async () => {
        const { url } = await ask("POST", `/workbooks/${this.book}/plan`);
        go(`/${url}`);
      }),
    );
    const fix = /** @type {HTMLButtonElement} */ (byId("fix"));
    fix.addEventListener("click", () =>
      during(fix, async () => {
        const { url } = await ask("POST", `${run}/fix`);
        go(`/${url}`);
      }),
    );
    const goOn = /** @type {HTMLButtonElement} */ (byId("continue"));
    goOn.addEventListener("click", () =>
      during(goOn, async () => {
        const account = place.dataset.account ?? "";
        const question = {
          title: fill(words.continue_question ?? "", { account }),
          lines: [words.continue_line ?? ""],
          yes: words.continue ?? "",
          no: words.not_yet ?? "",
        };
        if (account && !(await confirm(question))) return;
        const { url } = await ask("POST", `${run}/continue`);
        go(`/${url}`);
      }),
    );
  }
}

/** The last step is reached when the run has ended. */
function markSteps() {
  const steps = [...document.querySelectorAll(".steps li")];
  steps.forEach((step, index) => {
    const isLast = index === steps.length - 1;
    step.className = isLast ? "now" : "done";
    if (isLast) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
    const mark = step.querySelector(".mark");
    if (mark && !isLast) mark.textContent = "✓";
  });
}

new RunPage();
