import { type AnyOperation, counts, WaggleError } from "@waggle/contract";
import { type OperationContext, runOperation } from "@waggle/operations";
import * as z from "zod/mini";
import { quotable } from "./answers.ts";
import { resolveReferences } from "./edit-references.ts";
import { type AnyServerTool, defineServerTool, type GatedCaller } from "./server-tool.ts";
import { nearestNames } from "./tool-names.ts";

type EditOperation = AnyOperation<OperationContext>;

const input = z.strictObject({
  edits: z
    .array(
      z.strictObject({
        tool: z.string().check(z.describe("Name of a tool that edits.")),
        arguments: z.optional(z.record(z.string(), z.unknown()).check(z.describe("Its arguments."))),
      }),
    )
    .check(z.minLength(1), z.maxLength(counts.editsPerBatch), z.describe("In the order they are made.")),
});

const output = z.strictObject({
  results: z.array(z.record(z.string(), z.unknown())).check(z.describe("What each tool answered, in order.")),
});

type Input = z.output<typeof input>;

export interface ApplyEditsOptions {
  /** All tools there are; those that edit the template can be in a batch. */
  readonly operations: readonly EditOperation[];
  readonly prefix: string;
}

/** The tool that makes several edits as one change: one entry, all of them or none. */
export function createApplyEdits(options: ApplyEditsOptions): AnyServerTool {
  const batches = new Batches(options);
  return defineServerTool({
    name: batchName,
    title: "Apply edits",
    description: `Make up to ${counts.editsPerBatch} edits as one change: all of them, or none. An argument may be what an earlier edit answered: "$0.elementId" is the elementId of the first, "$0.columnIds.1" the second of its columnIds.`,
    kind: "write",
    destructive: true,
    idempotent: false,
    input,
    output,
    errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND", "INVALID_CHANGE"],
    examples: [
      {
        note: "A section and a title in it",
        input: {
          edits: [
            { tool: "add_section", arguments: { columns: [12] } },
            { tool: "add_title", arguments: { section: "$0.elementId", text: "Spring is here" } },
          ],
        },
      },
    ],
    run: (caller, given) => batches.run(caller, given),
  });
}

const batchName = "apply_edits";

/** An edit of a batch as it was carried out. */
interface MadeEdit {
  readonly tool: string;
  readonly given: unknown;
  readonly answered: unknown;
}

class Batches {
  readonly #edits: ReadonlyMap<string, EditOperation>;
  readonly #others: ReadonlySet<string>;
  readonly #prefix: string;

  constructor({ operations, prefix }: ApplyEditsOptions) {
    const edits = operations.filter(({ kind }) => kind === "write");
    this.#edits = new Map(
      edits.flatMap((each) => [each.name, prefix + each.name].map((name) => [name, each] as const)),
    );
    this.#others = new Set(operations.filter(({ kind }) => kind === "read").map(({ name }) => name));
    this.#prefix = prefix;
  }

  async run(caller: GatedCaller, { edits }: Input): Promise<z.output<typeof output>> {
    const operations = edits.map(({ tool }, index) => this.#requireEdit(caller, tool, index));
    const made: MadeEdit[] = [];
    const operation = batchOperation(edits, operations, made);
    const room = await caller.room();
    try {
      const outcome = await room.run({
        actor: caller.actor,
        operation,
        input: { edits },
        uses: [...new Set(operations.map(({ name }) => name))],
      });
      // The answer of `batchOperation`, or the first one of it under the same key.
      return outcome.output as z.output<typeof output>;
    } catch (failure) {
      throw failure instanceof WaggleError ? atItsEdit(failure, made) : failure;
    }
  }

  #requireEdit(caller: GatedCaller, tool: string, index: number): EditOperation {
    const operation = this.#edits.get(tool);
    const allowed = [...new Set(this.#edits.values())].filter((each) => caller.mayCall(each)).map(({ name }) => name);
    if (operation && !caller.mayCall(operation)) {
      throw new WaggleError("POLICY_REFUSED", {
        message: `edits.${index}: ${operation.name} may not be called here. Allowed: ${allowed.join(", ")}. Nothing was written.`,
        data: { edit: index, tool: operation.name, allowed },
      });
    }
    if (operation) return operation;
    const nearest = nearestNames(tool, allowed, "");
    const bare = tool.startsWith(this.#prefix) ? tool.slice(this.#prefix.length) : tool;
    const why = this.#others.has(bare) ? "only reads; call it by itself" : "is no tool that edits";
    throw new WaggleError("INVALID_INPUT", {
      message: `edits.${index}.tool: ${quotable(tool)} ${why}. Nearest: ${nearest.join(", ")}. Nothing was written.`,
      data: { argument: `edits.${index}.tool`, edit: index, tool: quotable(tool), nearest },
    });
  }
}

/** The batch as one operation: a draft that fails half way leaves nothing behind. */
function batchOperation(edits: Input["edits"], operations: readonly EditOperation[], made: MadeEdit[]): EditOperation {
  return {
    name: batchName,
    title: "Apply edits",
    description: "Several edits as one change.",
    kind: "write",
    destructive: true,
    idempotent: false,
    input,
    output,
    errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND", "INVALID_CHANGE"],
    examples: [],
    apply: (context) => {
      // A room may apply an operation more than once, to different drafts.
      made.length = 0;
      const results: unknown[] = [];
      for (const [index, operation] of operations.entries()) {
        const given = { index, tool: operation.name };
        const answered = atEdit(given, () => {
          const own = resolveReferences(edits[index]?.arguments ?? {}, results);
          made.push({ tool: operation.name, given: own, answered: undefined });
          return runOperation(operation, context, own).output;
        });
        made[index] = { ...made[index], tool: operation.name, given: made[index]?.given, answered };
        results.push(answered);
      }
      return { results };
    },
  };
}

function atEdit<Result>({ index, tool }: { index: number; tool: string }, run: () => Result): Result {
  try {
    return run();
  } catch (failure) {
    throw failure instanceof WaggleError ? failedEdit(failure, index, tool) : failure;
  }
}

function failedEdit({ code, message, data, cause }: WaggleError, index: number, tool: string): WaggleError {
  const nothing = message.includes("Nothing was written") ? "" : " Nothing was written.";
  const named = message.startsWith(tool) ? message : `${tool}: ${message}`;
  return new WaggleError(code, {
    message: `edits.${index}: ${named}${nothing}`,
    data: { ...data, edit: index, tool },
    cause,
  });
}

/** A refusal of the whole change, told as one of the edit that it is about. */
function atItsEdit(failure: WaggleError, made: readonly MadeEdit[]): WaggleError {
  if ("edit" in failure.data) return failure;
  const ids = idsIn(failure.data);
  const index = made.findIndex(({ given, answered }) => ids.some((id) => holds(given, id) || holds(answered, id)));
  const edit = made[index];
  return edit ? failedEdit(failure, index, edit.tool) : failure;
}

/** The elements a refusal names, and those they are in. */
function idsIn({ elements, elementId }: WaggleError["data"]): string[] {
  const listed: readonly unknown[] = Array.isArray(elements) ? elements : [];
  const ids = listed.flatMap((each) =>
    typeof each === "object" && each !== null ? Object.entries(each).filter(([key]) => isIdKey(key)) : [],
  );
  return [...ids.map(([, id]) => id), elementId].filter((id) => typeof id === "string");
}

const isIdKey = (key: string): boolean => key === "elementId" || key === "inside";

function holds(value: unknown, id: string): boolean {
  if (value === id) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((each) => holds(each, id));
}
