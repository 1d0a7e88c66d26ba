import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lifetimes } from "@waggle/contract";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { openSqlite } from "../storage/sqlite/open-sqlite.ts";
import type { Storage } from "../storage/storage.ts";
import { ApiKeys } from "./api-keys.ts";
import { Authentication } from "./authentication.ts";
import { BrowserTokens } from "./browser-tokens.ts";
import { type Credentials, prepareCredentials } from "./credentials.ts";
import { digest } from "./digest.ts";

interface Setting {
  readonly folder: string;
  readonly storage: Storage;
  readonly clock: { time: number; now(): number };
  readonly secret: Uint8Array;
  readonly credentials: Credentials;
  readonly authentication: Authentication;
}

async function withAuthentication(use: (setting: Setting) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-auth-"));
  const storage = await openSqlite({ file: join(folder, "waggle.db") });
  try {
    const clock = { time: 1_800_000_000_000, now: () => clock.time };
    const config = { clientId: "acme", dataFolder: folder };
    const credentials = await prepareCredentials({ config, storage, clock });
    const secret = await storage.secret("browser-tokens");
    const authentication = new Authentication({
      keys: new ApiKeys({ storage, clock }),
      tokens: new BrowserTokens({ secret, clock }),
      client: credentials,
    });
    await use({ folder, storage, clock, secret, credentials, authentication });
  } finally {
    await storage.close();
    await rm(folder, { recursive: true });
  }
}

function login({ authentication, credentials }: Setting, uid = "ann") {
  return authentication.login({ ...credentials, uid });
}

test("the first start makes a key, writes it for its user alone, and stores only its hash", () =>
  withAuthentication(async ({ folder, storage, credentials }) => {
    expect(credentials.apiKey).toMatch(/^wgl_[\w-]{43}$/);
    for (const file of ["api-key", "client-secret"]) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    }
    expect((await readFile(join(folder, "api-key"), "utf8")).trim()).toBe(credentials.apiKey);
    await storage.close();
    const onDisk = await Promise.all(
      ["waggle.db", "waggle.db-wal"].map((name) => readFile(join(folder, name), "latin1").catch(() => "")),
    );
    expect(onDisk.join("")).toContain(digest(credentials.apiKey));
    expect(onDisk.join("")).not.toContain(credentials.apiKey);
  }));

test("a later start takes the same credentials", () =>
  withAuthentication(async ({ folder, storage, clock, credentials }) => {
    const config = { clientId: "acme", dataFolder: folder };
    expect(await prepareCredentials({ config, storage, clock })).toStrictEqual(credentials);
  }));

test("a configured key replaces the one before and is never written down", () =>
  withAuthentication(async ({ folder, storage, clock, credentials }) => {
    await rm(join(folder, "api-key"));
    const config = { clientId: "acme", dataFolder: folder, apiKey: "wgl_configured", clientSecret: "configured" };
    const configured = await prepareCredentials({ config, storage, clock });
    expect(configured).toStrictEqual({ apiKey: "wgl_configured", clientId: "acme", clientSecret: "configured" });
    const keys = new ApiKeys({ storage, clock });
    expect(await keys.require("wgl_configured")).toStrictEqual({ keyId: "default", clientId: "acme" });
    await expect(keys.require(credentials.apiKey)).rejects.toMatchObject({ code: "AUTH_INVALID" });
    await expect(stat(join(folder, "api-key"))).rejects.toThrow(/ENOENT/);
  }));

test("[POL-6] keys of policies are keys until a start that does not name them", () =>
  withAuthentication(async ({ folder, storage, clock, credentials }) => {
    const [config, deskKey] = [{ clientId: "acme", dataFolder: folder }, "wgl_0123456789ab"];
    const policies = {
      default: { policy: { access: "read-only" as const } },
      desk: { apiKey: deskKey, policy: { access: "text-only" as const } },
    };
    await prepareCredentials({ config: { ...config, policies }, storage, clock });
    const keys = new ApiKeys({ storage, clock });
    expect(await keys.require(deskKey)).toStrictEqual({
      keyId: "desk",
      clientId: "acme",
      policy: { access: "text-only" },
    });
    expect(await keys.require(credentials.apiKey)).toMatchObject({ keyId: "default", policy: { access: "read-only" } });
    await prepareCredentials({ config, storage, clock });
    const later = new ApiKeys({ storage, clock });
    await expect(later.require(deskKey)).rejects.toMatchObject({ code: "AUTH_INVALID" });
    expect(await later.require(credentials.apiKey)).toStrictEqual({ keyId: "default", clientId: "acme" });
    const twice = { ...policies, desk: { ...policies.desk, apiKey: credentials.apiKey } };
    const start = prepareCredentials({ config: { ...config, policies: twice }, storage, clock });
    await expect(start).rejects.toThrow(/the apiKey of desk is the server's own/);
  }));

test("an empty key file is filled again and closed to others", () =>
  withAuthentication(async ({ folder, storage, clock }) => {
    await writeFile(join(folder, "api-key"), "", { mode: 0o644 });
    const config = { clientId: "acme", dataFolder: folder };
    expect((await prepareCredentials({ config, storage, clock })).apiKey).toMatch(/^wgl_/);
    expect((await stat(join(folder, "api-key"))).mode & 0o777).toBe(0o600);
  }));

const badHeaders: readonly [header: string | undefined, code: string][] = [
  [undefined, "AUTH_MISSING"],
  ["", "AUTH_MISSING"],
  ["Basic abc", "AUTH_INVALID"],
  ["Bearer", "AUTH_INVALID"],
  ["Bearer wgl_wrong", "AUTH_INVALID"],
  ["Bearer two words", "AUTH_INVALID"],
];

test.each(badHeaders)("the header %j is refused with %s", (header, code) =>
  withAuthentication(async ({ authentication }) => {
    await expect(authentication.requireKey(header)).rejects.toMatchObject({ code });
  }),
);

test("a key is told by its client, also while it is remembered", () =>
  withAuthentication(async ({ authentication, credentials, clock }) => {
    const header = `Bearer ${credentials.apiKey}`;
    const identity = { keyId: "default", clientId: "acme" };
    expect(await authentication.requireKey(header)).toStrictEqual(identity);
    expect(await authentication.requireKey(header)).toStrictEqual(identity);
    clock.time += 31_000;
    expect(await authentication.requireKey(header)).toStrictEqual(identity);
  }));

test("a browser token is bound to client, person and role for an hour", () =>
  withAuthentication(async (setting) => {
    const grant = await login(setting);
    expect(grant).toStrictEqual({ access_token: expect.any(String), v2: true, expires_in: 3600 });
    expect(await setting.authentication.requireBrowser(grant.access_token)).toStrictEqual({
      clientId: "acme",
      handle: "ann",
      role: "editor",
      expiresAt: setting.clock.time + lifetimes.tokenMs,
    });
    setting.clock.time += lifetimes.tokenMs;
    const late = setting.authentication.requireBrowser(grant.access_token);
    await expect(late).rejects.toMatchObject({ code: "AUTH_EXPIRED" });
  }));

test("a live token renews itself for a day, an expired one never", () =>
  withAuthentication(async (setting) => {
    const { authentication, clock } = setting;
    let { access_token: token } = await login(setting);
    let renewals = 0;
    const step = lifetimes.tokenMs - 1000;
    for (let passed = step; passed <= 24 * 60 * 60 * 1000; passed += step) {
      clock.time += step;
      ({ access_token: token } = await authentication.renew(token));
      renewals++;
    }
    expect(renewals).toBe(24);
    expect((await authentication.requireBrowser(token)).handle).toBe("ann");
    clock.time += step;
    await expect(authentication.renew(token)).rejects.toMatchObject({ code: "AUTH_EXPIRED" });
    await expect(authentication.renew(undefined)).rejects.toMatchObject({ code: "AUTH_MISSING" });
  }));

test("a log-in with a wrong id or secret is refused without telling which", () =>
  withAuthentication(async ({ authentication, credentials }) => {
    const attempts = [
      { ...credentials, clientId: "other", uid: "ann" },
      { ...credentials, clientSecret: "wrong", uid: "ann" },
    ].map((attempt) => authentication.login(attempt).catch((error: Error) => error.message));
    expect(new Set(await Promise.all(attempts))).toStrictEqual(
      new Set(["client_id or client_secret is wrong. Send those that the server was started with."]),
    );
  }));

test("tokens that were changed, unsigned, or signed for something else are refused", () =>
  withAuthentication(async (setting) => {
    const { access_token: token } = await login(setting);
    // The honest one is remembered; that must not help the others.
    expect((await setting.authentication.requireBrowser(token)).handle).toBe("ann");
    const [header = "", payload = "", signature = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const sign = (changes: object, secret = setting.secret) =>
      new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: "HS256" }).sign(secret);
    const forged = [
      "not a token",
      `${header}.${encode({ ...claims, sub: "bob" })}.${signature}`,
      `${header}.${payload}.${signature.split("").reverse().join("")}`,
      `${encode({ alg: "none" })}.${payload}.`,
      await sign({ aud: "elsewhere" }),
      await sign({ iss: "someone" }),
      await sign({ role: "owner" }),
      await sign({}, new Uint8Array(32)),
    ];
    for (const attempt of forged) {
      await expect(setting.authentication.requireBrowser(attempt)).rejects.toMatchObject({ code: "AUTH_INVALID" });
    }
    expect((await setting.authentication.requireBrowser(await sign({}))).handle).toBe("ann");
  }));
