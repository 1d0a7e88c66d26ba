import { WaggleError } from "@waggle/contract";

/** The credential of an `Authorization: Bearer …` header. Throws AUTH_MISSING or AUTH_INVALID. */
export function requireBearer(authorization: string | undefined): string {
  if (!authorization) {
    throw new WaggleError("AUTH_MISSING", { message: "Send your credential as the header Authorization: Bearer <…>." });
  }
  const credential = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (!credential) {
    throw new WaggleError("AUTH_INVALID", { message: "The Authorization header has to read: Bearer <credential>." });
  }
  return credential;
}
