import { improve } from "./improvements.ts";
import { addInvitation, type Edit } from "./new-section.ts";
import { readOutline } from "./outline.ts";
import { isObject, type ToolInput, type ToolOutput, ToolRefusal, type WaggleTools } from "./waggle-client.ts";

export interface EditingOptions {
  readonly tools: WaggleTools;
  /** Waits before each edit. */
  readonly pause: () => Promise<void>;
  readonly print: (line: string) => void;
}

/** What came of it. */
export interface EditingResult {
  readonly edits: number;
  /** Edits that came too late: what they were about was changed or deleted by someone else. */
  readonly skipped: number;
}

/** Refusals that are part of working together; everything else ends the work. */
const tolerable: readonly string[] = ["ELEMENT_NOT_FOUND", "STALE_WRITE", "INVALID_INPUT"];

/** Reads the template and makes it better, edit by edit. Rejects when the session is over or the server cannot be reached. */
export async function editTemplate({ tools, pause, print }: EditingOptions): Promise<EditingResult> {
  const outline = await readOutline(tools);
  print(`Read ${outline.sections.length} sections with ${outline.blocks.length} blocks.`);
  let [edits, skipped] = [0, 0];
  const edit: Edit = async (says, tool, input) => {
    await pause();
    try {
      const output = await callOnceMore(tools, tool, input);
      edits += 1;
      print(`${String(edits).padStart(2)}  ${tool.replace(/_.*/, "").padEnd(6)}  ${says}`);
      for (const warning of warningsOf(output)) print(`            note: ${warning}`);
      return typeof output.elementId === "string" ? output.elementId : undefined;
    } catch (failure) {
      if (!(failure instanceof ToolRefusal) || !tolerable.includes(failure.code)) throw failure;
      skipped += 1;
      print(`    skipped  ${says}: ${failure.message}`);
      return undefined;
    }
  };
  for (const { says, tool, input } of improve(outline)) await edit(says, tool, input);
  await addInvitation(outline, { tools, edit });
  return { edits, skipped };
}

/** Someone else changed the same property: look at it again, then insist once. */
async function callOnceMore(tools: WaggleTools, tool: string, input: ToolInput): Promise<ToolOutput> {
  try {
    return await tools.call(tool, input);
  } catch (failure) {
    if (!(failure instanceof ToolRefusal) || failure.code !== "STALE_WRITE") throw failure;
    await tools.call("get_element_details", { elementId: input.elementId });
    return tools.call(tool, input);
  }
}

function warningsOf(output: ToolOutput): readonly unknown[] {
  return isObject(output) && Array.isArray(output.warnings) ? output.warnings : [];
}
