import type { ErrorCode } from "@waggle/contract";

/** The two eras of the protocol, by the year of their last version. */
export type Era = "2025" | "2026";

/** The stateless version. */
export const modern = "2026-07-28";
/** What each of its requests carries. */
export const meta = {
  "io.modelcontextprotocol/protocolVersion": modern,
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "stranger", version: "1" },
};
/** A list in a list in a list. */
export const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

type ToolRow = readonly [title: string, tool: string, inner: string, code: ErrorCode, says: RegExp];

const onTitle = (argument: string) => `,"arguments":{"elementId":"title-1",${argument}}`;
const added = (argument: string) => `,"arguments":{"section":0,"text":"x",${argument}}`;

/** Calls of tools that can't be carried out. */
export const toolRows: readonly ToolRow[] = [
  ["no arguments", "update_title", "", "INVALID_INPUT", /elementId is required/],
  [
    "an unknown argument",
    "update_title",
    onTitle('"txet":"x"'),
    "INVALID_INPUT",
    /Unknown argument txet\. Did you mean text\?/,
  ],
  ["a number for text", "update_title", onTitle('"text":5'), "INVALID_INPUT", /text has to be text/],
  ["null for text", "update_title", onTitle('"text":null'), "INVALID_INPUT", /text has to be text/],
  ["a list for text", "update_title", onTitle('"text":["x"]'), "INVALID_INPUT", /text has to be text/],
  [
    "100,000 levels for text",
    "update_title",
    onTitle(`"text":${deep(100_000)}`),
    "INVALID_INPUT",
    /text has to be text/,
  ],
  [
    "a text of 3 MB",
    "update_title",
    onTitle(`"text":"${"x".repeat(3_000_000)}"`),
    "INVALID_INPUT",
    /at most 20000 characters/,
  ],
  ["text for a number", "add_title", added('"column":"0"'), "INVALID_INPUT", /column has to be a number/],
  [
    "a negative number",
    "add_title",
    ',"arguments":{"section":-1,"text":"x"}',
    "INVALID_INPUT",
    /section has to be at least 0/,
  ],
  [
    "a number without end",
    "add_title",
    ',"arguments":{"section":1e999,"text":"x"}',
    "INVALID_INPUT",
    /section has to be/,
  ],
  ["half a number", "add_title", ',"arguments":{"section":0.5,"text":"x"}', "INVALID_INPUT", /0-based index/],
  [
    "a section out of range",
    "add_title",
    ',"arguments":{"section":99,"text":"x"}',
    "INVALID_INPUT",
    /only 0 can be used/,
  ],
  ["a column out of range", "add_title", added('"column":9'), "INVALID_INPUT", /only 0 can be used/],
  [
    "a section id that is none",
    "add_title",
    ',"arguments":{"section":"row-9","text":"x"}',
    "ELEMENT_NOT_FOUND",
    /row-1|get_content_hierarchy/,
  ],
  ["columns over 12", "add_section", ',"arguments":{"columns":[13]}', "INVALID_INPUT", /sum to 12, like/],
  ["no columns", "add_section", ',"arguments":{"columns":[]}', "INVALID_INPUT", /sum to 12, like/],
  ["columns below 1", "add_section", ',"arguments":{"columns":[-1,13]}', "INVALID_INPUT", /at least 1/],
  [
    "an id that is none",
    "update_title",
    ',"arguments":{"elementId":"titel-1","text":"x"}',
    "ELEMENT_NOT_FOUND",
    /Nearest: title-1/,
  ],
  [
    "an id that is a number",
    "update_title",
    ',"arguments":{"elementId":5,"text":"x"}',
    "INVALID_INPUT",
    /elementId has to be text/,
  ],
  [
    "a title that is an image",
    "update_title",
    ',"arguments":{"elementId":"image-1","text":"x"}',
    "INVALID_INPUT",
    /image-1 is an image.*get_content_hierarchy/,
  ],
  [
    "a title that is a section",
    "update_title",
    ',"arguments":{"elementId":"row-1","text":"x"}',
    "INVALID_INPUT",
    /row-1 is/,
  ],
  ["the root", "delete_element", ',"arguments":{"elementId":"root"}', "ELEMENT_NOT_FOUND", /get_content_hierarchy/],
  ["the trash", "delete_element", ',"arguments":{"elementId":"trash"}', "ELEMENT_NOT_FOUND", /get_content_hierarchy/],
  [
    "the settings",
    "delete_element",
    ',"arguments":{"elementId":"settings"}',
    "ELEMENT_NOT_FOUND",
    /get_content_hierarchy/,
  ],
  [
    "an id __proto__",
    "delete_element",
    ',"arguments":{"elementId":"__proto__"}',
    "ELEMENT_NOT_FOUND",
    /get_content_hierarchy/,
  ],
  ["a link that runs", "add_button", added('"href":"javascript:alert(1)"'), "INVALID_INPUT", /https:/],
];

type RpcRow = readonly [title: string, body: (era: Era) => string, code: number, says: RegExp];

/** A message of these fields. */
export const rpc = (fields: string) => (era: Era) =>
  `{"jsonrpc":"2.0"${fields}${era === "2026" && !fields.includes('"params"') ? `,"params":{"_meta":${JSON.stringify(meta)}}` : ""}}`;
const call = (params: string) => () => `{"jsonrpc":"2.0","id":5,"method":"tools/call","params":${params}}`;

/** Messages that are no calls. */
export const rpcRows: readonly RpcRow[] = [
  ["nothing", () => "", -32600, /not JSON\. Send one JSON-RPC message/],
  ["half a message", () => '{"jsonrpc":', -32600, /not JSON\. Send/],
  ["null", () => "null", -32600, /not an object\. Send one like/],
  ["a number", () => "5", -32600, /not an object\. Send one like/],
  ["an empty list", () => "[]", -32600, /list of messages is empty\. Send one like/],
  ["100,000 levels", () => deep(100_000), -32600, /Send one like/],
  ["no version", () => '{"id":1,"method":"tools/list"}', -32600, /jsonrpc has to be "2\.0"/],
  ["another version", () => '{"jsonrpc":"1.0","id":1,"method":"tools/list"}', -32600, /jsonrpc has to be "2\.0"/],
  ["no method", rpc(',"id":1'), -32600, /method has to be text/],
  ["a method that is a number", rpc(',"id":1,"method":5'), -32600, /method has to be text/],
  ["an id that is null", rpc(',"id":null,"method":"tools/list"'), -32600, /id has to be a number or text/],
  ["an id that is an object", rpc(',"id":{},"method":"tools/list"'), -32600, /id has to be a number or text/],
  [
    "a call without an id",
    rpc(',"method":"tools/call","params":{"name":"beefree_add_section","arguments":{"columns":[12]}}'),
    -32600,
    /tools\/call needs an id/,
  ],
  ["params null", rpc(',"id":5,"method":"tools/call","params":null'), -32600, /params has to be an object/],
  ["params in a list", rpc(',"id":5,"method":"tools/call","params":[]'), -32600, /params has to be an object/],
  [
    "a key __proto__",
    call('{"name":"beefree_update_title","arguments":{"elementId":"title-1","__proto__":{"text":"x"}}}'),
    -32600,
    /__proto__.*another name/,
  ],
  ["no tool", call('{"arguments":{}}'), -32602, /name of a tool.*tools\/list/],
  ["a tool with a name of 1 MB", call(`{"name":"${"x".repeat(1_000_000)}"}`), -32602, /^.{0,200}$/],
  ["a tool that is a number", call('{"name":5}'), -32602, /name of a tool.*tools\/list/],
  ["arguments null", call('{"name":"beefree_update_title","arguments":null}'), -32602, /arguments has to be an object/],
  [
    "arguments in a list",
    call('{"name":"beefree_update_title","arguments":[]}'),
    -32602,
    /arguments has to be an object/,
  ],
  [
    "arguments as text",
    call('{"name":"beefree_update_title","arguments":"x"}'),
    -32602,
    /arguments has to be an object/,
  ],
];
