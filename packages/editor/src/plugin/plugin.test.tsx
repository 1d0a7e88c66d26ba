import { WaggleError } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { expect, test, vi } from "vitest";
import type { BeePluginGlobal } from "../bee-plugin.ts";
import { ids, samplePage } from "../editor.test.support.ts";
import { createHostedBee, type HostedBee } from "./hosted-bee.ts";
import type { PluginConfig } from "./plugin-config.ts";
import { type PluginError, toPluginError } from "./plugin-errors.ts";
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

test("a container that is not there is told to onError too, and leaves nothing running", async () => {
  const later = vi.spyOn(window, "setTimeout");
  const onError = vi.fn();
  const lasting = { access_token: "none", expires_in: 3600 };

  const created = createHostedBee(lasting, { container: "nowhere", onError }, "http://localhost:1");

  await expect(created).rejects.toThrow("nowhere");
  expect(onError.mock.calls).toEqual([
    [{ code: 5001, message: expect.stringContaining("nowhere"), detail: { code: "INVALID_INPUT" } }],
  ]);
  expect(later.mock.calls.filter(([, delayMs = 0]) => delayMs > 60_000)).toEqual([]);
  later.mockRestore();
});

test.each([undefined, "text", {}])("a token that is %o is a clear error, told to onError too", async (none) => {
  const element = place();
  const onError = vi.fn();
  const given = none as unknown as typeof token;

  const created = createHostedBee(given, { container: "bee-container", onError }, "http://localhost:1");

  await expect(created).rejects.toThrow("POST /loginV2");
  expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ detail: { code: "INVALID_INPUT" } }));
  element.remove();
});

test("an editor that the server does not give out is told with what to check", async () => {
  // This page is no Waggle server: there is no editor beside it.
  await import("../bee-plugin.ts");
  const { BeePlugin }: Window & { BeePlugin?: BeePluginGlobal } = window;
  const onError = vi.fn();

  const created = BeePlugin?.create(token, { container: "bee-container", onError });

  await expect(created).rejects.toMatchObject({ code: "SERVER_UNREACHABLE", cause: expect.any(TypeError) });
  const message = expect.stringMatching(
    `could not be loaded from .* lists ${window.location.origin} in WAGGLE_ORIGINS`,
  );
  expect(onError.mock.calls).toEqual([[{ code: 5600, message, detail: { code: "SERVER_UNREACHABLE" } }]]);
});

test("who may not come into a session is told so, and not that it could not be opened", () => {
  const refused = (data: object) =>
    toPluginError(new WaggleError("SESSION_REFUSED", { message: "No.", data: { ...data } }));
  expect([refused({ closeCode: 4403 }).code, refused({ closeCode: 4400 }).code, refused({}).code]).toEqual([
    5500, 5100, 5100,
  ]);
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
  const planned = vi.spyOn(clock, "after");
  const tokens = new TokenKeeper({ access_token: "token-1", expires_in: 3600 }, "https://waggle.example.com", clock);

  clock.advance(54 * 60_000);
  expect(fetched).not.toHaveBeenCalled();
  clock.advance(60_000);
  await vi.waitFor(() => expect(planned.mock.lastCall?.[0]).toBe(55 * 60_000));
  await vi.waitFor(() => expect(clock.pending).toBe(1));
  clock.advance(10 * 60_000);

  expect(await tokens.next()).toEqual({ access_token: "token-2", expires_in: 3000 });
  expect(fetched).toHaveBeenCalledOnce();
  tokens.close();
  expect(clock.pending).toBe(0);
  fetched.mockRestore();
});

/** A keeper of a token that lasts an hour, and what the server answers each time it is asked. */
function keeperWith(answer: (signal: AbortSignal | null | undefined) => Promise<Response>) {
  const fetched = vi.spyOn(window, "fetch").mockImplementation((_address, init) => answer(init?.signal));
  const clock = new FakeClock();
  const planned = vi.spyOn(clock, "after");
  const first = { access_token: "first", expires_in: 3600 };
  const tokens = new TokenKeeper(first, "https://waggle.example.com", clock);
  const delays = () => planned.mock.calls.map(([delayMs]) => delayMs / 1000);
  const close = () => {
    tokens.close();
    fetched.mockRestore();
  };
  return { tokens, clock, fetched, delays, close };
}

test.each([500, 502, 503, 429])(
  "a server that answers %i is asked again, until it renews the token",
  async (status) => {
    const answers = [new Response("later", { status }), Response.json({ access_token: "second", expires_in: 3600 })];
    const { tokens, clock, delays, close } = keeperWith(async () => answers.shift() ?? Response.error());

    clock.advance(55 * 60_000);
    await vi.waitFor(() => expect(delays().at(-1)).toBe(30));
    clock.advance(30_000);

    await vi.waitFor(() => expect(delays().at(-1)).toBe(55 * 60));
    expect((await tokens.next()).access_token).toBe("second");
    close();
  },
);

test.each([401, 403])(
  "a server that answers %i is not asked again by itself, and next says what to do",
  async (status) => {
    const { tokens, clock, fetched, delays, close } = keeperWith(async () => new Response(null, { status }));

    clock.advance(55 * 60_000);
    await vi.waitFor(() => expect(clock.pending).toBe(0));
    clock.advance(60_000);
    expect([fetched.mock.calls.length, delays()]).toEqual([1, [55 * 60, 15]]);

    await tokens.next();
    await expect(tokens.next()).rejects.toMatchObject({
      code: "AUTH_EXPIRED",
      message: expect.stringContaining("updateToken"),
    });
    close();
  },
);

test("a server that never answers is given up on after 15 seconds, and asked again", async () => {
  const never = (signal: AbortSignal | null | undefined) =>
    new Promise<Response>((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  const { tokens, clock, delays, close } = keeperWith(never);

  clock.advance(55 * 60_000);
  clock.advance(15_000);
  await vi.waitFor(() => expect(delays()).toEqual([55 * 60, 15, 30]));

  await tokens.next();
  const asked = expect(tokens.next()).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
  clock.advance(15_000);
  await asked;
  close();
});

test.each([
  ["an answer", () => Response.json({ access_token: "of the server", expires_in: 3600 })],
  ["a refusal", () => new Response(null, { status: 401 })],
])("a token that the host brings while another is on its way stays, whether that is %s", async (_title, answer) => {
  let arrive = (_response: Response): void => {};
  const { tokens, clock, delays, close } = keeperWith(
    () =>
      new Promise((resolve) => {
        arrive = resolve;
      }),
  );
  await tokens.next();
  const asked = tokens.next();

  tokens.update({ access_token: "of the host", expires_in: 7200 });
  arrive(answer());

  expect(await asked).toEqual({ access_token: "of the host", expires_in: 7200 });
  expect(clock.pending).toBe(1);
  expect(delays()).toEqual([55 * 60, 15, 115 * 60]);
  close();
});
