import { type ElementId, moduleTypeName, moduleTypes, type Value } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import { type PlacementInput, requirePlacement } from "../elements/placement.ts";
import { writeFields } from "../fields/field.ts";
import type { TextModuleSpec } from "../modules/module-spec.ts";
import { pageDefaults } from "../modules/page-defaults.ts";
import { writeText } from "../text/write-text.ts";

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
export function addModule({ draft, newId, codec }: OperationContext, { spec, text, input }: NewModule): AddedModule {
  const place = requirePlacement(draft, input);
  const written = writeText(text, { codec, shape: spec.shape });
  const elementId = newId();
  const { textKey } = moduleTypes[spec.type];
  const properties: Record<string, Value> = {
    "/type": moduleTypeName(spec.type),
    ...spec.leaves(pageDefaults(draft)),
    "/uuid": elementId,
    "/locked": false,
    ...(textKey ? { [textKey]: written.value } : {}),
  };
  const target = {
    get: (pointer: string) => properties[pointer],
    set: (pointer: string, value: Value) => {
      properties[pointer] = value;
    },
  };
  writeFields(target, spec.fields, input);
  draft.create(elementId, { kind: "module", parent: place.columnId, index: place.index, properties });
  return { elementId, warnings: [...place.warnings, ...written.warnings] };
}
