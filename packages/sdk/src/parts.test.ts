import { expect, test } from "vitest";
import { loadPart, unlessAborted } from "./parts.ts";

test("a part that does not come is SERVER_UNREACHABLE, and is asked for again at the next call", async () => {
  const offline = new TypeError("Failed to fetch dynamically imported module");
  let calls = 0;
  const load = async () => {
    calls += 1;
    if (calls === 1) throw offline;
    return "part";
  };

  await expect(loadPart(load)).rejects.toMatchObject({ code: "SERVER_UNREACHABLE", cause: offline });
  expect(await loadPart(load)).toBe("part");
});

test("who gives up does not wait for a part that never comes", async () => {
  const never = new Promise<string>(() => undefined);
  const gaveUp = new AbortController();
  const waiting = unlessAborted(never, gaveUp.signal);
  const reason = new Error("stopped");
  gaveUp.abort(reason);

  await expect(waiting).rejects.toBe(reason);
  await expect(unlessAborted(Promise.resolve("part"), gaveUp.signal)).rejects.toBe(reason);
  expect(await unlessAborted(Promise.resolve("part"), new AbortController().signal)).toBe("part");
});
