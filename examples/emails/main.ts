// node examples/emails/main.ts [folder]: makes the three e-mails with nothing but tools, on a server of its own, and saves
// pictures of them, as the tool `preview` shows them to an agent. Needs a Chromium.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createServer } from "@waggle/server";
import { WaggleClient } from "../agent/waggle-client.ts";
import { buildEditByEdit, findPictures } from "./build.ts";
import { emails } from "./emails.ts";

const folder = process.argv[2] ?? "pictures";
const dataFolder = await mkdtemp(join(tmpdir(), "waggle-emails-"));
const server = await createServer({ port: 0, dataFolder });
try {
  await server.listen();
  await mkdir(folder, { recursive: true });
  for (const email of emails) {
    const { templateId } = await server.createTemplate();
    const agent = { url: url(), template: templateId, key: server.apiKey, era: "2025", handle: undefined } as const;
    const tools = new WaggleClient({ ...agent, name: "builder" });
    await tools.connect();
    const edits = email.edits(await findPictures(tools, email));
    await buildEditByEdit(tools, edits);
    await tools.leave();
    const client = await connect(templateId);
    for (const device of ["desktop", "mobile"]) {
      const { content } = await client.callTool({ name: "beefree_preview", arguments: { device } });
      const pictures = content.flatMap((block) => (block.type === "image" ? [block.data] : []));
      for (const [index, data] of pictures.entries()) {
        const file = join(folder, `${email.name}-${device}${pictures.length > 1 ? `-${index + 1}` : ""}.png`);
        await writeFile(file, Buffer.from(data, "base64"));
      }
      if (pictures.length === 0) console.log(JSON.stringify(content));
      console.log(`${email.name}, ${edits.length} edits: ${pictures.length} pictures (${device})`);
    }
    await client.close();
  }
} finally {
  await server.close();
  await rm(dataFolder, { recursive: true });
}

async function connect(templateId: string): Promise<Client> {
  const headers = { authorization: `Bearer ${server.apiKey}`, "x-bee-template-id": templateId };
  const client = new Client({ name: "viewer", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(url(), { requestInit: { headers } }));
  return client;
}

function url(): URL {
  return new URL("/v2/sdk/mcp", server.address);
}
