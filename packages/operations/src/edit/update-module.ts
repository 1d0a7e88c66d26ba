import { WaggleError } from "@waggle/contract";
import { type ElementId, equalValues, isRichText, moduleTypeOf, textKeyOf, type Value } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import { requireModule } from "../elements/require-element.ts";
import { type FieldTable, writeFields } from "../fields/field.ts";
import type { TextModuleSpec } from "../modules/module-spec.ts";
import { writeText } from "../text/write-text.ts";

interface ModuleUpdate {
  /** Name of the operation, for messages. */
  readonly operation: string;
  /** The module types it changes. */
  readonly specs: readonly TextModuleSpec[];
  readonly elementId: ElementId;
  readonly text: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

interface UpdatedModule {
  readonly changed: string[];
  readonly warnings: readonly string[];
}

/** Writes the given arguments into an existing module; what is not given stays. */
export function updateModule(context: OperationContext, update: ModuleUpdate): UpdatedModule {
  const { draft } = context;
  const { elementId, input, specs, text } = update;
  const types = specs.map(({ type }) => type);
  const node = requireModule(draft, elementId, { types, operation: update.operation });
  const spec = specs.find(({ type }) => type === moduleTypeOf(node));
  if (!spec) return { changed: [], warnings: [] };
  refuseForeignFields(spec, { specs, input });
  const target = {
    get: (pointer: string) => draft.get(elementId, pointer),
    set: (pointer: string, value: Value) => draft.set(elementId, pointer, value),
  };
  const changedText = text === undefined ? undefined : updateText(context, { elementId, spec, text });
  const changedFields = writeFields(target, spec.fields, input);
  return {
    changed: [...(changedText?.hasChanged ? [spec.shape.argument] : []), ...changedFields],
    warnings: changedText?.warnings ?? [],
  };
}

interface TextUpdate {
  readonly elementId: ElementId;
  readonly spec: TextModuleSpec;
  readonly text: string;
}

function updateText({ draft, codec }: OperationContext, { elementId, spec, text }: TextUpdate) {
  const key = textKeyOf(draft.require(elementId));
  if (key === undefined) return { hasChanged: false, warnings: [] };
  const current = draft.get(elementId, key);
  const { value, warnings } = writeText(text, { codec, shape: spec.shape, current });
  const hasChanged = !isSameText(current, value);
  if (hasChanged) draft.set(elementId, key, value);
  return { hasChanged, warnings };
}

function isSameText(current: Value | undefined, next: Value): boolean {
  if (isRichText(current) && isRichText(next)) return equalValues(current.rich, next.rich);
  return equalValues(current, next);
}

interface ForeignFields {
  readonly specs: readonly TextModuleSpec[];
  readonly input: Readonly<Record<string, unknown>>;
}

/** An argument that only a sibling type knows would be lost in silence. */
function refuseForeignFields(spec: TextModuleSpec, { specs, input }: ForeignFields): void {
  const known: FieldTable = spec.fields;
  const foreign = specs
    .flatMap(({ fields }) => Object.keys(fields))
    .find((name) => input[name] !== undefined && !Object.hasOwn(known, name));
  if (foreign === undefined) return;
  const allowed = Object.keys(known);
  throw new WaggleError("INVALID_INPUT", {
    message: `${foreign} cannot be set on this older text block: put it into ${spec.shape.argument} as HTML. Can be set: ${allowed.join(", ")}.`,
    data: { argument: foreign, allowed },
  });
}
