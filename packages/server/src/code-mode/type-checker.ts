import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { API, type Diagnostic } from "typescript/unstable/async";
import { lineInScript, wrapForCheck } from "./script-wrapper.ts";

export interface TypeCheckerOptions {
  /** The declarations scripts are checked against. */
  readonly declarations: string;
  /**
   * How long one script may keep the compiler busy. Default 300 ms: two orders of magnitude more than a script of 90
   * operations takes.
   */
  readonly checkMs?: number;
}

/** One thing that is wrong with a script. Line and column are from 1. */
export interface ScriptProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line it is in. */
  readonly source: string;
}

/** What became of a check: no problems is a script that may run. */
export type CheckOutcome =
  | { readonly kind: "checked"; readonly problems: readonly ScriptProblem[]; readonly more: number }
  | { readonly kind: "too-hard" };

const usualCheckMs = 300;
/** A busy machine gives the compiler its turn late. It is waited for this long, as long as it has not had its time. */
const longestWaitMs = 3_000;
/** Cold, on a busy machine, with the file cache empty. */
const startMs = 20_000;
const mostProblems = 5;
const longestMessage = 200;
const longestSource = 160;
/** The compiler keeps types it has seen; after that many scripts, or with that much memory, a new one takes over. */
const checksPerCompiler = 1_000;
const largestCompilerBytes = 256 * 1024 * 1024;
/** A little below the server: agents who write should not feel one who sends riddles. */
const politePriority = 5;

const folder = "/waggle";
const files = { config: `${folder}/tsconfig.json`, api: `${folder}/api.d.ts`, script: `${folder}/script.ts` };
const config = JSON.stringify({
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    types: [],
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    // What is left out is checked where it is called, with the same line: no turn is lost over an id that is surely there.
    strictNullChecks: false,
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    // Types are taken out, not compiled: no enum, no namespace.
    erasableSyntaxOnly: true,
  },
  files: [files.api, files.script],
});

/**
 * The TypeScript compiler in a process of its own: what a script does to it, such as a type that never ends, ends with
 * that process. The one place that knows the compiler's API, which is not promised to stay.
 */
export class TypeChecker {
  readonly #options: TypeCheckerOptions;
  #compiler: Promise<Compiler> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: TypeCheckerOptions) {
    this.#options = options;
  }

  /** Starts the compiler, so that the first script does not wait for it. */
  warm(): void {
    this.#ready().catch(() => undefined);
  }

  /** Checks one script after the other. Rejects only when there is no compiler to be had. */
  check(script: string): Promise<CheckOutcome> {
    const checked = this.#queue.then(() => this.#check(script));
    this.#queue = checked.catch(() => undefined);
    return checked;
  }

  /** Lets the process go; the next check starts another. */
  rest(): void {
    const compiler = this.#compiler;
    this.#compiler = undefined;
    compiler?.then(
      (each) => each.kill(),
      () => undefined,
    );
  }

  /** Ends the process for good. A second call does nothing. */
  close(): void {
    this.#isClosed = true;
    this.rest();
  }

  async #check(script: string): Promise<CheckOutcome> {
    const compiler = await this.#ready();
    const diagnostics = await this.#diagnose(compiler, script);
    if (diagnostics === tooLate) {
      this.rest();
      this.warm();
      return { kind: "too-hard" };
    }
    if (await compiler.isWornOut()) {
      this.rest();
      this.warm();
    }
    const problems = diagnostics.slice(0, mostProblems).map((each) => describe(each, script));
    return { kind: "checked", problems, more: diagnostics.length - problems.length };
  }

  /** By the compiler's own time, where the system tells it. */
  async #diagnose(compiler: Compiler, script: string): Promise<readonly Diagnostic[] | typeof tooLate> {
    const { checkMs = usualCheckMs } = this.#options;
    const busyBefore = await compiler.busyMs();
    const checking = compiler.check(wrapForCheck(script));
    for (let waitedMs = checkMs; ; waitedMs += checkMs) {
      const diagnostics = await orTooLate(checking, checkMs);
      if (diagnostics !== tooLate || waitedMs >= longestWaitMs) return diagnostics;
      if ((await compiler.busyMs()) - busyBefore >= checkMs) return tooLate;
    }
  }

  #ready(): Promise<Compiler> {
    if (this.#isClosed) return Promise.reject(new Error("The type checker is closed."));
    if (this.#compiler) return this.#compiler;
    const starting = Compiler.start(this.#options.declarations);
    this.#compiler = starting;
    starting.then(
      (compiler) => compiler.onGone(() => this.#forget(starting)),
      () => this.#forget(starting),
    );
    return starting;
  }

  #forget(compiler: Promise<Compiler>): void {
    if (this.#compiler === compiler) this.#compiler = undefined;
  }
}

const tooLate = Symbol("too late");

async function orTooLate<Value>(work: Promise<Value>, withinMs: number): Promise<Value | typeof tooLate> {
  const late = Promise.withResolvers<typeof tooLate>();
  const timer = setTimeout(() => late.resolve(tooLate), withinMs);
  // Work that fails later than that fails unheard.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** One process. */
class Compiler {
  readonly #api: API;
  readonly #process: CompilerProcess;
  readonly #script: { text: string };
  readonly #gone = Promise.withResolvers<never>();
  #checks = 0;

  /** Rejects when there is no compiler for this machine, or when it does not get to work. */
  static async start(declarations: string): Promise<Compiler> {
    const script = { text: wrapForCheck("bee.check();") };
    const api = new API({ cwd: folder, fs: sealedFiles(declarations, script) });
    const opened = await orTooLate(api.updateSnapshot({ openProjects: [files.config] }), startMs);
    const compiler = new Compiler(api, script);
    if (opened !== tooLate) {
      await opened.dispose();
      // What every script needs of the language is read with the first one.
      const checked = await orTooLate(compiler.check(script.text), startMs);
      if (checked !== tooLate) return compiler;
    }
    compiler.kill();
    throw new Error("The TypeScript compiler did not start in time.");
  }

  private constructor(api: API, script: { text: string }) {
    this.#api = api;
    this.#script = script;
    this.#process = processOf(api);
    this.#gone.promise.catch(() => undefined);
    this.#process.once("exit", () => this.#gone.reject(new Error("The TypeScript compiler ended.")));
    // A server that has nothing else to do may end.
    this.#process.unref();
    lowerPriority(this.#process.pid);
  }

  onGone(listener: () => void): void {
    this.#gone.promise.catch(listener);
  }

  /** Rejects when the process ends meanwhile. */
  check(wrapped: string): Promise<readonly Diagnostic[]> {
    return Promise.race([this.#check(wrapped), this.#gone.promise]);
  }

  async #check(wrapped: string): Promise<readonly Diagnostic[]> {
    this.#script.text = wrapped;
    this.#checks += 1;
    const snapshot = await this.#api.updateSnapshot({ fileChanges: { changed: [files.script] } });
    try {
      const program = snapshot.getProjects()[0]?.program;
      if (!program) throw new Error("The TypeScript compiler lost its project.");
      const [unread, misfits] = await Promise.all([
        program.getSyntacticDiagnostics(files.script),
        program.getSemanticDiagnostics(files.script),
      ]);
      return unread.length > 0 ? unread : misfits;
    } finally {
      snapshot.dispose().catch(() => undefined);
    }
  }

  async isWornOut(): Promise<boolean> {
    return this.#checks >= checksPerCompiler || (await residentBytes(this.#process.pid)) > largestCompilerBytes;
  }

  /** How long its process has been busy so far; 0 where the system does not tell. */
  busyMs(): Promise<number> {
    return busyMsOf(this.#process.pid);
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }
}

/** What is used of `ChildProcess`. */
interface CompilerProcess {
  readonly pid?: number;
  kill(signal: "SIGKILL"): boolean;
  once(event: "exit", listener: () => void): unknown;
  unref(): void;
}

/** The API keeps its process to itself, and has no way to end one that does not listen. */
function processOf(api: API): CompilerProcess {
  const client: unknown = Reflect.get(api, "client");
  const found: unknown = typeof client === "object" && client !== null ? Reflect.get(client, "process") : undefined;
  const isProcess = typeof found === "object" && found !== null && "kill" in found && "pid" in found;
  if (!isProcess) throw new Error("This version of TypeScript keeps its process elsewhere.");
  // The two members it is known by are those of Node's class for processes.
  return found as CompilerProcess;
}

/** Where the compiler has the types of the language itself. */
const languageFile = /\/@typescript\/typescript-[\w-]+\/lib\/lib(\.[\w-]+)*\.d\.ts$/;

/** The only files there are: scripts may name others, and would learn from the answers what is in them. */
function sealedFiles(declarations: string, script: { readonly text: string }) {
  const contents: Readonly<Record<string, () => string>> = {
    [files.config]: () => config,
    [files.api]: () => declarations,
    [files.script]: () => script.text,
  };
  return {
    // Undefined: as it is on disk.
    readFile: (name: string) => (languageFile.test(name) ? undefined : (contents[name]?.() ?? null)),
    fileExists: (name: string) => (languageFile.test(name) ? undefined : Object.hasOwn(contents, name)),
    directoryExists: (name: string) => name === folder,
    getAccessibleEntries: () => ({ files: [], directories: [] }),
    realpath: (name: string) => name,
  };
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, politePriority);
  } catch {
    // Some systems forbid it; it is a courtesy.
  }
}

/** Memory of a process; 0 where the system does not tell. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Processor time of a process as Linux tells it, in hundredths of a second. */
async function busyMsOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program may hold anything, and ends with the last bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return Number.isFinite(user + system) ? (user + system) * 10 : 0;
}

function describe({ pos, text, messageChain }: Diagnostic, script: string): ScriptProblem {
  const before = wrapForCheck(script).slice(0, pos).split("\n");
  const line = lineInScript(before.length, script);
  const source = script.split("\n")[line - 1] ?? "";
  const whole = [text, ...(messageChain ?? []).map((each) => each.text)].join(" ");
  // Of a long type the model knows more than fits here; what was meant comes behind it.
  const message = whole.replace(/ (in|on|to) type '[^']{100,}'/g, " $1 this type");
  return {
    line,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: shortened(message, longestMessage),
    source: shortened(source.trim(), longestSource),
  };
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
