import { randomBytes } from "node:crypto";

/** An id nobody can guess: whoever has a key and knows the id may edit the template. */
export function newTemplateId(): string {
  return `tpl_${randomBytes(12).toString("base64url")}`;
}
