import { ReadableStream } from "node:stream/web";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents } from "./event-stream.ts";

async function eventsOf(bytes: Uint8Array, cuts: readonly number[] = []): Promise<string[]> {
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
  const read: string[] = [];
  for await (const event of readEvents(ReadableStream.from(chunks))) if (event !== "") read.push(event);
  return read;
}

const written = (text: string): Uint8Array => new TextEncoder().encode(text);

test("comments and other fields are no data; data over several lines is one event", async () => {
  const stream = ": alive\n\nevent: message\nid: 7\ndata: {\ndata: }\n\ndata:tight\n\nretry: 5\n\ndata: cut off";
  expect(await eventsOf(written(stream))).toEqual(["{\n}", "tight"]);
});

test("events arrive whole wherever the network cuts them, whatever ends their lines", async () => {
  const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
  const event = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/[\r\n]/.test(text) && text[0] !== " ");
  const cuts = fc.array(fc.nat(), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1 }), lineEnd, cuts, async (events, end, places) => {
      const stream = events.map((data) => `event: message${end}data: ${data}${end}${end}`).join("");
      // One more character, so that the last line end is known to be whole.
      expect(await eventsOf(written(`${stream}:`), places)).toEqual(events);
    }),
  );
});
