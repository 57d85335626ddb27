// A question in a dialog of its own.
import { element } from "./dom.js";

/**
 * Ask in a dialog; Enter does not confirm. Resolves to whether the person agreed.
 * @param {{title: string, lines: string[], yes: string, no: string, danger?: boolean, type?: {label: string, text: string}}} question
 * @returns {Promise<boolean>}
 */
export function confirm(question) {
  return new Promise((resolve) => {
    const yes = element(
      "button",
      { type: "button", class: question.danger ? "danger" : "main" },
      question.yes,
    );
    const no = element("button", { type: "button", autofocus: true }, question.no);
    const typed = element("input", {
      type: "text",
      id: "dialog-typed",
      autocomplete: "off",
      spellcheck: "false",
    });
    const wanted = question.type;
    const dialog = element(
      "dialog",
      { "aria-labelledby": "dialog-title" },
      element("h2", { id: "dialog-title" }, question.title),
      ...question.lines.map((line) => element("p", {}, line)),
      wanted && element("label", { for: "dialog-typed" }, wanted.label, typed),
      element("div", { class: "buttons" }, no, yes),
    );
    if (wanted) {
      yes.disabled = true;
      typed.addEventListener("input", () => {
        yes.disabled = typed.value.trim() !== wanted.text;
      });
    }
    let agreed = false;
    yes.addEventListener("click", () => {
      agreed = true;
      dialog.close();
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(agreed);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
