import { FakeClock } from "@waggle/testing";
import { expect, test, vi } from "vitest";
import { ids, samplePage } from "../editor.test.support.ts";
import { createHostedBee, type HostedBee } from "./hosted-bee.ts";
import type { PluginConfig } from "./plugin-config.ts";
import type { PluginError } from "./plugin-errors.ts";
import { TokenKeeper } from "./plugin-token.ts";

const token = { access_token: "none", v2: true };

function place(): HTMLElement {
  const element = document.createElement("div");
  element.id = "bee-container";
  element.style.height = "600px";
  document.body.append(element);
  return element;
}

function create(config: PluginConfig): Promise<HostedBee> {
  return createHostedBee(token, config, "http://localhost:1");
}

test("an editor starts, and saves as JSON and HTML", async () => {
  const element = place();
  const onSave = vi.fn();
  const bee = await create({ uid: "maya", container: "bee-container", onSave });

  await bee.start(JSON.stringify(samplePage()));
  const { data } = await bee.save();

  expect(data.html).toContain("Night trains");
  expect([data.htmlAmp, data.language, data.version]).toEqual([null, null, 0]);
  expect(onSave).toHaveBeenCalledExactlyOnceWith(JSON.stringify(data.json), data.html, null, 0, null);
  expect((await bee.getTemplateJson()).data.json).toEqual(data.json);
  bee.destroy();
  expect(element.childElementCount).toBe(0);
  element.remove();
});

test("changes reach the host's callbacks with patches", async () => {
  const element = place();
  const onChange = vi.fn();
  const bee = await create({ container: "bee-container", onChange });
  await bee.start(samplePage());

  bee.bee.commands.updateButton({ elementId: ids.button, text: "Order now" });

  await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
  const [json, detail, version] = onChange.mock.calls[0] ?? [];
  expect(JSON.stringify(json)).toContain("Order now");
  expect([detail.patches.length > 0, version]).toEqual([true, 1]);
  bee.destroy();
  element.remove();
});

test("a template that is none is told to onError with the contract's code", async () => {
  const element = place();
  const errors: PluginError[] = [];
  const bee = await create({ container: "bee-container", onError: (error) => errors.push(error) });

  await expect(bee.start("{ no json")).rejects.toMatchObject({ error: { code: "INVALID_TEMPLATE" } });

  expect(errors).toEqual([expect.objectContaining({ code: 5100, detail: { code: "INVALID_TEMPLATE" } })]);
  bee.destroy();
  element.remove();
});

test("a config that still has mcpEditorClient is warned once, with what to do instead", async () => {
  const element = place();
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const bee = await create({ container: "bee-container", mcpEditorClient: {} });

  expect(warn.mock.calls.filter(([text]) => String(text).includes("mcpEditorClient"))).toEqual([
    [expect.stringContaining("startMcpSession()")],
  ]);
  warn.mockRestore();
  bee.destroy();
  element.remove();
});

test("a container that is not there is a clear error", async () => {
  await expect(create({ container: "nowhere" })).rejects.toThrow("nowhere");
});

test("a token is given once, then renewed by the server; a new one of the host goes first", async () => {
  const answers = [{ access_token: "second" }, { access_token: "third" }];
  const asked: (string | null)[] = [];
  const fetched = vi.spyOn(window, "fetch").mockImplementation(async (_address, init) => {
    asked.push(new Headers(init?.headers).get("authorization"));
    return Response.json(answers.shift());
  });
  const tokens = new TokenKeeper({ access_token: "first" }, "https://waggle.example.com");

  const given = [await tokens.next(), await tokens.next()];
  tokens.update({ access_token: "of the host" });
  given.push(await tokens.next(), await tokens.next());

  expect(given.map(({ access_token }) => access_token)).toEqual(["first", "second", "of the host", "third"]);
  expect(asked).toEqual(["Bearer first", "Bearer of the host"]);
  expect(fetched.mock.calls[0]?.[0]).toBe("https://waggle.example.com/v2/token");
  fetched.mockRestore();
});

test("a token is renewed in time while nobody asks for it, and says how long it still works", async () => {
  let given = 1;
  const fetched = vi.spyOn(window, "fetch").mockImplementation(async () => {
    given += 1;
    return Response.json({ access_token: `token-${given}`, expires_in: 3600 });
  });
  const clock = new FakeClock();
  const tokens = new TokenKeeper({ access_token: "token-1", expires_in: 3600 }, "https://waggle.example.com", clock);

  clock.advance(54 * 60_000);
  expect(fetched).not.toHaveBeenCalled();
  clock.advance(60_000);
  await vi.waitFor(() => expect(clock.pending).toBe(1));
  clock.advance(10 * 60_000);

  expect(await tokens.next()).toEqual({ access_token: "token-2", expires_in: 3000 });
  expect(fetched).toHaveBeenCalledOnce();
  tokens.close();
  expect(clock.pending).toBe(0);
  fetched.mockRestore();
});
