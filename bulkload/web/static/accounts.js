// The accounts page: choose, add, change, test and remove. A secret is typed here and never shown.
import { ask, during, say } from "./app.js";
import { confirm } from "./dialog.js";
import { byId, element, fill, number } from "./dom.js";

const place = byId("accounts");
const formPlace = byId("form-place");
/** @type {import("./types").Words} */
const words = JSON.parse(place.dataset.words ?? "{}");

/** @param {import("./types").AccountsData} data */
function show(data) {
  const practice = card(
    {
      title: document.querySelector(".chip.practice b")?.textContent ?? "Practice account",
      note: words.practice_note ?? "",
      isReal: false,
      isInUse: data.practice_in_use,
    },
    [!data.practice_in_use && button(words.use, () => use(null))],
  );
  const cards = data.accounts.map((one) =>
    card({ title: one.title, note: one.note, isReal: true, isInUse: one.in_use }, [
      !one.in_use && button(words.use, () => use(one.name)),
      button(words.test, () => test(one)),
      button(words.change, async () => showForm(one)),
      button(words.remove, () => remove(one)),
    ]),
  );
  place.replaceChildren(practice, ...cards);
  showChip(data.chip);
}

/**
 * @param {{title: string, note: string, isReal: boolean, isInUse: boolean}} account
 * @param {(HTMLElement | false)[]} buttons
 */
function card(account, buttons) {
  const inUse = account.isInUse && element("span", { class: "pill ready" }, words.in_use);
  return element(
    "section",
    { class: `card account-card ${account.isReal ? "real" : "practice"}${account.isInUse ? " in-use" : ""}` },
    element(
      "div",
      {},
      element("h2", {}, element("span", { class: "dot", "aria-hidden": "true" }), account.title, " ", inUse),
      element("p", { class: "note" }, account.note),
    ),
    element("div", { class: "buttons" }, ...buttons),
  );
}

/**
 * @param {string | undefined} label
 * @param {() => Promise<void>} action
 */
function button(label, action) {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", () => during(made, action));
  return made;
}

/** @param {{title: string, practice: boolean}} chip */
function showChip(chip) {
  const top = document.querySelector(".chip");
  const title = top?.querySelector("b");
  if (!top || !title) return;
  if (title.textContent === chip.title) return;
  location.reload();
}

/** @param {string | null} name */
async function use(name) {
  show(await ask("POST", "/accounts/use", { name }));
}

/** @param {import("./types").AccountRow} one */
async function test(one) {
  const { campaigns } = await ask("POST", `/accounts/${one.name}/test`);
  say(fill(words.works ?? "", { count: number(campaigns) }));
}

/** @param {import("./types").AccountRow} one */
async function remove(one) {
  const title = fill(words.remove_question ?? "", { title: one.title });
  const agreed = await confirm({
    title,
    lines: [words.remove_line ?? ""],
    yes: words.remove ?? "",
    no: words.not_yet ?? "",
    danger: true,
  });
  if (!agreed) return;
  show(await ask("DELETE", `/accounts/${one.name}`));
  say(words.removed ?? "");
  showForm(null);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {{note?: string, type?: string, placeholder?: string}} [more]
 */
function field(name, value, more = {}) {
  const note = more.note && element("p", { class: "note", id: `${name}-note` }, more.note);
  const input = element("input", {
    id: name,
    name,
    type: more.type ?? "text",
    value,
    placeholder: more.placeholder,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": more.note ? `${name}-note` : null,
  });
  return element("div", {}, element("label", { for: name }, words[name]), input, note);
}

/** @param {import("./types").AccountRow | null} one */
function showForm(one) {
  const production = element("input", {
    type: "checkbox",
    name: "production",
    id: "production",
    checked: one?.production ?? false,
  });
  const save = element("button", { type: "submit", class: "main" }, words.save);
  const cancel = element("button", { type: "button", onclick: () => showForm(null) }, words.cancel);
  const form = element(
    "form",
    { class: "form" },
    field("title", one?.title ?? "", { note: words.title_note ?? "" }),
    field("host", one?.host ?? "https://platform.kore.ai"),
    field("app_id", one?.app_id ?? "", { note: words.app_id_note ?? "", placeholder: "st-..." }),
    field("account_id", one?.account_id ?? "", { note: words.account_id_note ?? "" }),
    field("client_id", "", { placeholder: "cs-...", note: (one ? words.kept : "") ?? "" }),
    field("client_secret", "", { type: "password", note: (one ? words.kept : words.secret_note) ?? "" }),
    element("label", { class: "check-line whole", for: "production" }, production, words.production),
    element("div", { class: "buttons whole" }, save, one && cancel),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    during(save, () => store(form, one));
  });
  const title = one ? fill(words.edit ?? "", { title: one.title }) : words.add;
  formPlace.replaceChildren(element("h2", {}, title), form);
  if (one) form.querySelector("input")?.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {import("./types").AccountRow | null} one
 */
async function store(form, one) {
  const typed = Object.fromEntries(new FormData(form));
  const settings = { ...typed, production: form.querySelector("#production:checked") !== null };
  show(await ask("PUT", `/accounts/${one?.name ?? "new"}`, settings));
  say(words.saved ?? "");
  showForm(null);
}

show(JSON.parse(place.dataset.initial ?? "{}"));
showForm(null);
