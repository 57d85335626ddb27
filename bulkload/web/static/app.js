// What every page does: talk to the server, say short things, ask, tell the server that it is open, quit.
import { confirm } from "./dialog.js";
import { byId, element } from "./dom.js";

const body = document.body;
const base = body.dataset.base ?? "";
/** @type {import("./types").Words} */
const words = JSON.parse(body.dataset.common ?? "{}");
const ALIVE_MILLISECONDS = 30_000;
const TOAST_MILLISECONDS = 4_500;

/** An answer of the server that says why something was not done. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {Record<string, any>} answer
   */
  constructor(status, answer) {
    super([answer.error, answer.fix].filter(Boolean).join(" ") || words.failed);
    this.status = status;
    this.answer = answer;
  }
}

/**
 * The full address of a path of ours.
 * @param {string} path
 */
export function address(path) {
  return path.startsWith(base) ? path : `${base}${path}`;
}

/**
 * Ask for JSON. A body that is a Blob is sent as it is, anything else as JSON. Throws Refused.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [content]
 * @returns {Promise<any>}
 */
export async function ask(method, path, content) {
  const isFile = content instanceof Blob;
  /** @type {RequestInit} */
  const request = { method, headers: { accept: "application/json" } };
  if (method !== "GET") {
    request.headers = {
      accept: "application/json",
      "content-type": isFile ? "application/octet-stream" : "application/json",
      "x-bulkload": body.dataset.token ?? "",
    };
    request.body = isFile ? content : JSON.stringify(content ?? {});
  }
  const response = await fetch(address(path), request).catch(() => {
    sayGone();
    throw new Refused(0, { error: words.gone, fix: words.gone_fix });
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastTimer;

/**
 * Say something for a few seconds.
 * @param {string} text
 * @param {boolean} [isBad]
 */
export function say(text, isBad = false) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.className = isBad ? "toast shown bad" : "toast shown";
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => toast.classList.remove("shown"), TOAST_MILLISECONDS);
}

/**
 * Say why something failed.
 * @param {unknown} error
 */
export function sayError(error) {
  say(error instanceof Error ? error.message : (words.failed ?? ""), true);
}

function sayGone() {
  if (document.querySelector(".gone")) return;
  const banner = element("p", { class: "gone", role: "alert" }, `${words.gone} ${words.gone_fix}`);
  document.querySelector(".top")?.after(banner);
}

/**
 * Do something for a button, which rests meanwhile; say why where it fails.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} action
 */
export async function during(button, action) {
  button.disabled = true;
  try {
    await action();
  } catch (error) {
    sayError(error);
  } finally {
    button.disabled = false;
  }
}

/**
 * Go to a path of ours.
 * @param {string} path
 */
export function go(path) {
  location.assign(address(path));
}

/**
 * Let a button be clicked, which was disabled until its script was there.
 * @param {string} id
 */
export function enable(id) {
  /** @type {HTMLButtonElement} */ (byId(id)).disabled = false;
}

async function quit() {
  const { at_work: isAtWork } = await ask("POST", "/alive");
  if (isAtWork) {
    const lines = [words.quit_at_work ?? ""];
    const agreed = await confirm({
      title: words.quit ?? "",
      lines,
      yes: words.quit ?? "",
      no: words.not_yet ?? "",
    });
    if (!agreed) return;
  }
  const { headline, rest } = await ask("POST", "/quit");
  clearInterval(alive);
  const closed = element(
    "main",
    { class: "narrow centred" },
    element("h1", {}, headline),
    element("p", { class: "lead" }, rest),
  );
  body.replaceChildren(closed);
  document.title = headline;
}

const alive = setInterval(() => ask("POST", "/alive").catch(() => {}), ALIVE_MILLISECONDS);
byId("quit").addEventListener("click", () => quit().catch(sayError));
enable("quit");
for (const button of document.querySelectorAll("button[data-post]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const path = button.dataset.post ?? "";
  button.disabled = false;
  button.addEventListener("click", () =>
    during(button, async () => {
      const answer = await ask("POST", path);
      if (answer.url) go(`/${answer.url}`);
    }),
  );
}
