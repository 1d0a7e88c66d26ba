import { randomBytes } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WaggleError } from "@waggle/contract";
import type { Config } from "../config/config.ts";
import type { KeyPolicies } from "../config/policies.ts";
import type { Clock } from "../rooms/clock.ts";
import type { ApiKeyRecord, Storage } from "../storage/storage.ts";
import { digest } from "./digest.ts";

/** What agents, backends and the host log in with. */
export interface Credentials {
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface CredentialsOptions {
  readonly config: Pick<Config, "apiKey" | "clientId" | "clientSecret" | "dataFolder"> &
    Partial<Pick<Config, "policies">>;
  readonly storage: Pick<Storage, "replaceApiKeys" | "secret">;
  readonly clock: Pick<Clock, "now">;
}

const ownerOnly = 0o600;
const defaultKey = "default";

/**
 * Takes the configured credentials, or those an earlier start left in the data folder, or makes them. Made ones are
 * written to `api-key` and `client-secret` there, readable by this user alone. The API keys there are, are this one and
 * those of `policies`: keys of earlier starts are gone.
 */
export async function prepareCredentials({ config, storage, clock }: CredentialsOptions): Promise<Credentials> {
  const { clientId } = config;
  const apiKey = config.apiKey ?? (await keptIn(join(config.dataFolder, "api-key"), makeApiKey));
  await storage.replaceApiKeys(keyRecords(apiKey, config.policies ?? {}, { clientId, createdAt: clock.now() }));
  return { apiKey, clientId, clientSecret: config.clientSecret ?? (await ownClientSecret(config, storage)) };
}

/** Throws INVALID_INPUT when a key is given twice: it could only have one policy. */
function keyRecords(
  apiKey: string,
  policies: KeyPolicies,
  common: Pick<ApiKeyRecord, "clientId" | "createdAt">,
): readonly ApiKeyRecord[] {
  const { default: own, ...others } = policies;
  const keys = [{ name: defaultKey, key: apiKey, policy: own?.policy }];
  for (const [name, { apiKey: key, policy }] of Object.entries(others)) {
    if (key === undefined) continue;
    if (key === apiKey) {
      throw new WaggleError("INVALID_INPUT", {
        message: `WAGGLE_POLICIES: the apiKey of ${name} is the server's own. Put its policy under default, or give it another key.`,
      });
    }
    keys.push({ name, key, policy });
  }
  return keys.map(({ name, key, policy }) => ({ id: name, hash: digest(key), ...common, ...(policy && { policy }) }));
}

async function ownClientSecret(
  { dataFolder }: CredentialsOptions["config"],
  storage: CredentialsOptions["storage"],
): Promise<string> {
  const secret = await storage.secret("client-secret");
  return keptIn(join(dataFolder, "client-secret"), () => `wgs_${Buffer.from(secret).toString("base64url")}`);
}

function makeApiKey(): string {
  return `wgl_${randomBytes(32).toString("base64url")}`;
}

/** The first word of the file; a missing or empty one is written. */
async function keptIn(file: string, make: () => string): Promise<string> {
  try {
    const kept = (await readIfThere(file)).trim();
    return kept || (await keep(file, make()));
  } catch (cause) {
    const message = `${file} can't be read or written. Check that it is a file, its rights and the space left, or set WAGGLE_DATA to another folder.`;
    throw new WaggleError("INVALID_INPUT", { message, cause });
  }
}

async function keep(file: string, made: string): Promise<string> {
  await writeFile(file, `${made}\n`, { mode: ownerOnly });
  // The mode above counts only for a new file.
  await chmod(file, ownerOnly);
  return made;
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
