import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as createOther } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { routes } from "@waggle/contract";
import { expect, onTestFinished, test } from "vitest";
import { runCommandLine } from "../command-line.ts";
import { createServer, type WaggleServer } from "../server.ts";

const main = join(import.meta.dirname, "..", "main.ts");
const command = ["--conditions=@waggle/source", main];
const eras = ["2025", "2026"] as const;
type Era = (typeof eras)[number];

const versionsOf = (era: Era) => ({ mode: era === "2026" ? { pin: "2026-07-28" } : "legacy" }) as const;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-stdio-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Place {
  readonly folder: string;
  readonly server: WaggleServer;
  readonly port: string;
}

async function openPlace(): Promise<Place> {
  const folder = await makeFolder();
  const server = await createServer({ port: 0, dataFolder: folder, logLevel: "silent" });
  onTestFinished(() => server.close());
  await server.listen();
  return { folder, server, port: new URL(server.address).port };
}

/** A client of the command, which knows the server by its port and the key by the data folder. */
async function connect({ folder, port }: Place, templateId: string, era: Era): Promise<Client> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...command, "mcp", "--template", templateId],
    env: { PATH: process.env.PATH ?? "", PORT: port, WAGGLE_DATA: folder },
  });
  const client = new Client({ name: "scout", version: "1.0.0" }, { versionNegotiation: versionsOf(era) });
  onTestFinished(() => client.close());
  await client.connect(transport);
  return client;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
}

/** What the command says to a client that sends nothing. */
function runProcess(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [...command, ...args], { env: { PATH: process.env.PATH, ...env } });
  let [output, complaint] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  child.stdin.end();
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output, complaint })));
}

/** The same without a process. */
async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  let [output, complaint] = ["", ""];
  const code = await runCommandLine(args, {
    environment,
    say: (text) => {
      output += text;
    },
    complain: (text) => {
      complaint += text;
    },
  });
  return { code, output, complaint };
}

const addSection = { name: "beefree_add_section", arguments: { columns: [12] } };
const readAll = { name: "beefree_get_content_hierarchy", arguments: {} };

test.each(eras)("[STDIO-1] a %s client of the command has the tools of the address, and edits", async (era) => {
  const place = await openPlace();
  const { templateId } = await place.server.createTemplate();
  const client = await connect(place, templateId, era);
  const overHttp = new Client({ name: "wren", version: "1.0.0" }, { versionNegotiation: versionsOf(era) });
  onTestFinished(() => overHttp.close());
  const headers = { authorization: `Bearer ${place.server.apiKey}`, "x-bee-template-id": templateId };
  const url = new URL(routes.mcp, place.server.address);
  await overHttp.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  expect((await client.listTools()).tools).toEqual((await overHttp.listTools()).tools);
  const added = await client.callTool(addSection);
  expect(added.isError).toBeFalsy();
  expect(added.structuredContent).toMatchObject({ elementId: expect.any(String) });
  expect((await overHttp.callTool(readAll)).structuredContent).toEqual(
    (await client.callTool(readAll)).structuredContent,
  );
  await expect(client.callTool({ name: "beefree_delete_section" })).rejects.toThrow(
    /Nearest: .*beefree_delete_element/,
  );
});

test("[STDIO-3] what keeps it from beginning is said on standard error alone, and ends it", async () => {
  const { folder, port } = await openPlace();
  const ended = await runProcess(["mcp", "--template", "tpl_unknown"], { PORT: port, WAGGLE_DATA: folder });
  expect(ended).toEqual({
    code: 1,
    output: "",
    complaint: "No template tpl_unknown. Create one, or check the id.\n",
  });
});

test("[STDIO-3] what keeps it from beginning is said with what to do", async () => {
  const { folder, server, port } = await openPlace();
  const { templateId } = await server.createTemplate();
  const [env, none] = [{ PORT: port, WAGGLE_DATA: folder }, await makeFolder()];
  const asked = ["mcp", "--template", templateId];
  const refusals: [Promise<Ended>, RegExp][] = [
    [run(asked, { ...env, WAGGLE_API_KEY: "wgl_guess" }), /API key/],
    [run(asked, { ...env, WAGGLE_DATA: none }), /no API key: none is kept in .*WAGGLE_API_KEY/],
    [run([...asked, "--server", "http://localhost:9"], env), /localhost:9 does not answer.*--server/],
    [run([...asked, "--server", "localhost"], env), /--server has to be an address/],
    [run([...asked, "--server", `${server.address}/v2/sdk/mcp`], env), /without a path/],
    [run([...asked, "--user", "a\nb"], env), /--user has to be/],
    [run(asked, { ...env, PORT: "many" }), /PORT has to be a whole number/],
    [run(["mcp"], env), /Name the template/],
    [run(["mcp", "--template"], env), /--template.*waggle --help/s],
    [run(["serve"], env), /no command serve\..*waggle mcp --template ID/s],
    [run(["--template", "x"], env), /need the command mcp/],
    [run([...asked, "--tempalte", "x"], env), /Unknown option '--tempalte'.*waggle --help/s],
    [run([...asked, "again"], env), /not again/],
  ];
  for (const [refusal, words] of refusals) {
    const { code, output, complaint } = await refusal;
    expect([code, output, complaint]).toEqual([1, "", expect.stringMatching(words)]);
  }
});

test("[STDIO-3] an address that is no Waggle server is told apart from one that is not there", async () => {
  const other = createOther((_request, response) => response.end("<h1>Hello</h1>"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const server = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const { code, complaint } = await run(["mcp", "--template", "tpl_a", "--key", "wgl_a", "--server", server]);
  expect([code, complaint]).toEqual([1, expect.stringContaining("not as a Waggle server")]);
});

test("[STDIO-4] no data folder is made", async () => {
  const { port } = await openPlace();
  const away = join(await makeFolder(), "none");
  await runProcess(["mcp", "--template", "tpl_a", "--key", "wgl_a"], { PORT: port, WAGGLE_DATA: away });
  expect(existsSync(away)).toBe(false);
});

test("waggle --help and --version go to standard output", async () => {
  expect(await run(["--help"])).toMatchObject({
    code: 0,
    complaint: "",
    output: expect.stringContaining("waggle mcp --template ID"),
  });
  expect(await run(["--version"])).toMatchObject({
    code: 0,
    complaint: "",
    output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test("waggle --help names every variable the server reads", async () => {
  const source = await readFile(join(import.meta.dirname, "..", "config", "config.ts"), "utf8");
  const read = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);
  const { output } = await run(["--help"]);
  expect(read.length).toBeGreaterThan(10);
  // Read only to say that it is not supported.
  const isHelped = (name = ""): boolean => name === "DATABASE_URL" || output.includes(name);
  expect(read.filter((name) => !isHelped(name))).toEqual([]);
});
