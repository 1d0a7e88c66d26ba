import type { Json } from "../document/value.ts";
import { type ModuleType, moduleTypes, parseModuleType } from "../modules/module-types.ts";
import { mismatchAt, requireJson } from "./check-json.ts";
import { isJsonObject, type JsonObject, joinPointer } from "./pointer.ts";

/** A module that has no place in what a template was converted to. */
export interface LeftOut {
  /** JSON pointer into the template as it was. */
  readonly pointer: string;
  readonly elementId?: string;
  /** What people call it: "Form". */
  readonly what: string;
  readonly reason: string;
}

export interface Repurposed {
  readonly template: JsonObject;
  readonly leftOut: readonly LeftOut[];
}

type Purpose = "email" | "page";

/** Module types that one of the two can't show, and why. */
const reasons: Readonly<Record<Purpose, Readonly<Partial<Record<ModuleType, string>>>>> = {
  email: { form: "Mail clients don't send forms." },
  page: {},
};

/** What the two call the same thing in `head.meta`. */
const details: Readonly<Record<Purpose, readonly (readonly [name: string, from: string])[]>> = {
  email: [
    ["subject", "title"],
    ["preheader", "description"],
  ],
  page: [
    ["title", "subject"],
    ["description", "preheader"],
  ],
};

/**
 * A landing page as an e-mail: what mail clients can't show is left out and listed; title and description become subject and
 * preheader where these are missing. Everything else stays as it is. Throws INVALID_TEMPLATE with the place.
 */
export function pageToEmail(template: unknown): Repurposed {
  return repurposed(template, "email");
}

/** An e-mail as a landing page; see `pageToEmail`. */
export function emailToPage(template: unknown): Repurposed {
  return repurposed(template, "page");
}

function repurposed(json: unknown, purpose: Purpose): Repurposed {
  requireJson(json);
  const page = isJsonObject(json) ? json.page : undefined;
  if (!isJsonObject(json) || !isJsonObject(page)) throw mismatchAt("/page", "an object with the page", page);
  const leftOut: LeftOut[] = [];
  const keep = (module: Json, pointer: string): boolean => {
    const loss = lossOf(module, { pointer, purpose });
    if (loss) leftOut.push(loss);
    return !loss;
  };
  const rows = mapList(page.rows, "/page/rows", (row, rowPlace) => ({
    ...row,
    ...entry(
      "columns",
      mapList(row.columns, `${rowPlace}/columns`, (column, place) => ({
        ...column,
        ...entry("modules", filterList(column.modules, `${place}/modules`, keep)),
      })),
    ),
  }));
  const head = withDetails(page, purpose);
  return { template: { ...json, page: { ...page, ...entry("head", head), ...entry("rows", rows) } }, leftOut };
}

const entry = (name: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [name]: value });

function lossOf(module: Json, { pointer, purpose }: { pointer: string; purpose: Purpose }): LeftOut | undefined {
  if (!isJsonObject(module)) throw mismatchAt(pointer, "an object with the module", module);
  const type = parseModuleType(module.type);
  const reason = reasons[purpose][type];
  if (reason === undefined) return undefined;
  const { uuid } = module;
  return { pointer, ...(typeof uuid === "string" ? { elementId: uuid } : {}), what: moduleTypes[type].label, reason };
}

function withDetails({ head, title, description }: JsonObject, purpose: Purpose): Json | undefined {
  const owner = isJsonObject(head) ? head : {};
  const meta = isJsonObject(owner.meta) ? owner.meta : {};
  // Older templates have title and description beside the head.
  const known: JsonObject = { ...entry("title", title), ...entry("description", description), ...withoutEmpty(meta) };
  const added = details[purpose].flatMap(([name, from]): [string, Json][] => {
    const value = known[from];
    return isText(meta[name]) || !isText(value) ? [] : [[name, value ?? ""]];
  });
  return added.length === 0 ? head : { ...owner, meta: { ...meta, ...Object.fromEntries(added) } };
}

const isText = (value: Json | undefined): boolean => typeof value === "string" && value.trim() !== "";

const withoutEmpty = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => isText(value)));

function mapList(
  list: Json | undefined,
  pointer: string,
  change: (element: JsonObject, pointer: string) => Json,
): Json | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw mismatchAt(pointer, "a list", list);
  return (list as readonly Json[]).map((element, index) => {
    const place = joinPointer(pointer, index);
    if (!isJsonObject(element)) throw mismatchAt(place, "an object", element);
    return change(element, place);
  });
}

function filterList(
  list: Json | undefined,
  pointer: string,
  keep: (element: Json, pointer: string) => boolean,
): Json | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw mismatchAt(pointer, "a list", list);
  return (list as readonly Json[]).filter((element, index) => keep(element, joinPointer(pointer, index)));
}
