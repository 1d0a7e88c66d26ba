import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { drawPicture, type Picture, type SceneName } from "./draw-picture.ts";
import { DrawnImages } from "./drawn-images.ts";
import { PictureAddresses } from "./picture-address.ts";
import { PictureShelf } from "./picture-shelf.ts";

const scenes: readonly SceneName[] = [
  "hills",
  "mountains",
  "sea",
  "city",
  "forest",
  "tiles",
  "discs",
  "gradient",
  "papers",
];
const tones = ["dawn", "day", "dusk", "night", "ff0000", "000000", "ffffff"];

const addresses = new PictureAddresses(Buffer.from("a secret of this server"));
const drawn = new DrawnImages({ addresses, address: () => "https://waggle.example.com", isPublic: true });
const search = (query: string, rest: object = {}) => drawn.search({ query, page: 1, count: 6, ...rest });

/** The chunks of a PNG by name. */
function readPng(png: Buffer) {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(13);
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    names: [...chunks.keys()],
    body: inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0)),
  };
}

test.each(scenes)("[DRAWN-2] %s is a PNG in any size, the same each time, and no single colour", async (scene) => {
  for (const [at, tone] of tones.entries()) {
    const [width, height] = [
      [64, 40],
      [40, 64],
      [16, 200],
      [200, 16],
      [50, 50],
      [33, 17],
      [120, 60],
    ][at] ?? [16, 16];
    const picture: Picture = { scene, tone, width: width ?? 16, height: height ?? 16, seed: at * 7919 };
    const png = await drawPicture(picture);
    const { names, body, ...size } = readPng(png);
    expect([size, names]).toEqual([{ width, height }, ["IHDR", "IDAT", "IEND"]]);
    expect(body.length).toBe(picture.height * (picture.width * 3 + 1));
    expect(new Set(body).size, `${scene} ${tone}`).toBeGreaterThan(4);
    expect(await drawPicture(picture)).toEqual(png);
  }
});

test.each(scenes)(
  "[DRAWN-2] %s as wide as the top of an e-mail weighs less than 250 KB",
  async (scene) => {
    const png = await drawPicture({ scene, tone: "dusk", width: 1200, height: 600, seed: 11 });
    expect(png.length).toBeLessThan(250_000);
  },
  60_000,
);

test("[DRAWN-1] a search finds the same pictures each time, others on the next page, in the size asked for", async () => {
  const first = await search("coffee cups", { width: 640, height: 200 });
  expect(await search(" Coffee  CUPS", { width: 640, height: 200 })).toEqual(first);
  const next = await search("coffee cups", { width: 640, height: 200, page: 2 });
  const all = [...first.images, ...next.images];
  expect(new Set(all.map(({ src }) => src)).size).toBe(12);
  expect(all.every(({ width, height }) => width === 640 && height === 200)).toBe(true);
  const pictures = all.map(({ src }) => addresses.find(src.slice(src.lastIndexOf("/") + 1)));
  expect(new Set(pictures.map((picture) => picture?.scene)).size).toBeGreaterThan(3);
});

test.each([
  ["Mountains in winter", "mountains", "snow-capped mountains"],
  ["night skyline", "city", "a city skyline at night"],
  ["sunset at the sea", "sea", "at sunset"],
  ["geometric pattern", "tiles", "geometric tiles"],
])("[DRAWN-1] %s shows %s", async (query, scene, alt) => {
  const [image] = (await search(query)).images;
  expect(image?.src).toContain(`/${scene}-`);
  expect(image?.alt).toContain(alt);
});

test("[DRAWN-1] parts of words decide nothing", async () => {
  const { images } = await search("research on seasonal teammates");
  expect(new Set(images.map(({ src }) => src.split("/").at(-1)?.split("-")[0])).size).toBeGreaterThan(3);
});

test.each([
  ["red", "-d64541-"],
  ["#12aBcd", "-12abcd-"],
])("[DRAWN-1] the colour %s is the tone", async (color, tone) => {
  const { images } = await search("anything", { color });
  expect(images.every(({ src }) => src.includes(tone))).toBe(true);
});

test.each([
  [{ orientation: "portrait" }, { width: 1200, height: 1500 }],
  [
    { orientation: "square", height: 300 },
    { width: 300, height: 300 },
  ],
  [{ width: 600 }, { width: 600, height: 300 }],
])("[DRAWN-1] %o gives a picture of %o", async (asked, size) => {
  expect((await search("x", asked)).images[0]).toMatchObject(size);
});

test("[DRAWN-3] an address that was changed or made up is none", () => {
  const picture: Picture = { scene: "sea", tone: "dusk", width: 1200, height: 600, seed: 0xbeef };
  const name = addresses.pathOf(picture).split("/").at(-1) ?? "";
  expect(addresses.find(name)).toEqual(picture);
  const other = new PictureAddresses(Buffer.from("another server's"));
  const changed = [
    name.replace("1200x600", "2400x2400"),
    name.replace("sea", "city"),
    name.replace(".png", ".jpg"),
    `${name}.png`,
    name.replace(/\.[\w-]{16}\./, "."),
    name.replace(/\.[\w-]{16}\./, ".AAAAAAAAAAAAAAAA."),
    "",
    "..",
    "__proto__",
  ];
  expect([...changed.map((each) => addresses.find(each)), other.find(name)]).toEqual(
    [...changed, name].map(() => undefined),
  );
});

test("[DRAWN-4] who asks for the same shares one drawing; too many are refused; memory is bounded", async () => {
  let drawings = 0;
  const release = Promise.withResolvers<void>();
  const shelf = new PictureShelf({
    draw: async () => {
      drawings += 1;
      await release.promise;
      return Buffer.alloc(400);
    },
    keptBytes: 1000,
    mostWaiting: 4,
  });
  const numbered = (seed: number): Picture => ({ scene: "sea", tone: "day", width: 20, height: 20, seed });
  const all = [0, 0, 1, 2, 3].map((seed) => shelf.png(numbered(seed)));
  await expect(shelf.png(numbered(4))).rejects.toMatchObject({ code: "RATE_LIMITED" });
  release.resolve();
  await Promise.all(all);
  expect(drawings).toBe(4);
  // The two that were drawn last are kept.
  await Promise.all([shelf.png(numbered(2)), shelf.png(numbered(3))]);
  expect(drawings).toBe(4);
  await shelf.png(numbered(0));
  expect(drawings).toBe(5);
});

test("[DRAWN-4] others get their turn while a large picture is drawn", async () => {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await drawPicture({ scene: "hills", tone: "day", width: 800, height: 800, seed: 1 });
  isDone = true;
  expect(turns).toBeGreaterThan(10);
});

test("[DRAWN-5] the answer says that they are drawings, and when only this machine can see them", async () => {
  expect((await search("x")).note).toMatch(/^Drawn pictures, no photographs.*WAGGLE_PEXELS_KEY\)\.$/);
  const local = new DrawnImages({ addresses, address: () => "http://localhost:8787", isPublic: false });
  const answer = await local.search({ query: "x", page: 1, count: 1 });
  expect(answer.note).toMatch(/WAGGLE_PUBLIC_URL/);
  expect(answer.images[0]?.src).toMatch(/^http:\/\/localhost:8787\/v2\/pictures\//);
});
