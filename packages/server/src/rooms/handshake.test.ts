import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type House, openHouse, request, requireRestError, sendRaw, stateOf } from "../stranger.test.support.ts";

let house: House;
let before: unknown;

beforeAll(async () => {
  house = await openHouse();
  before = await stateOf(house);
}, 60_000);
afterAll(() => house.close(), 60_000);

const upgrade = ["Upgrade: websocket", "Connection: Upgrade"];
const goodKey = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

describe("what is no handshake of a socket is answered in the shape of REST", () => {
  test.each([
    [
      "another address",
      "GET /elsewhere",
      [...upgrade, goodKey, "Sec-WebSocket-Version: 13"],
      "NOT_FOUND",
      /taken at \/v2\/sdk\/sync\/<templateId>/,
    ],
    [
      "another page",
      "GET /v2/sdk/sync/tpl_a",
      [...upgrade, goodKey, "Sec-WebSocket-Version: 13", "Origin: https://evil.example"],
      "HOST_REFUSED",
      /WAGGLE_ORIGINS/,
    ],
    [
      "another host",
      "GET /v2/sdk/sync/tpl_a",
      [...upgrade, goodKey, "Host: evil.example"],
      "INVALID_FRAME",
      /Host is there twice/,
    ],
    ["no key", "GET /v2/sdk/sync/tpl_a", [...upgrade, "Sec-WebSocket-Version: 13"], "INVALID_FRAME", /version 13/],
    [
      "version 1",
      "GET /v2/sdk/sync/tpl_a",
      [...upgrade, goodKey, "Sec-WebSocket-Version: 1"],
      "INVALID_FRAME",
      /version 13/,
    ],
    [
      "POST",
      "POST /v2/sdk/sync/tpl_a",
      [...upgrade, goodKey, "Sec-WebSocket-Version: 13"],
      "INVALID_FRAME",
      /version 13/,
    ],
    ["no upgrade", "GET /v2/sdk/sync/tpl_a", [], "NOT_FOUND", /openapi/],
  ] as const)("%s", async (...[, line, headers, code, says]) => {
    // `request` asks for a closed connection, which an upgrade is not.
    const bytes = Buffer.from(
      request(line, { headers })
        .toString()
        .replace("Connection: close\r\n", headers.length > 0 ? "" : "Connection: close\r\n"),
    );
    expect(requireRestError(await sendRaw(house.port, bytes), code)).toMatch(says);
    expect(await stateOf(house)).toStrictEqual(before);
  });
});
