// What `waggle` does when it is given arguments; without any it runs a server.
import { parseArgs } from "node:util";
import { WaggleError } from "@waggle/contract";
import { defaultConfig, readConfig } from "./config/config.ts";
import { readVersion } from "./config/version.ts";
import { findKeptKey, type StdioAccess, serveStdio } from "./stdio/serve-stdio.ts";

const help = `waggle ${readVersion()}: people and agents edit e-mail templates together.

  waggle                     Runs a server until it is interrupted.
  waggle mcp --template ID   Serves a template's tools over standard input and output, for MCP clients that start a
                             command. The server has to be running.
  waggle --help              Shows this.
  waggle --version           Shows the version.

Options of waggle mcp
  --template ID              The template to edit. Needed.
  --server ADDRESS           The running server. Default: http://localhost, on PORT or ${defaultConfig.port}.
  --key KEY                  The server's API key. Others on this machine can read it there; better set WAGGLE_API_KEY.
                             Default: the one in the data folder.
  --user HANDLE              The person the agent works for: it may change what that person has locked.
  --code-mode                One tool that takes a script, instead of one tool for each operation.

Environment of the server; of these waggle mcp reads PORT, WAGGLE_DATA and WAGGLE_API_KEY
  PORT                       Default ${defaultConfig.port}; 0 takes any free port.
  WAGGLE_HOST                The address to listen on. Default ${defaultConfig.host}: this machine only.
  WAGGLE_DATA                The data folder. Default ${defaultConfig.dataFolder}
  WAGGLE_API_KEY             What agents log in with. Made on first start and kept in the data folder.
  WAGGLE_CLIENT_ID, WAGGLE_CLIENT_SECRET
                             What the host's backend logs in with.
  WAGGLE_PUBLIC_URL          Where others reach the server, behind a proxy or by a name.
  WAGGLE_ORIGINS             Origins of the pages that may call, with commas between them, or *.
  WAGGLE_SEATS, WAGGLE_MCP_SESSIONS, WAGGLE_TOKEN_SECONDS, WAGGLE_LINK_CHECKS, WAGGLE_LOG
                             Limits, checks of links, and how much is logged.
  WAGGLE_TOOL_PREFIX         Put before the name of every tool. Default ${defaultConfig.toolPrefix}; none for nothing.
  WAGGLE_EXTRA_TOOLS         on adds tools for HTML and video blocks.
  WAGGLE_POLICIES            More API keys and what agents may do with each, as JSON: see docs.
  WAGGLE_PEXELS_KEY, WAGGLE_PEXELS_URL
                             For photographs of Pexels; pictures are drawn by the server without.
  CHROME_PATH                A Chromium, for previews as pictures. Default: one that is found.
`;

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  template: { type: "string" },
  server: { type: "string" },
  key: { type: "string" },
  user: { type: "string" },
  "code-mode": { type: "boolean" },
} as const;

type Flags = ReturnType<typeof readFlags>["values"];

/** What a command is given, and where it speaks. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (text: string) => void;
  /** Says what is wrong. Standard output may be a protocol's. */
  readonly complain: (text: string) => void;
}

/** Carries out the command line. Resolves to the exit code. */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, say, complain } = surroundings;
  try {
    const { values, positionals } = readFlags(argv);
    if (values.help) say(help);
    else if (values.version) say(`${readVersion()}\n`);
    else await serveStdio(await readAccess({ values, positionals, environment }));
    return 0;
  } catch (error) {
    if (!(error instanceof WaggleError)) throw error;
    complain(`${error.message}\n`);
    return 1;
  }
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (cause) {
    // Node's own words go on with advice on how to escape a positional argument.
    const [reason] = cause instanceof Error ? cause.message.split(". ") : [];
    throw wrong(`${reason ?? "The arguments can't be read"}.`);
  }
}

interface Invocation extends Pick<Surroundings, "environment"> {
  readonly values: Flags;
  readonly positionals: readonly string[];
}

async function readAccess({ values, positionals, environment }: Invocation): Promise<StdioAccess> {
  const [command, ...more] = positionals;
  if (command !== "mcp") throw wrong(command === undefined ? "These options need the command mcp." : unknown(command));
  if (more.length > 0) throw wrong(`waggle mcp takes options only, not ${more.join(" ")}.`);
  const templateId = values.template;
  if (!templateId) throw wrong("Name the template: waggle mcp --template ID.");
  const { PORT, WAGGLE_DATA, WAGGLE_API_KEY } = environment;
  const config = readConfig({ PORT, WAGGLE_DATA, WAGGLE_API_KEY });
  const apiKey = values.key ?? config.apiKey ?? (await findKeptKey(config.dataFolder));
  if (!apiKey) {
    throw wrong(
      `There is no API key: none is kept in ${config.dataFolder}. Set WAGGLE_API_KEY to the server's, or WAGGLE_DATA to its data folder.`,
    );
  }
  return {
    templateId: plain("--template", templateId),
    server: originOf(values.server ?? `http://localhost:${config.port}`),
    apiKey: plain("--key", apiKey),
    ...(values.user !== undefined && { userHandle: plain("--user", values.user) }),
    isCodeMode: values["code-mode"] ?? false,
  };
}

function unknown(command: string): string {
  return `There is no command ${command}.`;
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.username) return url.origin;
  throw wrong(`--server has to be an address without a path, such as http://localhost:${defaultConfig.port}.`);
}

/** It travels in a header. */
function plain(name: string, text: string): string {
  if (/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(text)) return text;
  throw wrong(`${name} has to be of letters, digits and signs of ASCII.`);
}

function wrong(what: string): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message: `${what}\nThere are: waggle, waggle mcp --template ID [--server ADDRESS] [--key KEY] [--user HANDLE] [--code-mode], waggle --version. See waggle --help.`,
  });
}
