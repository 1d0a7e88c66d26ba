import { type ElementId, moduleTypes } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import { type PlacementInput, requirePlacement } from "../elements/placement.ts";
import type { TextModuleSpec } from "../modules/module-spec.ts";
import { writeText } from "../text/write-text.ts";
import { createModule } from "./create-module.ts";

interface NewModule {
  readonly spec: TextModuleSpec;
  readonly text: string;
  readonly input: PlacementInput & Readonly<Record<string, unknown>>;
}

interface AddedModule {
  readonly elementId: ElementId;
  readonly warnings: readonly string[];
}

/** Makes a module with its text and arguments at the place the input names. */
export function addModule(context: OperationContext, { spec, text, input }: NewModule): AddedModule {
  const place = requirePlacement(context.draft, input);
  const written = writeText(text, { codec: context.codec, shape: spec.shape });
  const { textKey } = moduleTypes[spec.type];
  const content = textKey ? { [textKey]: written.value } : {};
  const elementId = createModule(context, { spec, place, input, content });
  return { elementId, warnings: [...place.warnings, ...written.warnings] };
}
