import { WaggleError } from "@waggle/contract";
import { quotable } from "./answers.ts";
import { memberOf } from "./named-values.ts";

const example = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":…,"arguments":{…}}}';

/** Longer than any tool's name; the protocol library quotes it whole. */
const longestName = 256;

/**
 * Looks at what the protocol library would refuse without a word of what to do. Throws INVALID_FRAME for what is no JSON-RPC,
 * INVALID_INPUT for a tool call that names no tool or whose arguments are no object.
 */
export function requireMessages(body: unknown): void {
  if (!Array.isArray(body)) {
    requireMessage(body);
    return;
  }
  if (body.length === 0) throw invalid("the list of messages is empty");
  for (const message of body) requireMessage(message);
}

function requireMessage(message: unknown): void {
  if (!isObject(message)) throw invalid("it is not an object");
  if (memberOf(message, "jsonrpc") !== "2.0") throw invalid('jsonrpc has to be "2.0"');
  const [id, method, params] = ["id", "method", "params"].map((name) => memberOf(message, name));
  if (method === undefined && (memberOf(message, "result") ?? memberOf(message, "error")) !== undefined) return;
  if (typeof method !== "string") throw invalid("method has to be text");
  if (id !== undefined && typeof id !== "string" && typeof id !== "number")
    throw invalid("id has to be a number or text");
  if (id === undefined && !method.startsWith("notifications/"))
    throw invalid(`${quotable(method)} needs an id to be answered`);
  if (params !== undefined && !isObject(params)) throw invalid("params has to be an object");
  if (method === "tools/call") requireToolCall(params);
}

function requireToolCall(params: unknown): void {
  const name = memberOf(params, "name");
  if (typeof name !== "string" || name.length > longestName) {
    throw badCall("name", "name has to be the name of a tool, as text. Call tools/list for all.");
  }
  const input = memberOf(params, "arguments");
  if (input === undefined || isObject(input)) return;
  throw badCall(
    "arguments",
    'arguments has to be an object of named values, such as {"elementId":"…"}; {} when there are none.',
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(what: string): WaggleError {
  return new WaggleError("INVALID_FRAME", {
    message: `This is no JSON-RPC message: ${what}. Send one like ${example}.`,
  });
}

function badCall(argument: string, message: string): WaggleError {
  return new WaggleError("INVALID_INPUT", { message: `tools/call: ${message}`, data: { argument } });
}
