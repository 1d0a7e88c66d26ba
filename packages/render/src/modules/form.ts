import { type ElementNode, element, type RenderNode } from "../tree.ts";
import { background, borders, padding, radius, typography } from "../values/css.ts";
import { isJsonObject, type JsonObject, objectsOf, textOf } from "../values/element-reader.ts";
import { block, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

const form = "/descriptor/form";

/** The fields of a form, as a picture of it: forms work on pages, and mail clients send none. */
export const renderForm: ModuleRenderer = (view) => {
  const fields = fieldsOf(view);
  if (fields.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No fields yet")] : [] });
  const content = fields.map((field) => (isSubmit(field) ? submitButton(view, field) : labelledField(view, field)));
  return block(view, { content });
};

/** Fields are an object by name in some files and an array in others. */
function fieldsOf({ reader }: ModuleView): readonly JsonObject[] {
  const listed = reader.objects(`${form}/structure/fields`);
  return listed.length > 0
    ? listed
    : objectsOf(Object.values(reader.object(`${form}/structure/fields`)).filter(isJsonObject));
}

const isSubmit = (field: JsonObject): boolean => textOf(field.type) === "submit" || textOf(field.type) === "button";

function labelledField({ reader }: ModuleView, field: JsonObject): ElementNode {
  const styles = reader.styles(`${form}/style/fields`);
  const label = element("div", {
    attributes: { class: "label" },
    styles: typography(reader.styles(`${form}/style/labels`)),
    content: [textOf(field.label) || textOf(field.name)],
  });
  const box: readonly RenderNode[] = [textOf(field.placeholder) || "\u00a0"];
  const input = element("div", {
    attributes: { class: "field" },
    styles: {
      border: "1px solid #999999",
      padding: "8px",
      ...typography(styles),
      ...background(styles),
      ...borders(styles),
      ...radius(styles),
      ...padding(styles),
    },
    content: box,
  });
  return element("div", { styles: { "padding-bottom": "10px" }, content: [label, input] });
}

function submitButton({ reader }: ModuleView, field: JsonObject): ElementNode {
  const styles = reader.styles(`${form}/style/buttons`);
  return element("span", {
    attributes: { class: "button" },
    styles: {
      display: "inline-block",
      padding: "8px 20px",
      ...typography(styles),
      ...background(styles),
      ...borders(styles),
      ...radius(styles),
      ...padding(styles),
    },
    content: [textOf(field.label) || textOf(field.value) || "Send"],
  });
}
