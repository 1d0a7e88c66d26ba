// An agent and a person edit until the process is killed. Printed is only what was acknowledged.
import { writeSync } from "node:fs";
import { Client, nodeOf } from "./clients.test-suite.ts";
import { ann, buttonId, hrefKey, openHouse, operation, page, scout, titleId, until } from "./fixtures.test-suite.ts";

const house = await openHouse({ file: process.argv[2] ?? "" });
const { templateId } = await house.sessions.createEditorSession({ template: page(), ...ann });
const room = await house.registry.open(templateId);
const client = await Client.join({ ...house, templateId });

function print(fact: object): void {
  writeSync(1, `${JSON.stringify({ templateId, ...fact })}\n`);
}

async function editAsAgent(): Promise<never> {
  for (let count = 1; ; count++) {
    const title = `number${count}`;
    await room.run({ actor: scout, operation: operation("update_title"), input: { elementId: titleId, text: title } });
    print({ title });
  }
}

async function editAsPerson(): Promise<never> {
  for (let count = 1; ; count++) {
    const href = `https://number${count}.example`;
    const before = client.entries.length;
    nodeOf(client.doc, buttonId).set(hrefKey, href);
    await until(() => isSaved(before));
    print({ href });
  }
}

/** Whether the person's entry after the first `before` ones is on disk. */
function isSaved(before: number): boolean {
  const own = client.entries.slice(before).find(({ operation: name }) => name === "edit");
  return own !== undefined && client.savedRevision >= own.revision;
}

await Promise.all([editAsAgent(), editAsPerson()]);
