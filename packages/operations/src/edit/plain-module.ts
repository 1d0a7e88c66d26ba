import type { ElementId, Value } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import { type PlacementInput, requirePlacement } from "../elements/placement.ts";
import { requireModule } from "../elements/require-element.ts";
import { type FieldTarget, writeFields } from "../fields/field.ts";
import type { ModuleSpec } from "../modules/module-spec.ts";
import { createModule } from "./create-module.ts";
import { withWarnings } from "./outputs.ts";

interface NewPlainModule {
  readonly spec: ModuleSpec;
  readonly input: PlacementInput & Readonly<Record<string, unknown>>;
}

/** Makes a module without a text of its own at the place the input names. */
export function addPlainModule(
  context: OperationContext,
  { spec, input }: NewPlainModule,
): { elementId: ElementId; warnings?: string[] } {
  const place = requirePlacement(context.draft, input);
  return withWarnings({ elementId: createModule(context, { spec, place, input }) }, place.warnings);
}

interface PlainUpdate {
  /** Name of the operation, for messages. */
  readonly operation: string;
  readonly spec: ModuleSpec;
  readonly input: Readonly<Record<string, unknown>> & { readonly elementId: ElementId };
}

/** Writes the given arguments into a module without a text; what is not given stays. */
export function updatePlainModule(
  { draft }: OperationContext,
  { operation, spec, input }: PlainUpdate,
): { elementId: ElementId; changed: string[] } {
  const { elementId } = input;
  requireModule(draft, elementId, { types: [spec.type], operation });
  return { elementId, changed: [...writeFields(elementTarget({ draft }, elementId), spec.fields, input)] };
}

/** An element of the draft as the place where fields are written. */
export function elementTarget({ draft }: Pick<OperationContext, "draft">, elementId: ElementId): FieldTarget {
  return {
    get: (pointer) => draft.get(elementId, pointer),
    set: (pointer, value: Value) => draft.set(elementId, pointer, value),
  };
}
