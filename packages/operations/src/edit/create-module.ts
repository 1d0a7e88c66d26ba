import { type ElementId, moduleTypeName, type NodeData, type Value } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import type { Placement } from "../elements/placement.ts";
import { writeFields } from "../fields/field.ts";
import type { ModuleSpec } from "../modules/module-spec.ts";
import { pageDefaults } from "../modules/page-defaults.ts";

interface ModuleContent {
  readonly spec: ModuleSpec;
  readonly place: Placement;
  readonly input: Readonly<Record<string, unknown>>;
  /** What stands in it besides its arguments, such as its text. */
  readonly content?: NodeData;
}

/** Makes a module from the leaves of its type, with the given arguments; answers with its id. */
export function createModule(
  { draft, newId }: OperationContext,
  { spec, place, input, content }: ModuleContent,
): ElementId {
  const elementId = newId();
  const properties: Record<string, Value> = {
    "/type": moduleTypeName(spec.type),
    ...spec.leaves(pageDefaults(draft)),
    "/uuid": elementId,
    "/locked": false,
    ...content,
  };
  const target = {
    get: (pointer: string) => properties[pointer],
    set: (pointer: string, value: Value) => {
      properties[pointer] = value;
    },
  };
  writeFields(target, spec.fields, input);
  draft.create(elementId, { kind: "module", parent: place.columnId, index: place.index, properties });
  return elementId;
}
