export { readDocument, textFragment, writeChange } from "./document.ts";
export { DocumentMirror, type DocumentMirrorOptions, type MirrorEvent } from "./document-mirror.ts";
export { whyNotBindable } from "./fragment-check.ts";
