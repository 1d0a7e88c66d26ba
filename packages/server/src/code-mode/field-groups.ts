import { declareField, type Field } from "./schema-types.ts";

/** Something that takes fields: a function, or a pair of them. */
export interface Taker {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** Fields that the same takers take. */
export interface Group {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly takers: ReadonlySet<string>;
}

/** What a group is called by its first field, where that alone would say too little. */
const familiarNames: Readonly<Record<string, string>> = {
  color: "Font",
  padding: "Box",
  hideOnMobile: "Hide",
  borderWidth: "Border",
  rowBackgroundColor: "Section",
  includeMissingAltText: "Checks",
  mobileFontSize: "Mobile",
};

/** Of fields that may be left out, those of one plain type are listed by name alone. */
const optionalOf: Readonly<Record<string, string>> = { number: "Num", string: "Str", boolean: "Bool" };
const sides = ["Top", "Right", "Bottom", "Left"];
const fewestListed = 3;
/** What naming a group costs beside the names themselves, in characters. */
const namingCost = 8;

/** The types that `fieldsType` uses. */
export const fieldTypes = [
  `type Side='${sides.join("'|'")}'`,
  ...Object.entries(optionalOf).map(([type, name]) => `type ${name}<K extends string>={[P in K]?:${type}}`),
].join("\n");

/** Groups that are worth a name: every field belongs to one group, that of the takers which take the very same field. */
export function findGroups(takers: readonly Taker[]): readonly Group[] {
  const byField = new Map<string, { readonly field: Field; readonly takers: string[] }>();
  for (const { name, fields } of takers) {
    for (const field of fields) {
      const key = declareField(field);
      const entry = byField.get(key) ?? { field, takers: [] };
      entry.takers.push(name);
      byField.set(key, entry);
    }
  }
  const byTakers = new Map<string, { readonly fields: Field[]; readonly takers: readonly string[] }>();
  for (const { field, takers: names } of byField.values()) {
    const entry = byTakers.get(names.join()) ?? { fields: [], takers: names };
    entry.fields.push(field);
    byTakers.set(names.join(), entry);
  }
  return named([...byTakers.values()].filter(isWorthAName));
}

/** The type of all fields of a taker, groups by their names. */
export function takerType({ name, fields }: Taker, groups: readonly Group[]): string {
  const shared = groups.filter(({ takers }) => takers.has(name));
  const covered = new Set(shared.flatMap((group) => group.fields.map(declareField)));
  const own = fields.filter((field) => !covered.has(declareField(field)));
  return [...(own.length > 0 ? [fieldsType(own)] : []), ...shared.map((group) => group.name)].join("&") || "{}";
}

/** An object type with these fields, in few characters. */
export function fieldsType(fields: readonly Field[]): string {
  const listed = Object.keys(optionalOf).filter((type) => listedOf(fields, type).length >= fewestListed);
  const rest = fields.filter(({ type, isOptional }) => !isOptional || !listed.includes(type));
  const parts = listed.map((type) => `${optionalOf[type]}<${listedNames(listedOf(fields, type))}>`);
  return [...(rest.length > 0 ? [`{${rest.map(declareField).join(";")}}`] : []), ...parts].join("&");
}

interface Unnamed {
  readonly fields: readonly Field[];
  readonly takers: readonly string[];
}

function isWorthAName(group: Unnamed): boolean {
  const { fields, takers } = group;
  const nameLength = nameOf(group).length + 1;
  // One more name in a list of names is short.
  const length = fields.reduce(
    (sum, { name, type }) => sum + name.length + (type in optionalOf ? 4 : type.length + 3),
    0,
  );
  return length * (takers.length - 1) > namingCost + nameLength * (takers.length + 1);
}

function nameOf({ fields }: Unnamed): string {
  const first = fields[0]?.name ?? "Some";
  return familiarNames[first] ?? capitalised(first);
}

function named(groups: readonly Unnamed[]): readonly Group[] {
  const taken = new Set(["Side", ...Object.values(optionalOf)]);
  return groups.map((group) => {
    const name = unused(nameOf(group), taken);
    taken.add(name);
    return { name, fields: group.fields, takers: new Set(group.takers) };
  });
}

/** The name, or the name with the first number that makes it new. */
export function unused(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let count = 2; taken.has(unique); count += 1) unique = `${name}${count}`;
  return unique;
}

export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function listedOf(fields: readonly Field[], type: string): readonly string[] {
  return fields.filter((field) => field.isOptional && field.type === type).map(({ name }) => name);
}

/** `paddingTop`, `paddingRight`, `paddingBottom` and `paddingLeft` are one: `padding${Side}`. */
function listedNames(names: readonly string[]): string {
  const known = new Set(names);
  const stems = names
    .filter((name) => name.endsWith("Top"))
    .map((name) => name.slice(0, -"Top".length))
    .filter((stem) => sides.every((side) => known.has(stem + side)));
  const covered = new Set(stems.flatMap((stem) => sides.map((side) => stem + side)));
  const plain = names.filter((name) => !covered.has(name)).map((name) => `'${name}'`);
  return [...plain, ...stems.map((stem) => `\`${stem}\${Side}\``)].join("|");
}
