import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { openFixtureDoor } from "./fixture-door.ts";
import { type Revision, runOfficialSuite, shortcomingsOf } from "./official-suite.ts";

/** What the pinned suites score: fewer would mean that something was left out. */
const scored: Readonly<Record<Revision, number>> = { "2025-11-25": 30, "2026-07-28": 37 };
const patience = 120_000;

test.each(["2025-11-25", "2026-07-28"] as const)(
  "every scenario that MCP %s scores passes against Waggle's own door",
  { timeout: patience },
  async (revision) => {
    const door = await openFixtureDoor();
    onTestFinished(() => door.close());
    const result = await runOfficialSuite({ url: door.url, revision });
    expect(shortcomingsOf(result), result.output).toEqual([]);
    expect(result.scenarios.filter(({ isScored }) => isScored)).toHaveLength(scored[revision]);
    expect(door.complaints).toEqual([]);
  },
);

test("a server that answers nonsense does not pass", { timeout: patience }, async () => {
  const server = createServer((_request, response) => response.writeHead(200).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const result = await runOfficialSuite({ url: new URL(`http://localhost:${port}/`), revision: "2025-11-25" });
  const shortcomings = shortcomingsOf(result);
  expect(shortcomings).toContain("The suite ended with 1.");
  expect(shortcomings.length).toBeGreaterThan(20);
});
