/** When a token stops working, in Unix milliseconds; `undefined` when nothing says so. */
export function expiryOf(
  token: string,
  { expiresInS, now }: { expiresInS: number | undefined; now: number },
): number | undefined {
  if (expiresInS !== undefined) return now + expiresInS * 1000;
  const [, payload] = token.split(".");
  return payload === undefined ? undefined : expiryInPayload(payload);
}

/** The `exp` claim of a signed token. Read only to renew in time; whether the token is good is the server's to say. */
function expiryInPayload(payload: string): number | undefined {
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof claims !== "object" || claims === null || !("exp" in claims)) return undefined;
    return typeof claims.exp === "number" ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
