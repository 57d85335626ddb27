// The start page: a dropped or chosen file is sent to the server, which opens it or says what is wrong with it.
import { ask, enable, go, Refused, say, sayError } from "./app.js";
import { byId, element, fill } from "./dom.js";

const drop = byId("drop");
const refusal = byId("refusal");
const note = byId("drop-note");
const chooser = /** @type {HTMLInputElement} */ (byId("file"));
/** @type {import("./types").Words} */
const words = JSON.parse(drop.dataset.words ?? "{}");
const plainNote = note.textContent ?? "";

/**
 * @typedef {{title: string, rest: string, problems: {cell: string | null, message: string, fix: string}[], choices: string[]}} Refusal
 */

/**
 * @param {File} file
 * @param {string} hidden
 */
async function open(file, hidden = "refuse") {
  drop.classList.add("busy");
  note.textContent = fill(words.reading ?? "", { name: file.name });
  try {
    const query = new URLSearchParams({ name: file.name, hidden });
    const { url } = await ask("POST", `/workbooks?${query}`, new Blob([file]));
    go(`/${url}`);
  } catch (error) {
    if (error instanceof Refused && error.answer.problems)
      showRefusal(/** @type {Refusal} */ (error.answer), file);
    else sayError(error);
    drop.classList.remove("busy");
    note.textContent = plainNote;
  }
}

/**
 * @param {Refusal} answer
 * @param {File | null} file
 */
function showRefusal(answer, file) {
  const items = answer.problems.map((problem) =>
    element("li", {}, problem.message, problem.fix && element("div", { class: "note" }, problem.fix)),
  );
  const choices = file
    ? answer.choices.map((choice, index) =>
        element(
          "button",
          { type: "button", class: index ? "" : "main", onclick: () => open(file, choice) },
          words[choice],
        ),
      )
    : [];
  const another = element("button", { type: "button", onclick: () => chooser.click() }, words.another);
  const template = byId("template").cloneNode(true);
  if (template instanceof HTMLElement) {
    template.className = "button";
    template.removeAttribute("id");
  }
  refusal.replaceChildren(
    element("h2", {}, `✗ ${answer.title}`),
    answer.rest ? element("p", {}, answer.rest) : "",
    element("ul", {}, ...items),
    element("div", { class: "buttons" }, ...choices, another, template),
  );
  refusal.hidden = false;
  refusal.focus();
}

/** @param {FileList | null | undefined} files */
function take(files) {
  const file = files?.[0];
  if (!file) return;
  if (files.length > 1) say(words.one_file ?? "", true);
  else open(file);
}

async function openExample() {
  const response = await fetch(byId("example").dataset.address ?? "");
  await open(new File([await response.blob()], "example.xlsx"));
}

byId("choose").addEventListener("click", () => chooser.click());
chooser.addEventListener("change", () => {
  take(chooser.files);
  chooser.value = "";
});
byId("example").addEventListener("click", () => openExample().catch(sayError));
addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer?.files);
});
if (chooser.files?.length) take(chooser.files); // chosen before this script was there
enable("choose");
enable("example");
const refused = JSON.parse(drop.dataset.refused ?? "null");
if (refused) showRefusal(refused, null);
