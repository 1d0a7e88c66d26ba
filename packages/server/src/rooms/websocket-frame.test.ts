import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { websocketFrame } from "./websocket-frame.ts";

/** Sends what `write` writes through a real server's socket, and collects what a real client makes of it. */
async function received(count: number, write: (stream: Socket) => void): Promise<Uint8Array[]> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (_socket, request) => write(request.socket));
  await once(server, "listening");
  // Listening on port 0 gives an address with a port.
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const messages: Uint8Array[] = [];
  const all = Promise.withResolvers<void>();
  client.on("error", all.reject);
  client.on("close", (code) => all.reject(new Error(`Closed with ${code}.`)));
  client.on("message", (data: Buffer, isBinary) => {
    expect(isBinary).toBe(true);
    messages.push(Uint8Array.from(data));
    if (messages.length === count) all.resolve();
  });
  try {
    await all.promise;
    return messages;
  } finally {
    client.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
}

function numbered(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}

test("[SOCK-12] messages of every length arrive as they were, one after the other", async () => {
  // Around the lengths where the header grows.
  const messages = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000].map(numbered);
  const arrived = await received(messages.length, (stream) => {
    stream.write(Buffer.concat(messages.map((message) => websocketFrame(message))));
  });
  expect(arrived.map(({ length }) => length)).toStrictEqual(messages.map(({ length }) => length));
  expect(arrived.every((bytes, i) => Buffer.from(bytes).equals(messages[i] ?? Buffer.of(0)))).toBe(true);
});

test("[SOCK-12] a message in parts is one message", async () => {
  const whole = numbered(70_000);
  const parts = [whole.subarray(0, 3), whole.subarray(3, 3), whole.subarray(3)];
  const [arrived] = await received(1, (stream) => stream.write(websocketFrame(...parts)));
  expect(Buffer.from(arrived ?? []).equals(whole)).toBe(true);
});
