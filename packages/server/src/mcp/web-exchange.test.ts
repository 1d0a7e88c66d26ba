import { createServer, type ServerResponse } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { closedEarly, sendResponse } from "./web-exchange.ts";

interface Events {
  send(event: string): void;
  end(): void;
  readonly isCancelled: boolean;
}

interface Served {
  readonly origin: string;
  readonly events: Events;
  /** Aborted when a client went away before its answer was there. */
  readonly signal: () => AbortSignal | undefined;
}

/** A server that answers with one stream of events, when `isAwaited` says that it may. */
async function serve(isAwaited: (response: ServerResponse) => Promise<unknown> = async () => {}): Promise<Served> {
  const encoder = new TextEncoder();
  const held: { controller?: ReadableStreamDefaultController<Uint8Array>; isCancelled: boolean } = {
    isCancelled: false,
  };
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      held.controller = controller;
    },
    cancel: () => {
      held.isCancelled = true;
    },
  });
  let signal: AbortSignal | undefined;
  const server = createServer(async (_request, response) => {
    await isAwaited(response);
    signal = closedEarly(response);
    void sendResponse(
      new Response(body, { headers: { "content-type": "text/event-stream", "x-kept": "1" } }),
      response,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    signal: () => signal,
    events: {
      send: (event) => held.controller?.enqueue(encoder.encode(event)),
      end: () => held.controller?.close(),
      get isCancelled() {
        return held.isCancelled;
      },
    },
  };
}

test("a stream of one event leaves in one piece, with its length", async () => {
  const { origin, events, signal } = await serve();
  const answer = fetch(origin, { method: "POST" });
  events.send("data: 1\n\n");
  events.end();
  const response = await answer;
  expect([response.headers.get("content-length"), response.headers.get("x-kept")]).toEqual(["9", "1"]);
  expect(await response.text()).toBe("data: 1\n\n");
  expect(signal()?.aborted).toBe(false);
});

test("events that come one after the other go out as they come", async () => {
  const { origin, events } = await serve();
  const answer = fetch(origin, { method: "POST" });
  events.send("data: 1\n\n");
  const response = await answer;
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect(await reader?.read()).toEqual({ done: false, value: "data: 1\n\n" });
  events.send("data: 2\n\n");
  expect(await reader?.read()).toEqual({ done: false, value: "data: 2\n\n" });
  events.end();
  expect(await reader?.read()).toMatchObject({ done: true });
  expect(response.headers.get("content-length")).toBeNull();
});

test("an answer that takes its time begins with its headers, and one to listen to at once", async () => {
  for (const method of ["POST", "GET"]) {
    const { origin, events } = await serve();
    const response = await fetch(origin, { method });
    events.send("data: late\n\n");
    events.end();
    expect(await response.text()).toBe("data: late\n\n");
  }
});

test("a large stream arrives whole, however slowly it is read", async () => {
  const { origin, events } = await serve();
  const answer = fetch(origin, { method: "POST" });
  const event = `data: ${"x".repeat(100_000)}\n\n`;
  for (let sent = 0; sent < 100; sent += 1) events.send(event);
  const response = await answer;
  await new Promise((resolve) => setTimeout(resolve, 50));
  events.end();
  expect(await response.text()).toBe(event.repeat(100));
});

test("a client that goes away ends the stream, before its first event and after it", async () => {
  for (const isBegun of [false, true]) {
    const { origin, events, signal } = await serve();
    const leave = new AbortController();
    const answer = fetch(origin, { method: "POST", signal: leave.signal });
    if (isBegun) {
      events.send("data: 1\n\n");
      await answer;
    } else {
      answer.catch(() => undefined);
      await expect.poll(signal).toBeDefined();
    }
    leave.abort();
    await expect.poll(() => [events.isCancelled, signal()?.aborted]).toEqual([true, true]);
  }
});

test("a client that is gone before the answer begins leaves nothing open", async () => {
  const { origin, events, signal } = await serve(
    (response) => new Promise((resolve) => response.once("close", resolve)),
  );
  const leave = new AbortController();
  const answer = fetch(origin, { signal: leave.signal });
  answer.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  leave.abort();
  await expect.poll(() => [events.isCancelled, signal()?.aborted]).toEqual([true, true]);
});
