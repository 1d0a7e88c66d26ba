import { createBee } from "@waggle/sdk";
import { bindForm, type FormParts } from "./form.ts";
import { template } from "./template.ts";

/** Where `npm start` runs Waggle. Its demo gives tokens away; a backend of yours would ask POST /loginV2 for them. */
const server = "http://localhost:8787";

const bee = createBee({
  server,
  token: async () => (await fetch(`${server}/host/token`, { method: "POST" })).json(),
  username: "Ann",
});
await bee.start(template);

const form = document.querySelector<HTMLFormElement>("#form");
if (!form) throw new Error("The page has no form.");
// The names in index.html are the names of the parts.
const parts = form.elements as unknown as FormParts & { readonly start: HTMLButtonElement };
bindForm(bee, parts);
parts.start.addEventListener("click", async () => {
  try {
    const { templateId } = await bee.startMcpSession();
    parts.status.value = `Give your agent the template id ${templateId}.`;
  } catch (failure) {
    parts.status.value = failure instanceof Error ? failure.message : String(failure);
  }
});
