import { type ElementId, labelOf, moduleTypeOf, type NodeData } from "@waggle/template";
import type { JSX } from "preact";
import { words } from "../words.ts";
import { moduleForms } from "./module-forms.ts";
import { ModuleProperties } from "./module-properties.tsx";

/** The fields of a module, or that there are none for its type yet. */
export function ModuleForm({ id, node }: { readonly id: ElementId; readonly node: NodeData }): JSX.Element {
  const form = moduleForms[moduleTypeOf(node)];
  if (!form) return <p class="wg-2 wg-note">{words.properties.notYet(labelOf(node))}</p>;
  return <ModuleProperties key={id} id={id} node={node} form={form} />;
}
