import { connect, createServer, type Server, type Socket } from "node:net";

/** A line between a client and the server. */
interface Line {
  readonly client: Socket;
  readonly upstream: Socket;
  isWebSocket: boolean;
}

/** A TCP proxy that tests can make worse: cut, freeze, slow down. */
export class BadNetwork {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  #upstreamPort: number;
  #isFrozen = false;
  #isRefusing = false;
  #delayMs: () => number = () => 0;

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async before(address: string): Promise<BadNetwork> {
    const network = new BadNetwork(Number(new URL(address).port));
    await new Promise<void>((resolve) => network.#server.listen(0, "127.0.0.1", resolve));
    return network;
  }

  get address(): string {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("The network is closed.");
    return `http://localhost:${address.port}`;
  }

  /** How many connections pass through now, kept-alive ones of HTTP included. */
  get open(): number {
    return this.#lines.size;
  }

  get openWebSockets(): number {
    return [...this.#lines].filter(({ isWebSocket }) => isWebSocket).length;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const line of [...this.#lines]) this.#drop(line);
  }

  /** Breaks every connection on the client's side; for a while the server believes that they are there. */
  cutHalf(): void {
    for (const { client } of [...this.#lines]) client.destroy();
  }

  /** Nothing passes any more, on connections that stay open. */
  freeze(): void {
    this.#isFrozen = true;
    for (const { client, upstream } of this.#lines) for (const socket of [client, upstream]) socket.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const { client, upstream } of this.#lines) for (const socket of [client, upstream]) socket.resume();
  }

  /** New connections break at once. */
  refuse(isRefusing: boolean): void {
    this.#isRefusing = isRefusing;
  }

  /** Every piece of every stream is late by this; order is kept. */
  delayBy(delayMs: () => number): void {
    this.#delayMs = delayMs;
  }

  /** The server moved. */
  moveTo(address: string): void {
    this.#upstreamPort = Number(new URL(address).port);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    client.on("error", () => undefined);
    if (this.#isRefusing) {
      client.destroy();
      return;
    }
    const upstream = connect(this.#upstreamPort, "127.0.0.1");
    const line: Line = { client, upstream, isWebSocket: false };
    client.once("data", (bytes: Buffer) => {
      line.isWebSocket = /upgrade: websocket/i.test(bytes.toString("latin1"));
    });
    this.#lines.add(line);
    upstream.on("error", () => this.#drop(line));
    client.on("close", () => setTimeout(() => this.#drop(line), 300));
    upstream.on("close", () => this.#drop(line));
    this.#pipe(client, upstream);
    this.#pipe(upstream, client);
    if (this.#isFrozen) for (const socket of [client, upstream]) socket.pause();
  }

  #pipe(from: Socket, to: Socket): void {
    let earlier: Promise<void> = Promise.resolve();
    from.on("data", (bytes: Buffer) => {
      const delayMs = this.#delayMs();
      const late = new Promise<void>((resolve) => (delayMs > 0 ? setTimeout(resolve, delayMs) : resolve()));
      earlier = Promise.all([earlier, late]).then(() => {
        if (!to.destroyed) to.write(bytes);
      });
    });
  }

  #drop(line: Line): void {
    if (!this.#lines.delete(line)) return;
    line.client.destroy();
    line.upstream.destroy();
  }
}
