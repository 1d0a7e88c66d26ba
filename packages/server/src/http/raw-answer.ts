import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { WaggleError } from "@waggle/contract";
import { errorAnswer } from "./error-body.ts";

/** Answers on a connection that Node has no response object for, in the shape of every other refusal, and closes it. */
export function refuseOnSocket(socket: Duplex, error: WaggleError): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = errorAnswer(error);
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(text)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`);
}
