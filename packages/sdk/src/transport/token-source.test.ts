import { WaggleError } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import type { BeeConfig } from "../bee-types.ts";
import { Stage, until } from "../stage.test-suite.ts";
import { ServerDoor } from "./server-door.ts";
import { TokenSource } from "./token-source.ts";

const never = new AbortController().signal;
const hour = 3_600_000;

function sourceOf(token: BeeConfig["token"], clock = new FakeClock(), server = "http://localhost:1"): TokenSource {
  return new TokenSource({ token, door: new ServerDoor(server, clock), clock });
}

/** Gives "token-1", "token-2" and so on, each for an hour. */
function countingHost() {
  let given = 0;
  return () => {
    given += 1;
    return { access_token: `token-${given}`, expires_in: 3600 };
  };
}

const expired = () => new WaggleError("AUTH_EXPIRED", { message: "The token has expired." });

test("[TOK-1] the host is asked once, and again when the token is over", async () => {
  const clock = new FakeClock();
  const source = sourceOf(countingHost(), clock);

  expect(await source.current(never)).toBe("token-1");
  clock.advance(hour - 1);
  expect(await source.current(never)).toBe("token-1");
  clock.advance(1);
  expect(await source.current(never)).toBe("token-2");
});

test("[TOK-1] a string, the token object and a promise of either are tokens; anything else is refused", async () => {
  expect(await sourceOf("plain").current(never)).toBe("plain");
  expect(await sourceOf({ access_token: "object" }).current(never)).toBe("object");
  expect(await sourceOf(async () => "later").current(never)).toBe("later");
  for (const token of [() => "", () => JSON.parse("null"), () => JSON.parse('{"token":"x"}')]) {
    await expect(sourceOf(token).current(never)).rejects.toMatchObject({ code: "SESSION_REFUSED" });
  }
});

test("[TOK-2] a call refused because of its token is made once more with a new one", async () => {
  const tried: string[] = [];
  const source = sourceOf(countingHost());

  const answer = await source.use(never, async (token) => {
    tried.push(token);
    if (token === "token-1") throw expired();
    return "answer";
  });

  expect([answer, tried]).toEqual(["answer", ["token-1", "token-2"]]);
});

test("[TOK-2] a call refused twice fails, one that fails for another reason is not repeated", async () => {
  const tried: string[] = [];
  const source = sourceOf(countingHost());
  const refuse = async (token: string) => {
    tried.push(token);
    throw expired();
  };
  const fail = async (token: string) => {
    tried.push(token);
    throw new WaggleError("INTERNAL", { message: "broken" });
  };

  await expect(source.use(never, refuse)).rejects.toMatchObject({ code: "AUTH_EXPIRED" });
  await expect(source.use(never, fail)).rejects.toMatchObject({ code: "INTERNAL" });

  expect(tried).toEqual(["token-1", "token-2", "token-2"]);
});

test("[TOK-3] a token is renewed before it expires, again and again, until that is stopped", async () => {
  const clock = new FakeClock();
  const source = sourceOf(countingHost(), clock);
  await source.current(never);
  const renewed: string[] = [];
  const stop = source.keepFresh((token) => renewed.push(token));

  for (const count of [1, 2]) {
    clock.advance(hour - 5 * 60_000 - 1);
    expect(renewed).toHaveLength(count - 1);
    clock.advance(1);
    await until(() => renewed.length === count, "it was renewed");
  }
  stop();

  expect(renewed).toEqual(["token-2", "token-3"]);
  expect(clock.pending).toBe(0);
});

test("[TOK-3] a host that fails when asked is asked again before the token expires, and from then on as ever", async () => {
  const clock = new FakeClock();
  const host = countingHost();
  let failures = 0;
  let isDown = false;
  const source = sourceOf(async () => {
    if (!isDown) return host();
    failures += 1;
    throw new Error("down for a minute");
  }, clock);
  await source.current(never);
  const expiresAt = clock.now() + hour;
  const renewed: string[] = [];
  const stop = source.keepFresh((token) => renewed.push(token));

  isDown = true;
  clock.advance(hour - 5 * 60_000);
  await until(() => failures === 1, "it was asked in vain");
  isDown = false;
  await until(() => {
    clock.advance(1000);
    return renewed.length === 1;
  }, "it was asked again");
  expect(clock.now()).toBeLessThan(expiresAt);
  clock.advance(hour - 5 * 60_000);
  await until(() => renewed.length === 2, "it was renewed in time again");
  stop();

  expect(renewed).toEqual(["token-2", "token-3"]);
  expect(clock.pending).toBe(0);
});

test("[TOK-3] a host that keeps giving a token about to expire is asked at a bounded rate", async () => {
  const clock = new FakeClock();
  let asked = 0;
  const source = sourceOf(() => {
    asked += 1;
    return { access_token: "old", expires_in: 0 };
  }, clock);
  await source.current(never);
  const stop = source.keepFresh(() => undefined);

  for (let second = 0; second < 60; second++) {
    clock.advance(1000);
    await Promise.resolve().then(() => undefined);
  }
  stop();

  expect(asked).toBeLessThan(15);
});

test("[TOK-7] a host that does not answer is given up after 15 s, and asked anew by the next call", async () => {
  const clock = new FakeClock();
  let asked = 0;
  const source = sourceOf(() => {
    asked += 1;
    return asked > 2 ? "late" : new Promise<string>(() => undefined);
  }, clock);
  for (const ask of [() => source.current(never), () => source.renew(never)]) {
    const answer = ask();
    answer.catch(() => undefined);
    clock.advance(15_000);
    await expect(answer).rejects.toMatchObject({
      code: "SESSION_REFUSED",
      message: expect.stringMatching(/config.token[(][)] did not answer/),
    });
  }

  expect(await source.renew(never)).toBe("late");
  expect(clock.pending).toBe(0);
});

test("[TOK-7] whoever stops waiting is free at once, and does not take the answer from others who wait", async () => {
  const clock = new FakeClock();
  const host = Promise.withResolvers<string>();
  const source = sourceOf(() => host.promise, clock);
  const leaving = new AbortController();
  const [left, stayed] = [source.renew(leaving.signal), source.renew(never)];
  leaving.abort(new Error("left"));
  await expect(left).rejects.toThrow("left");
  host.resolve("token");

  expect(await stayed).toBe("token");
  const alone = new AbortController();
  const hanging = sourceOf(() => new Promise<string>(() => undefined), clock).current(alone.signal);
  alone.abort(new Error("alone"));
  await expect(hanging).rejects.toThrow("alone");
  expect(clock.pending).toBe(0);
});

test("[TOK-2] a token given once is renewed by the server", async () => {
  const stage = await Stage.open();
  const source = sourceOf(await stage.login(), new FakeClock(Date.now()), stage.address);
  const first = await source.current(never);

  const second = await source.renew(never);

  expect(second).not.toBe(first);
  await expect(sourceOf("nonsense", new FakeClock(), stage.address).renew(never)).rejects.toMatchObject({
    code: "AUTH_INVALID",
  });
  await stage.close();
});
