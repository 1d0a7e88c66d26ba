import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { headers, routes } from "@waggle/contract";
import { expect, onTestFinished, test } from "vitest";
import { createServer, type ServerOptions, type WaggleServer } from "../server.ts";

const deskKey = "wgl_0123456789ab";
const page = {
  page: {
    rows: [
      {
        uuid: "row-1",
        columns: [
          {
            uuid: "column-1",
            "grid-columns": 12,
            modules: [
              {
                uuid: "title-1",
                type: "mailup-bee-newsletter-modules-heading",
                descriptor: { heading: { title: "h1", text: "Spring is here" } },
              },
            ],
          },
        ],
      },
    ],
  },
};

async function start(options: ServerOptions = {}): Promise<WaggleServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), "waggle-policies-"));
  const server = await createServer({ port: 0, dataFolder, logLevel: "silent", ...options });
  await server.listen();
  onTestFinished(async () => {
    await server.close();
    await rm(dataFolder, { recursive: true });
  });
  return server;
}

function post(server: WaggleServer, path: string, body: unknown): Promise<Response> {
  const authorization = `Bearer ${server.apiKey}`;
  const sent = { method: "POST", headers: { authorization, "content-type": "application/json" } };
  return fetch(server.address + path, { ...sent, body: JSON.stringify(body) });
}

async function agent(server: WaggleServer, template: string, key = server.apiKey): Promise<Client> {
  const client = new Client({ name: "scout", version: "1.0.0" });
  const sent = { authorization: `Bearer ${key}`, [headers.templateId]: template };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(server.address + routes.mcp), { requestInit: { headers: sent } }),
  );
  onTestFinished(() => client.close());
  return client;
}

const retitle = (client: Client, input: object) =>
  client.callTool({ name: "beefree_update_title", arguments: { elementId: "title-1", ...input } });

test("[POL-7] a template is made with a policy, which holds for every key", async () => {
  const server = await start({ policies: { desk: { apiKey: deskKey, policy: { access: "style-only" } } } });
  const policy = { access: "text-only", protectedElements: [], tools: ["beefree_update_title"] };
  const made = await post(server, routes.template, { template: page, policy });
  const { templateId } = JSON.parse(await made.text());
  const client = await agent(server, templateId);
  expect((await retitle(client, { text: "Summer" })).isError).toBeFalsy();
  expect(JSON.stringify(await retitle(client, { color: "#112233" }))).toContain("POLICY_REFUSED");
  const desk = await agent(server, templateId, deskKey);
  for (const input of [{ text: "Autumn" }, { color: "#112233" }]) {
    expect(JSON.stringify(await retitle(desk, input))).toContain("POLICY_REFUSED");
  }
});

test("[POL-7] the policy of an editor's session is in its body", async () => {
  const server = await start();
  const { apiKey: _key, clientId: client_id, clientSecret: client_secret } = server;
  const login = await post(server, routes.login, { client_id, client_secret, uid: "ann" });
  const { access_token } = JSON.parse(await login.text());
  const started = await fetch(server.address + routes.session, {
    method: "POST",
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: JSON.stringify({ template: page, policy: { access: "read-only" } }),
  });
  const { templateId } = JSON.parse(await started.text());
  expect(JSON.stringify(await retitle(await agent(server, templateId), { text: "x" }))).toContain(
    "agents may only read",
  );
});

test.each([
  [{ access: "all" }, /policy\/access/],
  [{ acess: "full" }, /acess/],
  [{ tools: ["update_titel"] }, /there is no tool update_titel\. Nearest: update_title/],
  [{ protectedElements: ["title-2"] }, /no element title-2\. Nearest: title-1/],
])("[POL-5] the policy %j is refused where it is set", async (policy, says) => {
  const server = await start();
  const refused = await post(server, routes.template, { template: page, policy });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toMatch(says);
});

test("[POL-3] extra tools and another prefix are configuration", async () => {
  const server = await start({ toolPrefix: "mail_", extraTools: true });
  const { templateId } = await server.createTemplate({ template: page, policy: { tools: ["mail_add_html"] } });
  const { tools } = await (await agent(server, templateId)).listTools();
  const names = tools.map(({ name }) => name);
  expect(names).toContain("mail_add_html");
  expect(names.every((name) => name.startsWith("mail_"))).toBe(true);
  const plain = await start();
  const listed = await (await agent(plain, (await plain.createTemplate()).templateId)).listTools();
  expect(listed.tools.map(({ name }) => name)).not.toContain("beefree_add_html");
});

test("[POL-1] a policy of a key that names a tool that is not there stops the start", async () => {
  const policies = { default: { policy: { tools: ["add_titel"] } } };
  await expect(start({ policies })).rejects.toThrow(/there is no tool add_titel\. Nearest: add_title/);
});
