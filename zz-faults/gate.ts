import { connect, createServer, type Server, type Socket } from "node:net";

/**
 * The network between people's browsers and the server. While it is shut, a restarted server can be asked what it has on
 * its disk before any browser brings back what it would have lost.
 */
export class Gate {
  readonly port: number;
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #waiting: Socket[] = [];
  #state: "open" | "held" | "refused" = "open";

  private constructor(server: Server, { port, target }: { readonly port: number; readonly target: number }) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    server.on("connection", (socket) => this.#arrived(socket));
  }

  /** A gate on a free port in front of `target`, open. */
  static async build(target: number): Promise<Gate> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || !address) throw new Error("The gate has no port.");
    return new Gate(server, { port: address.port, target });
  }

  /** Cuts all connections. New ones are kept waiting or turned away until it opens. */
  shut(how: "held" | "refused"): void {
    this.#state = how;
    for (const socket of this.#sockets) socket.destroy();
  }

  open(): void {
    this.#state = "open";
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const socket of waiting) this.#pass(socket);
  }

  async close(): Promise<void> {
    this.shut("refused");
    for (const socket of this.#waiting) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #arrived(socket: Socket): void {
    this.#keep(socket);
    if (this.#state === "open") this.#pass(socket);
    else if (this.#state === "held") this.#waiting.push(socket);
    else socket.destroy();
  }

  #pass(socket: Socket): void {
    if (socket.destroyed) return;
    const onward = connect({ port: this.#target, host: "127.0.0.1", allowHalfOpen: true });
    this.#keep(onward);
    onward.setNoDelay(true);
    socket.setNoDelay(true);
    socket.pipe(onward).pipe(socket);
    socket.once("close", () => onward.destroy());
    onward.once("close", () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    // A cut connection is what this is for.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
  }
}
