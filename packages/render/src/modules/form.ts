import { type ElementNode, element, type RenderNode, type Styles } from "../tree.ts";
import { background, borders, padding, radius, typography } from "../values/css.ts";
import { isJsonObject, type JsonObject, stylesOf, textOf } from "../values/element-reader.ts";
import { block, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

const form = "/descriptor/form";

/** The fields of a form, as a picture of it: on the canvas nobody fills it in. */
export const renderForm: ModuleRenderer = (view) => {
  const fields = formFields(view);
  if (fields.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No fields yet")] : [] });
  const content = fields.map((field) => (isSubmit(field) ? submitButton(view, field) : labelledField(view, field)));
  return block(view, { content });
};

/** A field by the name that the layout has for it. */
export type FormField = JsonObject;

/** The fields in the order of the layout. They are an object by name in some files and an array in others. */
export function formFields(view: ModuleView): readonly FormField[] {
  return formLines(view).flat();
}

/** The fields line by line, as the layout places them; those it doesn't name follow. */
export function formLines({ reader }: ModuleView): readonly (readonly FormField[])[] {
  const named = namedFields(reader.object(`${form}/structure/fields`));
  const fields = new Map<string, FormField>([...named, ...listedFields(reader.objects(`${form}/structure/fields`))]);
  const layout = reader.value(`${form}/structure/layout`);
  const lines = Array.isArray(layout) ? layout.map((line) => namesIn(line)) : [];
  const placed = new Set(lines.flat());
  const rest = [...fields.keys()].filter((name) => !placed.has(name)).map((name) => [name]);
  return [...(placed.size > 0 ? lines : []), ...rest]
    .map((line) => line.map((name) => fields.get(name)).filter((field) => field !== undefined))
    .map((line) => line.filter((field) => field.removeFromLayout !== true))
    .filter((line) => line.length > 0);
}

type Named = readonly [name: string, field: FormField];

function namedFields(fields: JsonObject): readonly Named[] {
  return Object.entries(fields).flatMap(([name, field]): Named[] =>
    isJsonObject(field) ? [[name, { name, ...field }]] : [],
  );
}

function listedFields(fields: readonly JsonObject[]): readonly Named[] {
  return fields.map((field, index): Named => [textOf(field.name) || textOf(field.id) || `field-${index + 1}`, field]);
}

function namesIn(line: unknown): readonly string[] {
  const names = Array.isArray(line) ? line : [line];
  return names.map((name) => (isJsonObject(name) ? textOf(name.name) || textOf(name.id) : textOf(name)));
}

export const isSubmit = (field: FormField): boolean =>
  textOf(field.type) === "submit" || textOf(field.type) === "button";

/** An attribute of a field, wherever the file has it. */
export function fieldText(field: FormField, name: string): string {
  const own = isJsonObject(field.attributes) ? textOf(field.attributes[name]) : "";
  return own || textOf(field[name]);
}

export function formLabelStyles({ reader }: ModuleView): Styles {
  return typography(reader.styles(`${form}/style/labels`));
}

export function fieldStyles({ reader }: ModuleView): Styles {
  const styles = reader.styles(`${form}/style/fields`);
  const line = borders(styles);
  return {
    ...(Object.keys(line).length === 0 ? { border: "1px solid #999999" } : line),
    padding: "8px",
    ...typography(styles),
    ...background(styles),
    ...radius(styles),
    ...padding(styles),
  };
}

/** What the button that sends says, and how it looks. */
export function submitLook({ reader }: ModuleView, field: FormField): { label: string; styles: Styles } {
  const styles = {
    ...reader.styles(`${form}/style/buttons`),
    ...stylesOf(reader.object(`${form}/style/buttons/inner`)),
  };
  return {
    label: textOf(field.label) || fieldText(field, "value") || "Send",
    styles: {
      display: "inline-block",
      padding: "8px 20px",
      "text-decoration": "none",
      ...typography(styles),
      ...background(styles),
      ...borders(styles),
      ...radius(styles),
      ...padding(styles),
    },
  };
}

function labelledField(view: ModuleView, field: FormField): ElementNode {
  const label = element("div", {
    attributes: { class: "label" },
    styles: formLabelStyles(view),
    content: [textOf(field.label) || textOf(field.name)],
  });
  const box: readonly RenderNode[] = [fieldText(field, "placeholder") || "\u00a0"];
  const input = element("div", { attributes: { class: "field" }, styles: fieldStyles(view), content: box });
  return element("div", { styles: { "padding-bottom": "10px" }, content: [label, input] });
}

function submitButton(view: ModuleView, field: FormField): ElementNode {
  const { label, styles } = submitLook(view, field);
  return element("span", { attributes: { class: "button" }, styles, content: [label] });
}
