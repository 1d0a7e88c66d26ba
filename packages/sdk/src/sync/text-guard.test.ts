import { connect, createServer, type Socket } from "node:net";
import { schemaVersion } from "@waggle/contract";
import { expect, onTestFinished, test } from "vitest";
import { XmlElement, XmlFragment, type Map as YMap } from "yjs";
import type { Bee } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import { Stage, until } from "../stage.test-suite.ts";

/** Stands between a client and the server, and makes the server one version newer in what it says of itself. */
async function newerServer(address: string): Promise<string> {
  const { hostname, port } = new URL(address);
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    open.add(client).add(server);
    client.pipe(server);
    server.on("data", (bytes) => {
      const said = bytes.toString("latin1").replace(`"schema":${schemaVersion},`, `"schema":${schemaVersion + 1},`);
      client.write(Buffer.from(said, "latin1"));
    });
    server.on("close", () => client.destroy());
    for (const socket of [client, server]) socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
  });
  const bound = proxy.address();
  return `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
}

async function startedBee(): Promise<Bee> {
  const stage = await Stage.open();
  onTestFinished(() => stage.close());
  const { bee } = stage.guest({ server: await newerServer(stage.address) });
  await bee.start(smallPage());
  await bee.startMcpSession();
  return bee;
}

const textKey = "/descriptor/button/label";
const newText = { elementId: ids.button, text: "Order now" };

/** What a newer version might put into a text. */
function putUnknown({ doc }: Bee): XmlElement {
  const node = doc.getMap<YMap<unknown>>("nodes").get(ids.button);
  const text = node?.get(textKey);
  if (!(text instanceof XmlFragment)) throw new Error("The button has no text.");
  const unknown = new XmlElement("poll");
  text.insert(0, [unknown]);
  return unknown;
}

test("[SYN-11] with a newer server texts can be read and not written, everything else can", async () => {
  const bee = await startedBee();
  expect(bee.status.textsAreReadOnly).toBe(true);
  expect(bee.textFragment(ids.button, textKey)).toBeUndefined();
  const before = bee.template;

  expect(() => bee.commands.updateButton(newText)).toThrow(
    expect.objectContaining({ code: "EDITOR_OUTDATED", message: expect.stringContaining("Reload") }),
  );
  expect(bee.template).toBe(before);

  bee.commands.updateButton({ elementId: ids.button, href: "https://example.com/new" });
  await until(() => bee.status.saving === "saved", "it is saved");
  expect(bee.template.nodes.get(ids.button)?.["/descriptor/button/href"]).toBe("https://example.com/new");
  bee.history.undo();
  expect(bee.template.nodes.get(ids.button)?.["/descriptor/button/href"]).not.toBe("https://example.com/new");
});

test("[SYN-12] a text with something unknown is neither touched nor exported without it", async () => {
  const bee = await startedBee();
  expect((await bee.getTemplateJson()).data.json).toEqual(expect.objectContaining({ page: expect.anything() }));

  const unknown = putUnknown(bee);
  bee.commands.updateButton({ elementId: ids.button, href: "https://example.com/new" });

  expect(unknown.parent).toBeInstanceOf(XmlFragment);
  await expect(bee.getTemplateJson()).rejects.toMatchObject({ code: "EDITOR_OUTDATED" });
  await bee.stopMcpSession();
  expect(bee.status.textsAreReadOnly).toBe(true);
  await expect(bee.getTemplateJson()).rejects.toMatchObject({ code: "EDITOR_OUTDATED" });

  await bee.start(smallPage());
  expect(bee.status.textsAreReadOnly).toBeUndefined();
});
