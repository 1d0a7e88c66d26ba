import {
  type FormField,
  fieldStyles,
  fieldText,
  formLabelStyles,
  formLines,
  isSubmit,
  renderForm,
  submitLook,
} from "../../modules/form.ts";
import { block, type ModuleRenderer, type ModuleView } from "../../modules/module-view.ts";
import { type ElementNode, element, type RenderNode } from "../../tree.ts";
import { isJsonObject, objectsOf, textOf } from "../../values/element-reader.ts";
import { safeUrl } from "../../values/url.ts";
import { hashOf } from "../hamburger.ts";

const attributesAt = "/descriptor/form/structure/attributes";

/** A form that people fill in and send. */
export const renderPageForm: ModuleRenderer = (view) => {
  const lines = formLines(view);
  if (lines.length === 0) return renderForm(view);
  const id = hashOf(view.id);
  const content = lines.map((fields, line) => {
    const drawn = fields.map((field, index) => fieldElement(view, { field, id: `f-${id}-${line + 1}-${index + 1}` }));
    return drawn.length === 1 && drawn[0] ? drawn[0] : fieldLine(drawn);
  });
  return block(view, { content: [element("form", { attributes: formAttributes(view), content })] });
};

const fieldLine = (fields: readonly ElementNode[]): ElementNode =>
  element("div", {
    styles: { display: "flex", "flex-wrap": "wrap", gap: "0 12px" },
    content: fields.map((field) => ({ ...field, styles: { ...field.styles, flex: "1 1 160px", "min-width": "0" } })),
  });

function formAttributes({ reader }: ModuleView): Record<string, string> {
  const action = safeUrl(reader.text(`${attributesAt}/action`));
  const wanted: Record<string, string> = {
    method: reader.text(`${attributesAt}/method`).toLowerCase() === "get" ? "get" : "post",
    ...(action ? { action } : {}),
  };
  for (const name of ["enctype", "accept-charset", "autocomplete", "target", "name"]) {
    const value = reader.text(`${attributesAt}/${name}`);
    if (/^[\w/+.-]{1,80}$/.test(value)) wanted[name] = value;
  }
  return reader.isOn(`${attributesAt}/novalidate`) ? { ...wanted, novalidate: "" } : wanted;
}

interface Place {
  readonly field: FormField;
  readonly id: string;
}

type DrawField = (view: ModuleView, place: Place) => ElementNode;

/** Kinds of fields that are more than one line to write in. */
const drawings: ReadonlyMap<string, DrawField> = new Map<string, DrawField>([
  ["textarea", (view, place) => labelled(view, place, element("textarea", inputParts(view, place)))],
  ["select", (view, place) => labelled(view, place, selectElement(view, place))],
  ["dropdown", (view, place) => labelled(view, place, selectElement(view, place))],
  ["radio", (view, place) => choices(view, place, "radio")],
  ["checkbox", (view, place) => choices(view, place, "checkbox")],
  ["hidden", (_view, { field }) => element("input", { attributes: { type: "hidden", ...namedValue(field) } })],
]);

const inputTypes: ReadonlySet<string> = new Set(
  "text email number date datetime-local month week time tel url password search color range file".split(" "),
);

function fieldElement(view: ModuleView, place: Place): ElementNode {
  if (isSubmit(place.field)) return submitElement(view, place.field);
  const type = textOf(place.field.type).toLowerCase();
  const draw = drawings.get(type);
  if (draw) return draw(view, place);
  const parts = inputParts(view, place);
  const attributes = { type: inputTypes.has(type) ? type : "text", ...parts.attributes };
  return labelled(view, place, element("input", { ...parts, attributes }));
}

function submitElement(view: ModuleView, field: FormField): ElementNode {
  const { label, styles } = submitLook(view, field);
  const button = element("button", { attributes: { class: "button", type: "submit" }, styles, content: [label] });
  return element("div", { content: [button] });
}

function namedValue(field: FormField): Record<string, string> {
  const value = fieldText(field, "value");
  return { name: fieldText(field, "name"), ...(value === "" ? {} : { value }) };
}

const copied = ["placeholder", "autocomplete", "min", "max", "step", "minlength", "maxlength", "pattern", "rows"];

function inputParts(
  view: ModuleView,
  { field, id }: Place,
): { attributes: Record<string, string>; styles: ElementNode["styles"] } {
  const attributes: Record<string, string> = { id, ...namedValue(field) };
  for (const name of copied) {
    const value = fieldText(field, name);
    if (value !== "") attributes[name] = value;
  }
  if (isRequired(field)) attributes.required = "";
  return { attributes, styles: { display: "block", width: "100%", ...fieldStyles(view) } };
}

function isRequired(field: FormField): boolean {
  const own = isJsonObject(field.attributes) ? field.attributes.required : field.required;
  return own === true || own === "true" || own === "required";
}

function labelled(view: ModuleView, { field, id }: Place, input: ElementNode): ElementNode {
  const words = textOf(field.label) || fieldText(field, "placeholder") || fieldText(field, "name");
  const label = element("label", { attributes: { for: id }, styles: formLabelStyles(view), content: [words] });
  return element("div", { styles: { "padding-bottom": "10px" }, content: [label, input] });
}

function optionsOf(field: FormField): readonly { readonly label: string; readonly value: string }[] {
  const listed = objectsOf(field.options).map((option) => ({
    label: textOf(option.label),
    value: textOf(option.value),
  }));
  return listed.map(({ label, value }) => ({ label: label || value, value: value || label }));
}

function selectElement(view: ModuleView, place: Place): ElementNode {
  const { value: _, placeholder: __, ...attributes } = inputParts(view, place).attributes;
  const options = optionsOf(place.field).map(({ label, value }) =>
    element("option", { attributes: { value }, content: [label] }),
  );
  return element("select", { attributes, styles: inputParts(view, place).styles, content: options });
}

function choices(view: ModuleView, { field, id }: Place, type: "radio" | "checkbox"): ElementNode {
  const options = optionsOf(field);
  const name = fieldText(field, "name");
  const given =
    options.length > 0 ? options : [{ label: textOf(field.label) || name, value: fieldText(field, "value") || "on" }];
  const drawn = given.map(({ label, value }, index): ElementNode => {
    const own = `${id}-${index + 1}`;
    const required = isRequired(field) && (type === "radio" || given.length === 1) ? { required: "" } : {};
    const box = element("input", { attributes: { type, id: own, name, value, ...required } });
    const words: readonly RenderNode[] = [label];
    return element("div", {
      content: [box, element("label", { attributes: { for: own }, styles: formLabelStyles(view), content: words })],
    });
  });
  if (options.length === 0) return element("div", { styles: { "padding-bottom": "10px" }, content: drawn });
  const legend = element("legend", { styles: formLabelStyles(view), content: [textOf(field.label) || name] });
  const styles = { border: "0", margin: "0", padding: "0 0 10px" };
  return element("fieldset", { styles, content: [legend, ...drawn] });
}
