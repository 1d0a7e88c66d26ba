import type { Json } from "@waggle/template";

/** A page of one section and one column with these modules; each `type` is a name such as "list". */
export function pageOf(...modules: readonly (readonly [type: string, uuid: string, descriptor: Json])[]): Json {
  const column = {
    uuid: "column-1",
    "grid-columns": 12,
    modules: modules.map(([type, uuid, descriptor]) => ({
      uuid,
      type: `mailup-bee-newsletter-modules-${type}`,
      descriptor,
    })),
  };
  return { page: { rows: [{ uuid: "row-1", columns: [column] }] } };
}
