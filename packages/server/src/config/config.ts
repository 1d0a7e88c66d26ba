import { counts, lifetimes, WaggleError } from "@waggle/contract";
import * as z from "zod";
import { type LogLevel, logLevels } from "../observability/log.ts";
import { type KeyPolicies, policiesVariable } from "./policies.ts";

/** How a server is set up. Every part has a variable of the environment, named in `readConfig`. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  /** Folder of the database and the generated credentials; made when it is missing. */
  readonly dataFolder: string;
  /** Made on first start and kept when absent, as is `clientSecret`. */
  readonly apiKey?: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Where browsers and agents reach this server, when that is not where it listens: behind a proxy, or by a name. */
  readonly publicUrl?: URL;
  /** Origins of the pages that may call, besides those on this server's own host names. */
  readonly origins: "any" | readonly string[];
  readonly logLevel: LogLevel;
  /** Whether checks may go to the web to look at the links and pictures of a template. They go to public addresses only. */
  readonly mayFollowLinks: boolean;
  /** How long a browser token works. Pages renew theirs in time, whatever it is. */
  readonly tokenSeconds: number;
  /** How many people may be in one template that many share. Agents take no seat. */
  readonly seats: number;
  /** How many MCP sessions (protocols up to 2025-11-25) one API key may have at once. */
  readonly mcpSessions: number;
  /** Put before the name of every tool. */
  readonly toolPrefix: string;
  /** Whether agents get the tools beyond those of the contract: `add_html`, `add_video` and their updates. */
  readonly extraTools: boolean;
  /** More API keys, and what agents may do with each. */
  readonly policies: KeyPolicies;
  /** Of Pexels, whose photographs agents can search then; pictures are drawn here without. */
  readonly pexelsKey?: string;
  /** Where Pexels' API is, when that is not its usual address. */
  readonly pexelsUrl?: URL;
  /** The Chromium that draws e-mails for agents; looked for on this machine when absent. */
  readonly chromePath?: string;
}

/** What a server uses where nothing is said. Others can't reach it: it listens on this machine only. */
export const defaultConfig: Config = {
  port: 8787,
  host: "127.0.0.1",
  dataFolder: ".waggle",
  clientId: "waggle",
  origins: [],
  logLevel: "warn",
  mayFollowLinks: false,
  tokenSeconds: lifetimes.tokenMs / 1000,
  seats: 20,
  mcpSessions: counts.mcpSessionsPerKey,
  toolPrefix: "beefree_",
  extraTools: false,
  policies: {},
};

const word = /^\S+$/;

const port = z.coerce
  .number("has to be a whole number from 0 to 65535")
  .int("has to be a whole number from 0 to 65535")
  .min(0, "has to be 0 or more; 0 takes any free port")
  .max(65_535, "has to be 65535 or less");

const shortestTokenSeconds = 5;
const longestTokenSeconds = 24 * 60 * 60;
const tokenLife = `has to be a whole number of seconds from ${shortestTokenSeconds} to ${longestTokenSeconds}`;

const sessionCount = "has to be a whole number from 1 to 1000000";

const mostSeats = 1000;
const seatCount = `has to be a whole number of people from 1 to ${mostSeats}`;

const origins = z.string().transform((text, context) => {
  const listed = text.split(",").map((origin) => origin.trim());
  if (listed.includes("*")) return "any" as const;
  const normal = listed.map(toOrigin);
  const wrong = listed.filter((_origin, i) => normal[i] === undefined);
  if (wrong.length > 0) {
    const message = `has to be * or a comma list of origins such as https://app.example.com, which ${wrong.join(", ")} is not`;
    context.addIssue({ code: "custom", message });
  }
  return normal.filter((origin) => origin !== undefined);
});

const publicUrl = z
  .url({ protocol: /^https?$/, error: "has to be an http or https address such as https://waggle.example.com" })
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === "/" && url.search === "", "has to be an address without a path");

// HOST is not read: some shells set it to the machine's name, which would open the server to the network unasked.
const environment = z.object({
  PORT: port.optional(),
  WAGGLE_HOST: z.string().regex(word, "has to be an IP address or host name to listen on").optional(),
  WAGGLE_DATA: z.string().optional(),
  WAGGLE_API_KEY: z.string().regex(word, "has to be a key without spaces").optional(),
  WAGGLE_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "has to be 1 to 64 letters, digits, dots, hyphens or underscores")
    .optional(),
  WAGGLE_CLIENT_SECRET: z.string().regex(word, "has to be a secret without spaces").optional(),
  WAGGLE_PUBLIC_URL: publicUrl.optional(),
  WAGGLE_ORIGINS: origins.optional(),
  WAGGLE_TOKEN_SECONDS: z.coerce
    .number(tokenLife)
    .int(tokenLife)
    .min(shortestTokenSeconds, tokenLife)
    .max(longestTokenSeconds, tokenLife)
    .optional(),
  WAGGLE_MCP_SESSIONS: z.coerce
    .number(sessionCount)
    .int(sessionCount)
    .min(1, sessionCount)
    .max(1_000_000, sessionCount)
    .optional(),
  WAGGLE_TOOL_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/, "has to be 1 to 32 letters, digits, hyphens or underscores; none for no prefix")
    .transform((prefix) => (prefix === "none" ? "" : prefix))
    .optional(),
  WAGGLE_EXTRA_TOOLS: z.enum(["on", "off"], "has to be on or off").optional(),
  WAGGLE_POLICIES: policiesVariable.optional(),
  // What can't stand in a header would be quoted by the error that says so.
  WAGGLE_PEXELS_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "has to be a key of https://www.pexels.com/api/, without spaces")
    .optional(),
  WAGGLE_PEXELS_URL: publicUrl.optional(),
  CHROME_PATH: z.string().optional(),
  WAGGLE_LINK_CHECKS: z.enum(["on", "off"], "has to be on or off").optional(),
  WAGGLE_SEATS: z.coerce.number(seatCount).int(seatCount).min(1, seatCount).max(mostSeats, seatCount).optional(),
  WAGGLE_LOG: z.enum(logLevels, `has to be one of ${logLevels.join(", ")}`).optional(),
  DATABASE_URL: z
    .undefined("is set, but PostgreSQL is not supported yet. Unset it: templates are kept in WAGGLE_DATA")
    .optional(),
});

/**
 * Reads the environment. An empty variable counts as unset.
 * Throws INVALID_INPUT that names every variable that is wrong and what is allowed; it never repeats a secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw invalidEnvironment(parsed.error);
  const variables = parsed.data;
  return {
    port: variables.PORT ?? defaultConfig.port,
    host: variables.WAGGLE_HOST ?? defaultConfig.host,
    dataFolder: variables.WAGGLE_DATA ?? defaultConfig.dataFolder,
    clientId: variables.WAGGLE_CLIENT_ID ?? defaultConfig.clientId,
    origins: variables.WAGGLE_ORIGINS ?? defaultConfig.origins,
    logLevel: variables.WAGGLE_LOG ?? defaultConfig.logLevel,
    mayFollowLinks: variables.WAGGLE_LINK_CHECKS ? variables.WAGGLE_LINK_CHECKS === "on" : defaultConfig.mayFollowLinks,
    tokenSeconds: variables.WAGGLE_TOKEN_SECONDS ?? defaultConfig.tokenSeconds,
    seats: variables.WAGGLE_SEATS ?? defaultConfig.seats,
    mcpSessions: variables.WAGGLE_MCP_SESSIONS ?? defaultConfig.mcpSessions,
    toolPrefix: variables.WAGGLE_TOOL_PREFIX ?? defaultConfig.toolPrefix,
    extraTools: variables.WAGGLE_EXTRA_TOOLS ? variables.WAGGLE_EXTRA_TOOLS === "on" : defaultConfig.extraTools,
    policies: variables.WAGGLE_POLICIES ?? defaultConfig.policies,
    ...(variables.WAGGLE_API_KEY && { apiKey: variables.WAGGLE_API_KEY }),
    ...(variables.WAGGLE_CLIENT_SECRET && { clientSecret: variables.WAGGLE_CLIENT_SECRET }),
    ...(variables.WAGGLE_PUBLIC_URL && { publicUrl: variables.WAGGLE_PUBLIC_URL }),
    ...(variables.WAGGLE_PEXELS_KEY && { pexelsKey: variables.WAGGLE_PEXELS_KEY }),
    ...(variables.WAGGLE_PEXELS_URL && { pexelsUrl: variables.WAGGLE_PEXELS_URL }),
    ...(variables.CHROME_PATH && { chromePath: variables.CHROME_PATH }),
  };
}

function toOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash;
  return isOrigin ? url.origin : undefined;
}

function invalidEnvironment(error: z.ZodError): WaggleError {
  const problems = error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  return new WaggleError("INVALID_INPUT", {
    message: problems.join("\n"),
    data: { variables: error.issues.map((issue) => String(issue.path[0])) },
  });
}
