import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { WaggleError } from "@waggle/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bee, BeeConfig } from "./bee-types.ts";
import { smallPage } from "./page.test-suite.ts";
import { Stage } from "./stage.test-suite.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

/** What a host sees of a rejection. */
async function rejectionOf(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const failure: unknown = await promise.then(
    () => undefined,
    (rejected: unknown) => rejected,
  );
  expect(failure).toBeInstanceOf(Error);
  if (!(failure instanceof WaggleError)) throw new Error("It has to be a WaggleError.");
  expect(failure.message).toBe(failure.error.message);
  return failure.error;
}

interface Failing {
  readonly config?: Partial<BeeConfig>;
  /** Not called for a bee that has to be empty. */
  readonly prepare?: (bee: Bee) => unknown;
  readonly call: (bee: Bee) => Promise<unknown>;
  readonly code: string;
  /** What a reader is told to do. */
  readonly nextStep: RegExp;
}

const load = (bee: Bee) => bee.start(smallPage());
const start = (bee: Bee) => bee.startMcpSession();
const cases: Readonly<Record<string, Failing>> = {
  "no template is loaded": { call: start, code: "NOT_READY", nextStep: /Call bee.start/ },
  "nothing is loaded that could be loaded again": {
    call: (bee) => bee.reload(),
    code: "NOT_READY",
    nextStep: /Call bee.start/,
  },
  "there is nothing to save": { call: (bee) => bee.save(), code: "NOT_READY", nextStep: /Call bee.start/ },
  "the bee was destroyed": {
    prepare: (bee) => bee.destroy(),
    call: (bee) => bee.load(smallPage()),
    code: "NOT_READY",
    nextStep: /Create another/,
  },
  "the template is none": { call: (bee) => bee.load({ rows: [] }), code: "INVALID_TEMPLATE", nextStep: /\/page/ },
  "the token was made elsewhere": {
    config: { token: "not-a-token" },
    prepare: load,
    call: start,
    code: "SESSION_REFUSED",
    nextStep: /Let config.token give what POST \/loginV2 of this server answers \(4005\)/,
  },
  "the host has no token": {
    config: { token: () => Promise.reject(new Error("down")) },
    prepare: load,
    call: start,
    code: "SESSION_REFUSED",
    nextStep: /config.token/,
  },
  "nothing answers": {
    config: { server: "http://localhost:1", token: "any" },
    prepare: load,
    call: start,
    code: "SERVER_UNREACHABLE",
    nextStep: /Check the address and the network, then try again/,
  },
  "a session is running": {
    prepare: async (bee) => {
      await load(bee);
      await start(bee);
    },
    call: start,
    code: "SESSION_RUNNING",
    nextStep: /End it with/,
  },
  "there is no such room": {
    call: (bee) => bee.join("tpl_nobody_knows"),
    code: "TEMPLATE_NOT_FOUND",
    nextStep: /start a new session/,
  },
};

describe("a call that fails", () => {
  test.each(Object.entries(cases))(
    "[ERR-1] when %s: an Error with its code and the next step",
    async (_why, failing) => {
      const { bee } = stage.guest(failing.config);
      await failing.prepare?.(bee);

      const { code, message } = await rejectionOf(failing.call(bee));

      expect(code).toBe(failing.code);
      expect(message).toMatch(failing.nextStep);
      bee.destroy();
    },
  );

  test("[ERR-1] somebody else's session says so, and what to do", async () => {
    const owner = stage.guest({ userHandle: "owner" });
    await owner.bee.start(smallPage());
    const { templateId } = await owner.bee.startMcpSession();
    const stranger = stage.guest({ userHandle: "stranger" });

    const { code, message } = await rejectionOf(stranger.bee.join(templateId));

    expect(code).toBe("SESSION_REFUSED");
    expect(message).toMatch(/somebody else. Start your own/);
    owner.bee.destroy();
  });
});

test("[DOC-10] on a server the package can be imported and used, and keeps no process alive", async () => {
  const program = `
    import { createBee } from "@waggle/sdk";
    if (typeof window !== "undefined" || typeof document !== "undefined") throw new Error("This is no server.");
    const bee = createBee({ server: "http://localhost:1", token: "none" });
    await bee.start(${JSON.stringify(smallPage())});
    bee.commands.updateButton({ elementId: "button-1", text: "Order" });
    const { data } = await bee.save();
    console.log(JSON.stringify(data.json).includes("Order"));
  `;
  const args = ["--conditions=@waggle/source", "--input-type=module", "--eval", program];
  const folder = join(import.meta.dirname, "..");

  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, timeout: 20_000 });

  expect([stdout.trim(), stderr]).toEqual(["true", ""]);
});
