// A week of calling hours as a drawing: seven days from left to right, a day's hours from top to bottom.
import { drawing, element, fill } from "./dom.js";

const EARLIEST = 8 * 60;
const LATEST = 21 * 60;
const DAY = 24 * 60;

/**
 * "9 AM" for 540.
 * @param {number} minutes
 */
function clock(minutes) {
  const rounded = minutes === DAY - 1 ? DAY : minutes;
  const hour = Math.floor(rounded / 60) % 24;
  const rest = rounded % 60;
  return `${hour % 12 || 12}${rest ? `:${String(rest).padStart(2, "0")}` : ""} ${hour < 12 ? "AM" : "PM"}`;
}

/**
 * The week in words, for those who do not see it.
 * @param {import("./types").WeekData} week
 * @param {string[]} names
 */
export function inWords(week, names) {
  return week.days
    .map((blocks, day) =>
      blocks.length
        ? `${names[day]} ${blocks.map(([start, end]) => `${clock(start)} to ${clock(end)}`).join(", ")}`
        : "",
    )
    .filter(Boolean)
    .join("; ");
}

/**
 * A small picture for a table's row.
 * @param {import("./types").WeekData} week
 * @param {string[]} names
 */
export function smallWeek(week, names) {
  const shapes = week.days.flatMap((blocks, day) => [
    drawing("path", { class: "day", d: `M${day * 18} 0h17v28h-17z` }),
    ...blocks.map(([start, end]) => block(day * 18, 17, start, end, 28, 0)),
  ]);
  return drawing(
    "svg",
    { class: "week", viewBox: "0 0 126 28", role: "img", "aria-label": inWords(week, names) },
    ...shapes,
  );
}

/**
 * A large picture with its days and hours.
 * @param {import("./types").WeekData} week
 * @param {import("./types").Words} words
 */
export function largeWeek(week, words) {
  const names = (words.days ?? "").split(" ");
  const short = (words.days_short ?? "").split(" ");
  const shapes = week.days.flatMap((blocks, day) => [
    drawing("path", { class: "day", d: `M${34 + day * 40} 14h37v144h-37z` }),
    drawing("text", { x: 52 + day * 40, y: 9, "text-anchor": "middle" }, short[day]),
    ...blocks.map(([start, end]) => block(34 + day * 40, 37, start, end, 144, 14)),
  ]);
  const hours = [6, 12, 18].map((hour) => drawing("text", { x: 0, y: 18 + hour * 6 }, clock(hour * 60)));
  return drawing(
    "svg",
    { class: "week-big", viewBox: "0 0 314 160", role: "img", "aria-label": inWords(week, names) },
    ...shapes,
    ...hours,
  );
}

/**
 * @param {number} left
 * @param {number} width
 * @param {number} start
 * @param {number} end
 * @param {number} height
 * @param {number} top
 */
function block(left, width, start, end, height, top) {
  const isOff = start < EARLIEST || end > LATEST;
  const y = top + (start / DAY) * height;
  const tall = Math.max(((end - start) / DAY) * height, 1);
  return drawing("path", {
    class: isOff ? "block off" : "block",
    d: `M${left} ${y.toFixed(1)}h${width}v${tall.toFixed(1)}h-${width}z`,
  });
}

/**
 * The card beside the grid; hidden where no name is chosen.
 * @param {HTMLElement} card
 * @param {import("./types").WeekData | undefined} week
 * @param {string} name
 * @param {import("./types").Words} words
 */
export function showWeek(card, week, name, words) {
  card.hidden = !name;
  if (!name) return;
  if (!week) {
    card.replaceChildren(element("h2", {}, name), element("p", { class: "note" }, words.no_week));
    return;
  }
  const minutes = week.days
    .flat()
    .reduce((sum, [start, end]) => sum + (end === DAY - 1 ? DAY : end) - start, 0);
  const isOff = week.days.flat().some(([start, end]) => start < EARLIEST || end > LATEST);
  const total = fill(words.week_total ?? "", { hours: Math.round(minutes / 6) / 10 });
  card.replaceChildren(
    element("h2", {}, week.name),
    element("p", { class: "note" }, `${week.timezone} · ${total}`),
    largeWeek(week, words),
    isOff
      ? element("p", { class: "note" }, element("span", { class: "swatch check" }), ` ${words.off_hours}`)
      : "",
  );
}
