import {
  allowedValues,
  type ModuleType,
  moduleTypeName,
  moduleTypes,
  type NodeData,
  type Property,
  type PropertyOwner,
  propertiesFor,
  propertyLabel,
  textKeyOf,
} from "@waggle/template";
import { operations } from "./catalogue.ts";
import { extraOperations } from "./edit/index.ts";
import type { FieldTable } from "./fields/field.ts";
import { findEditable } from "./modules/editable.ts";
import { defaultStyleFields } from "./page/default-styles.ts";
import { metadataFields } from "./page/metadata.ts";

const opening = `# Modules and their properties

Generated from the tables in \`packages/template/src/properties\`; do not edit by hand.

Every kind of element and every type of module with what it can hold. A pointer leads from the element's own JSON to the
value. *On phones* is the pointer of the value for narrow screens; without one the property is the same everywhere. *Absent*
is what holds when the key is not there. *Argument* is the name by which agents and commands set it. A template may hold
other keys: they are kept as they are, and not drawn.

Styles and flags that hide are set by \`setStyle\`, \`resetStyle\` and \`setVisibility\` of \`@waggle/template\` as well, by the
name in the first column.`;

/** Tools that take arguments for one kind of element or type of module. */
interface Toolset {
  readonly tools: readonly string[];
  readonly fields: FieldTable;
  /** Pointers that an argument stands for besides those of the fields. */
  readonly others: Readonly<Record<string, string>>;
}

// The keys of a table over module types are module types.
const types = Object.keys(moduleTypes) as readonly ModuleType[];

/** The reference page of module types and properties, in Markdown. */
export function modulesReference(): string {
  const shared = propertiesFor("empty");
  const sections = [
    section("Email", {
      owner: "settings",
      note: "The page itself: what holds for all rows, and what its document says.",
    }),
    section("Row", { owner: "row", note: "A band across the whole width, and the content area in the middle of it." }),
    section("Column", { owner: "column", note: "The columns of a row share twelve twelfths of its width." }),
    sharedSection(shared),
    ...types.map((type) => moduleSection(type, shared)),
  ];
  return `${[opening, ...sections].join("\n\n")}\n`;
}

interface SectionParts {
  readonly owner: PropertyOwner;
  readonly note: string;
}

function section(title: string, { owner, note }: SectionParts): string {
  const toolsets = toolsetsFor(owner);
  return [`## ${title}`, note, toolsLine(toolsets), propertyRows(propertiesFor(owner), toolsets)].join("\n\n");
}

/** What every module has is told once. */
function sharedSection(shared: readonly Property[]): string {
  const toolsets = types.flatMap((type) => toolsetsFor(type));
  const lacking = types.flatMap((type) => {
    const names = namesOf(propertiesFor(type));
    const missing = shared.filter(({ name }) => !names.has(name));
    return missing.length === 0
      ? []
      : `${moduleTypes[type].label} has no ${missing.map(({ name }) => code(name)).join(", ")}.`;
  });
  const note = [
    "What all modules have, whatever their type. Tools that change a module take these arguments.",
    ...lacking,
  ];
  return ["## Every module", note.join(" "), propertyRows(shared, toolsets)].join("\n\n");
}

function moduleSection(type: ModuleType, shared: readonly Property[]): string {
  const toolsets = toolsetsFor(type);
  const sharedNames = namesOf(shared);
  const own = propertiesFor(type).filter(({ name }) => !sharedNames.has(name));
  const note =
    type === "unknown" ? "Modules of any other type. They are kept as they are." : `\`${moduleTypeName(type)}\``;
  const rows = own.length === 0 ? "Nothing of its own." : propertyRows(own, toolsets);
  return [`## ${moduleTypes[type].label}`, note, toolsLine(toolsets), rows].join("\n\n");
}

const namesOf = (properties: readonly Property[]): ReadonlySet<string> => new Set(properties.map(({ name }) => name));

const catalogued: ReadonlySet<string> = new Set([...operations, ...extraOperations].map(({ name }) => name));
const known = (...names: readonly string[]): readonly string[] => names.filter((name) => catalogued.has(name));

function toolsetsFor(owner: PropertyOwner): readonly Toolset[] {
  if (owner === "settings")
    return [
      { tools: known("set_email_metadata"), fields: metadataFields, others: {} },
      { tools: known("set_email_default_styles"), fields: defaultStyleFields, others: {} },
    ];
  const node: NodeData = owner === "row" || owner === "column" ? { type: owner } : moduleNode(owner);
  const editable = findEditable(node);
  if (!editable) return [];
  const { content, fields, textArgument, updateWith } = editable;
  const textKey = textKeyOf(node);
  const text = textKey !== undefined && textArgument !== undefined ? { [textKey]: textArgument } : {};
  const others = { ...text, ...content?.arguments };
  return [
    {
      tools: owner === "row" ? known("add_section", "update_section_style") : toolsOf(owner, updateWith),
      fields,
      others,
    },
  ];
}

/** What changes modules of a type, and what adds them: of the types that one tool changes, only the first is still made. */
function toolsOf(type: PropertyOwner, updateWith: string | undefined): readonly string[] {
  if (updateWith === undefined) return [];
  const first = types.find((each) => findEditable(moduleNode(each))?.updateWith === updateWith);
  return known(...(first === type ? [updateWith.replace(/^update_/, "add_")] : []), updateWith);
}

const moduleNode = (type: ModuleType): NodeData => ({ type: "module", "/type": moduleTypeName(type) });

function toolsLine(toolsets: readonly Toolset[]): string {
  const tools = toolsets.flatMap(({ tools: names }) => names);
  if (tools.length === 0) return "Set by no tool of its own.";
  return `Set by ${tools.map((name) => `[${code(name)}](operations.md#${name})`).join(", ")}.`;
}

function propertyRows(properties: readonly Property[], toolsets: readonly Toolset[]): string {
  const rows = properties.map((property) => {
    const { name, pointer, mobile, value } = property;
    const cells = [
      code(name),
      label(property),
      code(pointer),
      allowedValues(value),
      absent(property),
      mobile[0] === undefined ? "" : code(mobile[0]),
      argumentsFor(property, { properties, toolsets }).map(code).join(", "),
    ];
    return `| ${cells.map((each) => each.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return [
    "| property | meaning | pointer | values | absent | on phones | argument |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

const outputs = { message: "e-mails", page: "pages" } as const;

function label({ name, pointer, parts, role, drawnIn, value }: Property): string {
  // Several properties are words of one class.
  const named = value.kind.startsWith("class") ? `/${name}` : pointer;
  const words = [propertyLabel(named), ...(parts.length > 0 ? ["on all sides"] : [])].join(" ");
  if (drawnIn.length === 2) return words;
  const [only] = drawnIn;
  if (only !== undefined) return `${words} (in ${outputs[only]} only)`;
  return role === "visibility" ? `${words} (for other programs)` : `${words} (not drawn)`;
}

function absent({ fallback, otherwise }: Property): string {
  if (fallback === undefined) return otherwise ?? "";
  return fallback === "" ? "empty" : code(String(fallback));
}

interface Surroundings {
  readonly properties: readonly Property[];
  readonly toolsets: readonly Toolset[];
}

/** Names of the arguments that write a property, for all screens first. */
function argumentsFor(property: Property, { properties, toolsets }: Surroundings): readonly string[] {
  const sides = properties.filter(({ name }) => property.parts.includes(name)).map(({ pointer }) => pointer);
  const wanted = sides.length > 0 ? sides : [property.pointer];
  const isWord = property.value.kind.startsWith("class");
  const [onMobile] = property.mobile;
  const names = toolsets.flatMap(({ fields, others }) => [
    ...Object.entries(others).flatMap(([pointer, name]) => (pointer === property.pointer ? [name] : [])),
    ...writing(fields, wanted).filter((name) => !isWord || name === property.name),
    ...(onMobile === undefined ? [] : writing(fields, [onMobile])),
  ]);
  return [...new Set(names)];
}

/** Arguments that write these pointers and no others. */
function writing(fields: FieldTable, wanted: readonly string[]): readonly string[] {
  return Object.entries(fields).flatMap(([name, { pointers }]) => {
    const isSame = pointers.length === wanted.length && pointers.every((pointer) => wanted.includes(pointer));
    return isSame ? [name] : [];
  });
}

const code = (text: string): string => `\`${text}\``;
