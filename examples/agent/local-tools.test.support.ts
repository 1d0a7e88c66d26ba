import { operations, runOperation } from "@waggle/operations";
import {
  applyChange,
  Draft,
  emptySnapshot,
  exportPage,
  importPage,
  type Json,
  newElementId,
  type Snapshot,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { isObject, type ToolInput, type ToolOutput, ToolRefusal, type WaggleTools } from "./waggle-client.ts";

/** The tools of a template without a server between: every call runs the real operation. */
export class LocalTools implements WaggleTools {
  snapshot: Snapshot;
  readonly calls: string[] = [];
  /** Called before each call: what other people do meanwhile. */
  meanwhile: (tool: string, input: ToolInput) => void = () => {};

  constructor(page: unknown) {
    this.snapshot = applyChange(emptySnapshot, importPage(page, { newId: newElementId, codec: htmlCodec }));
  }

  async call(tool: string, input: ToolInput = {}): Promise<ToolOutput> {
    this.meanwhile(tool, input);
    this.calls.push(tool);
    const operation = operations.find(({ name }) => name === tool);
    if (!operation) throw new Error(`There is no tool ${tool}.`);
    const draft = new Draft(this.snapshot);
    try {
      const { output } = runOperation(operation, { draft, newId: newElementId, codec: htmlCodec }, input);
      draft.validate();
      this.snapshot = applyChange(this.snapshot, draft.changeSet());
      return isObject(output) ? output : {};
    } catch (failure) {
      if (isObject(failure) && typeof failure.code === "string") throw new ToolRefusal(failure.code, String(failure));
      throw failure;
    }
  }

  export(): Json {
    return exportPage(this.snapshot, { codec: htmlCodec });
  }
}
