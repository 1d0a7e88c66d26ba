import { sharedTextId } from "./person.ts";
import { credentials } from "./server-process.ts";

const headers = { authorization: `Bearer ${credentials.apiKey}`, "content-type": "application/json" };

const paragraph = {
  uuid: sharedTextId,
  type: "mailup-bee-newsletter-modules-paragraph",
  descriptor: { paragraph: { html: "<p>Everyone writes here.</p>", style: {}, computedStyle: {} } },
};

/** A template of one section, whose first block is the text that everybody writes. */
export async function createTemplate(origin: string): Promise<string> {
  const columns = [{ uuid: "column", "grid-columns": 12, style: {}, modules: [paragraph] }];
  const template = { page: { rows: [{ uuid: "row", columns }] } };
  const body = JSON.stringify({ template });
  const response = await fetch(`${origin}/v2/sdk/mcp/template`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`No template: ${response.status} ${await response.text()}`);
  return (await response.json()).templateId;
}

/** The template as the server has it. */
export async function exportTemplate(origin: string, templateId: string): Promise<unknown> {
  const response = await fetch(`${origin}/v2/sdk/mcp/template/${templateId}`, { headers });
  if (!response.ok) throw new Error(`No export of ${templateId}: ${response.status} ${await response.text()}`);
  return response.json();
}
