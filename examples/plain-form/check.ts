// Plays the story of this example without a browser: a person at the form, an agent at the template, a real server.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createBee } from "@waggle/sdk";
import { createServer } from "@waggle/server";
import { bindForm } from "./form.ts";
import { template } from "./template.ts";

const folder = await mkdtemp(join(tmpdir(), "plain-form-"));
const server = await createServer({ port: 0, dataFolder: folder, logLevel: "error" });
const address = await server.listen();

async function fetchToken() {
  const { clientId: client_id, clientSecret: client_secret } = server;
  const response = await fetch(`${address}/loginV2`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id, client_secret, uid: "ann" }),
  });
  return response.json();
}

async function connectAgent(templateId: string) {
  const headers = { authorization: `Bearer ${server.apiKey}`, "x-bee-template-id": templateId };
  const client = new Client({ name: "Scout", version: "1.0.0" });
  const url = new URL("/v2/sdk/mcp", address);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  return client;
}

async function until(condition: () => boolean) {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert(condition(), `Waited in vain until ${condition}`);
}

const input = () => Object.assign(new EventTarget(), { value: "" });
const button = () => Object.assign(new EventTarget(), { disabled: false });
const form = { title: input(), label: input(), link: input(), undo: button(), undoAgents: button(), status: input() };
const fill = (field: keyof typeof form & ("title" | "label" | "link"), value: string) => {
  form[field].value = value;
  form[field].dispatchEvent(new Event("change"));
};

const bee = createBee({ server: address, token: fetchToken, username: "Ann" });
await bee.start(template);
bindForm(bee, form);
assert.equal(form.title.value, "We open on Sunday");
assert.equal(form.undo.disabled, true);

fill("title", "We open on Monday");
fill("link", "javascript:alert(1)");
assert.match(form.status.value, /href has to be/);
assert.equal(form.link.value, "https://example.com/");

const { templateId } = await bee.startMcpSession();
const agent = await connectAgent(templateId);
const read = await agent.callTool({ name: "beefree_get_content_hierarchy", arguments: {} });
const [, elementId] = /"id":"([^"]+)","index":1,"type":"button"/.exec(JSON.stringify(read.structuredContent)) ?? [];
await until(() => bee.people.length === 2);
const edit = { elementId, text: "Come to us", href: "https://example.com/visit" };
await agent.callTool({ name: "beefree_update_button", arguments: edit });
await until(() => form.label.value === "Come to us");
assert.equal(form.status.value, "Scout changed the template.");
fill("title", "We open on Tuesday");

form.undoAgents.dispatchEvent(new Event("click"));
assert.equal(form.status.value, "Took back 2 changes by Scout");
assert.deepEqual(
  [form.title.value, form.label.value, form.link.value],
  ["We open on Tuesday", "Come", "https://example.com/"],
);
form.undo.dispatchEvent(new Event("click"));
assert.equal(form.label.value, "Come to us");

await bee.stopMcpSession();
form.undo.dispatchEvent(new Event("click"));
assert.deepEqual([form.title.value, form.label.value], ["We open on Monday", "Come"]);
form.undo.dispatchEvent(new Event("click"));
assert.equal(form.title.value, "We open on Sunday");

bee.destroy();
await agent.close();
await server.close();
await rm(folder, { recursive: true });
console.log("The plain form works: edits, an agent's live changes, undo of its part and of everything.");
