export { createHtmlCodec, htmlCodec } from "./codec.ts";
export { type ParsedHtml, parseHtml, type Refusal } from "./parse.ts";
