// An agent makes calls under keys until the process is killed. Printed is only what was answered, and what was sent last.
import { writeSync } from "node:fs";
import { ann, openHouse, operation, page, rowId, scout } from "./fixtures.test-suite.ts";

const house = await openHouse({ file: process.argv[2] ?? "" });
const { templateId } = await house.sessions.createTemplate({ clientId: ann.clientId, template: page() });
const room = await house.registry.open(templateId);

for (let count = 1; ; count++) {
  const call = { callKey: `key-1 ${count}`, fingerprint: `title ${count}` };
  const input = { section: rowId, text: `Title ${count}` };
  const { output } = await room.run({ actor: scout, operation: operation("add_title"), input, call });
  writeSync(1, `${JSON.stringify({ templateId, count, output })}\n`);
}
