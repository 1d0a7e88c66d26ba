import type { JsonSchema } from "@waggle/contract";

/** One argument of a function, as TypeScript. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
}

/** The properties of an object schema. */
export function fieldsOf(schema: JsonSchema): readonly Field[] {
  const required = new Set(listOf(schema.required));
  return Object.entries(recordOf(schema.properties)).map(([name, value]) => ({
    name,
    type: typeOf(recordOf(value)),
    isOptional: !required.has(name),
  }));
}

/** A field as it is declared: `text?:string`. */
export function declareField({ name, type, isOptional }: Field): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `${key}${isOptional ? "?" : ""}:${type}`;
}

/** A JSON Schema as a TypeScript type in few characters; what has no plain type is `any`. */
export function typeOf(schema: JsonSchema): string {
  const variants = listOf(schema.anyOf ?? schema.oneOf);
  if (variants.length > 0) return union(variants.map((each) => typeOf(recordOf(each))));
  const words = listOf(schema.enum);
  if (words.length > 0) return union(words.map(literal));
  if (schema.const !== undefined) return literal(schema.const);
  if (Array.isArray(schema.type)) return union(schema.type.map((each) => typeOf({ ...schema, type: each })));
  return ofType(schema);
}

const plain: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
};

function ofType(schema: JsonSchema): string {
  if (schema.type === "array") return listType(typeOf(recordOf(schema.items)));
  if (schema.type === "object") return objectType(schema);
  return plain[String(schema.type)] ?? "any";
}

function listType(member: string): string {
  return /[|&]/.test(member) && !member.startsWith("{") ? `(${member})[]` : `${member}[]`;
}

function objectType(schema: JsonSchema): string {
  const fields = fieldsOf(schema);
  if (fields.length > 0) return `{${fields.map(declareField).join(";")}}`;
  const values = schema.additionalProperties;
  return `Record<string,${typeof values === "object" && values !== null ? typeOf(recordOf(values)) : "any"}>`;
}

const union = (types: readonly string[]): string => [...new Set(types)].join("|");

const literal = (value: unknown): string =>
  typeof value === "string" ? `'${value.replaceAll("'", "\\'")}'` : String(value);

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : {};
}
