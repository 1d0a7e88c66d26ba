import { expect, test } from "vitest";
import { openToolAgent, type ToolAgent } from "./server-tools.test.support.ts";
import { goodKey, openPexelsSite } from "./stock/pexels-site.test.support.ts";

type Found = { source: string; images: { src: string; width: number }[]; note?: string };

async function search(agent: ToolAgent, input: Record<string, unknown>): Promise<Found> {
  const { structuredContent } = await agent.call("search_stock_images", input);
  return structuredContent as Found;
}

test("[STOCK-1] with a key the server asks Pexels", async () => {
  const site = await openPexelsSite();
  const agent = await openToolAgent({ pexelsKey: goodKey, pexelsUrl: site.url });
  const input = { query: "rocks", desired_width: 800, desired_height: 400, orientation: "landscape", color: "red" };
  const found = await search(agent, input);
  expect([found.source, found.images.length, site.asked.length]).toEqual(["pexels", 5, 1]);
});

test("[STOCK-5] a refusal of Pexels reaches the agent without the key", async () => {
  const site = await openPexelsSite();
  const agent = await openToolAgent({ pexelsKey: "wrong-key-123", pexelsUrl: site.url });
  const result = await agent.call("search_stock_images", { query: "rocks" });
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result)).toMatch(/WAGGLE_PEXELS_KEY/);
  expect(JSON.stringify(result)).not.toContain("wrong-key-123");
});

const wrong: readonly (readonly [Record<string, unknown>, RegExp])[] = [
  [{}, /query/],
  [{ query: "  " }, /query.*what to look for/],
  [{ query: "x".repeat(201) }, /query/],
  [{ query: "x", desired_width: 0 }, /desired_width/],
  [{ query: "x", desired_height: 2401 }, /desired_height/],
  [{ query: "x", desired_width: "600px" }, /desired_width/],
  [{ query: "x", orientation: "wide" }, /orientation.*landscape/],
  [{ query: "x", color: "#12" }, /color.*turquoise.*#rrggbb/],
  [{ query: "x", count: 16 }, /count/],
  [{ query: "x", width: 100 }, /width/],
];

test("[STOCK-7] wrong arguments are named with what is allowed", async () => {
  const agent = await openToolAgent();
  for (const [input, says] of wrong) {
    const result = await agent.call("search_stock_images", input);
    expect(result.isError, JSON.stringify(input)).toBe(true);
    expect(JSON.stringify(result.content)).toMatch(says);
  }
});

test("[DRAWN-3] without a key pictures are drawn, and anyone gets them for good", async () => {
  const agent = await openToolAgent();
  const { source, images } = await search(agent, { query: "sea", desired_width: 64, desired_height: 32, count: 2 });
  expect([source, images.length]).toEqual(["drawn", 2]);
  const src = (images[0]?.src ?? "").replace("localhost", "127.0.0.1");
  const response = await fetch(src);
  expect([
    response.status,
    ...["content-type", "cross-origin-resource-policy"].map((each) => response.headers.get(each)),
  ]).toEqual([200, "image/png", "cross-origin"]);
  expect(response.headers.get("cache-control")).toMatch(/immutable/);
  expect(Buffer.from(await response.arrayBuffer()).readUInt32BE(16)).toBe(64);
  const again = await fetch(src, { headers: { "if-none-match": response.headers.get("etag") ?? "" } });
  const changed = await fetch(src.replace("64x32", "640x320"));
  expect([again.status, changed.status]).toEqual([304, 404]);
  expect(await changed.json()).toMatchObject({ message: expect.stringMatching(/search_stock_images/) });
});

test("[DRAWN-5] addresses are at WAGGLE_PUBLIC_URL", async () => {
  const agent = await openToolAgent({ publicUrl: new URL("https://waggle.example.com") });
  const { images, note } = await search(agent, { query: "hills" });
  expect(images.every(({ src }) => src.startsWith("https://waggle.example.com/v2/pictures/"))).toBe(true);
  expect(note).not.toMatch(/PUBLIC_URL/);
});
