import type { AnyOperation } from "@waggle/contract";
import { getContentHierarchy, type OperationContext, runOperation } from "@waggle/operations";
import { renderHtml } from "@waggle/render/html";
import { applyChange, childrenOf, Draft, type ElementId, rootId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import * as z from "zod/mini";
import type { GatedCaller } from "../../mcp/server-tool.ts";

/** The HTML of the template as it is now. Rejects with ELEMENT_NOT_FOUND or INVALID_INPUT for a section that is not there. */
export async function htmlFor(caller: GatedCaller, section: string | number | undefined): Promise<string> {
  const room = await caller.room();
  const seen: { snapshot?: Snapshot } = {};
  const look: AnyOperation<OperationContext> = {
    name: "preview",
    title: "",
    description: "",
    kind: "read",
    destructive: false,
    idempotent: true,
    input: z.unknown(),
    output: z.unknown(),
    errors: [],
    examples: [],
    apply: (context) => {
      const whole = context.draft.base;
      seen.snapshot = section === undefined ? whole : onlySection(whole, section, context);
      return {};
    },
  };
  await room.run({ actor: caller.actor, operation: look, input: {}, without: "remarks" });
  if (!seen.snapshot) throw new Error("The room did not show its template.");
  return renderHtml(seen.snapshot, { sanitise: htmlCodec.sanitise });
}

/** The template without its other sections. Looks at a draft of its own: who sees a picture has not read the texts. */
function onlySection(whole: Snapshot, section: string | number, context: OperationContext): Snapshot {
  const draft = new Draft(whole);
  const { output: tree } = runOperation(getContentHierarchy, { ...context, draft }, { section, includeText: false });
  const [wanted] = tree.sections;
  const others: readonly ElementId[] = childrenOf(whole, rootId).filter((id) => id !== wanted?.id);
  for (const id of others) if (draft.find(id)) draft.remove(id);
  return applyChange(whole, draft.changeSet());
}
