// The head of the check page: how many rows are ready, and the button that goes on.
import { byId } from "./dom.js";

/**
 * @param {import("./types").SaidData} said
 */
export function showSaid(said) {
  byId("headline").textContent = said.headline;
  byId("rest").textContent = said.rest;
  const goOn = byId("go-on");
  goOn.textContent = said.label;
  goOn.dataset.main = said.main ?? "";
  goOn.hidden = !said.main || !goOn.hasAttribute("data-available");
  goOn.className = said.main === "plan" ? "main" : "";
  byId("verify").hidden = said.main !== "plan";
  byId("take-back").hidden = said.edits === 0;
}
