import { type AnyOperation, objectSchema, toCommandName } from "@waggle/contract";
import {
  capitalised,
  fieldsType,
  fieldTypes,
  findGroups,
  type Group,
  type Taker,
  takerType,
  unused,
} from "./field-groups.ts";
import { declareField, type Field, fieldsOf, typeOf } from "./schema-types.ts";

/** A function of `bee`. */
interface Declared extends Taker {
  readonly answer: string;
}

/** `addTitle` and `updateTitle`: what one takes when it makes a block, the other takes in any part. */
interface Pair extends Taker {
  readonly add: string;
  readonly update: string;
}

/** Models know it without being told. */
const ambient = "declare const console:Record<'log'|'info'|'warn'|'error'|'debug',(...values:any[])=>void>;";

/** The findings of `bee.check()`, as they are in the answer of every script. */
const checkFunction = "check():{category:string;elementId?:string;message:string}[]";

/**
 * The whole API in one declaration file for models: what functions have in common is said once. Generated from the
 * schemas of the catalogue, so it can't be wrong about them.
 */
export function declareApi(catalogue: readonly AnyOperation[]): string {
  const functions = catalogue.map(declared);
  const { pairs, place, id, added, updated, rest } = findPairs(functions);
  const groups = findGroups([...pairs, ...rest]);
  const body = [
    ...groups.map(({ name, fields }) => `type ${name}=${fieldsType(fields)}`),
    ...pairs.map((pair) => `type ${pair.name}=${takerType(pair, groups)}`),
    ...(pairs.length > 0
      ? [`type Add<T>=(p:${fieldsType(place)}&T)=>${added}`, `type Upd<T>=(p:${fieldsType(id)}&Partial<T>)=>${updated}`]
      : []),
    "interface Bee{",
    ...pairs.map(({ name, add, update }) => `${add}:Add<${name}>;${update}:Upd<${name}>`),
    ...rest.map((each) => declareFunction(each, groups)),
    checkFunction,
    "}",
    "declare const bee:Bee",
  ].join("\n");
  return `${fieldTypes}\n${withAliases(body, functions)}`;
}

/** The declarations scripts are checked against. */
export function declareForCheck(api: string): string {
  return `${api};\n${ambient}\n`;
}

/** The operations by the names of their functions. */
export function functionsOf<Each extends AnyOperation>(catalogue: readonly Each[]): ReadonlyMap<string, Each> {
  return new Map(catalogue.map((operation) => [toCommandName(operation.name), operation]));
}

function declared({ name, input, output }: AnyOperation): Declared {
  return {
    name: toCommandName(name),
    fields: fieldsOf(objectSchema(input, "input")),
    answer: typeOf(objectSchema(output, "output")),
  };
}

interface Pairs {
  readonly pairs: readonly Pair[];
  /** What every `add…` takes besides. */
  readonly place: readonly Field[];
  /** What every `update…` takes besides. */
  readonly id: readonly Field[];
  readonly added: string;
  readonly updated: string;
  /** Functions that are in no pair. */
  readonly rest: readonly Declared[];
}

/** The pairs that are made alike: the same answers, and the same besides. The first pair is the model. */
function findPairs(functions: readonly Declared[]): Pairs {
  const byName = new Map(functions.map((each) => [each.name, each]));
  const candidates = functions.flatMap((add) => {
    const update = add.name.startsWith("add") ? byName.get(add.name.replace("add", "update")) : undefined;
    return update ? [apart(add, update)] : [];
  });
  const [model] = candidates;
  const alike = candidates.filter((each) => model !== undefined && each.isPair && each.besides === model.besides);
  const paired = new Set(alike.flatMap(({ pair }) => [pair.add, pair.update]));
  return {
    pairs: alike.map(({ pair }) => pair),
    place: model?.place ?? [],
    id: model?.id ?? [],
    added: model?.added ?? "",
    updated: model?.updated ?? "",
    rest: functions.filter(({ name }) => !paired.has(name)),
  };
}

/** What two functions share, and what each takes besides. */
function apart(add: Declared, update: Declared) {
  const [inAdd, inUpdate] = [typesOf(add), typesOf(update)];
  const place = add.fields.filter(({ name }) => !inUpdate.has(name));
  const id = update.fields.filter(({ name }) => !inAdd.has(name));
  const shared = add.fields.filter(({ name }) => inUpdate.has(name));
  const name = add.name.slice("add".length);
  return {
    pair: { name, fields: shared, add: add.name, update: update.name },
    place,
    id,
    added: add.answer,
    updated: update.answer,
    isPair: shared.every((field) => inUpdate.get(field.name) === field.type),
    besides: [...place.map(declareField), "=>", add.answer, ...id.map(declareField), "=>", update.answer].join(),
  };
}

const typesOf = ({ fields }: Declared): ReadonlyMap<string, string> =>
  new Map(fields.map(({ name, type }) => [name, type]));

function declareFunction(each: Declared, groups: readonly Group[]): string {
  const { name, fields, answer } = each;
  const isOptional = fields.every((field) => field.isOptional);
  return `${name}(p${isOptional ? "?" : ""}:${takerType(each, groups)}):${answer}`;
}

/** `updateTitle` answers with `Updated`, `setEmailMetadata` with `SetAnswer`. */
function answerName(functionName: string): string {
  const verb = functionName.replace(/[A-Z].*$/, "");
  return verb.endsWith("e") ? `${verb}d` : `${verb}Answer`;
}

/** Shorter types are not worth a name. */
const shortestNamed = 18;

/** Long types that occur several times get a name: unions of words, and the answers of functions. */
function withAliases(text: string, functions: readonly Declared[]): string {
  const inner = functions.flatMap(({ fields }) => fields.map(({ name, type }): [string, string] => [type, name]));
  const answers = functions.map(({ name, answer }): [string, string] => [answer, answerName(name)]);
  // Of several names for one type the shortest stays.
  const byLength = [...answers, ...inner].toSorted(([, a], [, b]) => b.length - a.length);
  const wanted = new Map(byLength.filter(([type]) => type.length > shortestNamed));
  const taken = new Set([...text.matchAll(/\btype (\w+)/g)].map((match) => match[1] ?? ""));
  const aliases: string[] = [];
  let shortened = text;
  for (const [type, name] of [...wanted].sort(([a], [b]) => b.length - a.length)) {
    if (shortened.split(type).length < 3) continue;
    const alias = unused(capitalised(name), taken);
    taken.add(alias);
    shortened = shortened.replaceAll(type, alias);
    aliases.push(`type ${alias}=${type}`);
  }
  return [...aliases, shortened].join("\n");
}
