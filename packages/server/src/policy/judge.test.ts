import { WaggleError } from "@waggle/contract";
import { type OperationContext, operations, runOperation } from "@waggle/operations";
import {
  applyChange,
  Draft,
  emptySnapshot,
  importPage,
  type Json,
  newElementId,
  type Snapshot,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { describe, expect, test } from "vitest";
import type { Hold } from "./holds.ts";
import { requireAllowed } from "./judge.ts";
import type { Access, Policy } from "./policy.ts";

const module = (uuid: string, type: string, descriptor: Json): Json => ({
  uuid,
  type: `mailup-bee-newsletter-modules-${type}`,
  descriptor,
});
const column = (uuid: string, width: number, ...modules: Json[]): Json => ({ uuid, "grid-columns": width, modules });

const page: Json = {
  page: {
    rows: [
      {
        uuid: "row-1",
        columns: [
          column("left", 6, module("title", "heading", { heading: { title: "h1", text: "Spring", style: {} } })),
          column("right", 6, module("image", "image", { image: { src: "https://example.com/a.png", alt: "" } })),
        ],
      },
      {
        uuid: "row-2",
        columns: [column("wide", 12, module("button", "button", { button: { label: "Buy", href: "#", style: {} } }))],
      },
    ],
  },
};
const snapshot: Snapshot = applyChange(emptySnapshot, importPage(page, { newId: newElementId, codec: htmlCodec }));

function changeBy(name: string, input: object) {
  const operation = operations.find((each) => each.name === name);
  if (!operation) throw new Error(`No operation ${name}.`);
  const draft = new Draft(snapshot);
  const context: OperationContext = { draft, newId: newElementId, codec: htmlCodec };
  runOperation(operation, context, input);
  return { operation: name, change: draft.changeSet(), snapshot };
}

/** The code and data of the refusal; undefined when the change may be made. */
function judge([name, input]: readonly [string, object], policy: Policy, holds: readonly Hold[] = []) {
  try {
    requireAllowed(changeBy(name, input), { policies: [policy], holds });
    return undefined;
  } catch (failure) {
    if (failure instanceof WaggleError) return failure;
    throw failure;
  }
}

const text = ["update_title", { elementId: "title", text: "Summer" }] as const;
const subject = ["set_email_metadata", { subject: "Summer" }] as const;
const alt = ["update_image", { elementId: "image", alt: "A field" }] as const;
const color = ["update_title", { elementId: "title", color: "#112233" }] as const;
const hide = ["update_title", { elementId: "title", hideOnMobile: true }] as const;
const columnPadding = ["update_column_style", { columnId: "left", paddingTop: 8 }] as const;
const defaults = ["set_email_default_styles", { backgroundColor: "#112233" }] as const;
const link = ["update_button", { elementId: "button", href: "https://example.com" }] as const;
const picture = ["update_image", { elementId: "image", src: "https://example.com/b.png" }] as const;
const both = ["update_title", { elementId: "title", text: "Summer", color: "#112233" }] as const;
const add = ["add_title", { section: 0, text: "New" }] as const;
const addSection = ["add_section", { columns: [12] }] as const;
const remove = ["delete_element", { elementId: "button" }] as const;
const removeColumn = ["delete_element", { elementId: "right" }] as const;

const everything = [
  text,
  subject,
  alt,
  color,
  hide,
  columnPadding,
  defaults,
  link,
  picture,
  both,
  add,
  addSection,
  remove,
  removeColumn,
];
const allowed: Readonly<Record<Access, readonly (readonly [string, object])[]>> = {
  full: everything,
  "no-structure": [text, subject, alt, color, hide, columnPadding, defaults, link, picture, both],
  "text-only": [text, subject, alt],
  "style-only": [color, hide, columnPadding, defaults],
  "read-only": [],
};

describe.each(Object.entries(allowed))("[POL-4] access %s", (access, may) => {
  test.each(everything.map((each) => [JSON.stringify(each), each] as const))("%s", (_title, each) => {
    // The names of the table.
    const refusal = judge(each, { access: access as Access });
    if (may.includes(each)) expect(refusal).toBeUndefined();
    else
      expect(refusal).toMatchObject({
        code: "POLICY_REFUSED",
        data: { access },
        message: expect.stringMatching(/Nothing was written/),
      });
  });
});

test("[POL-4] a refusal says what is allowed, and what the call would have changed", () => {
  expect(judge(both, { access: "text-only" })).toMatchObject({
    message: "update_title: agents may change texts only here, and this call would change style. Nothing was written.",
    data: { allowed: ["text"], refused: ["style"], elements: [{ elementId: "title" }] },
  });
});

test.each([
  ["row-1", text, "title"],
  ["row-1", columnPadding, "left"],
  ["row-1", removeColumn, "right"],
  ["left", text, "title"],
  ["title", text, "title"],
  ["title", ["delete_element", { elementId: "left" }] as const, "left"],
  ["title", ["delete_element", { elementId: "row-1" }] as const, "row-1"],
])("[POL-5] %s is protected with all inside, and is not taken away with what it is in: %j", (id, each, through) => {
  expect(judge(each, { protectedElements: [id] })).toMatchObject({
    code: "POLICY_REFUSED",
    data: { elements: expect.arrayContaining([{ elementId: through }]) },
  });
});

test("[POL-5] nothing is added to what is protected, and the rest may be changed", () => {
  expect(judge(add, { protectedElements: ["row-1"] })).toMatchObject({ code: "POLICY_REFUSED" });
  expect(judge(add, { protectedElements: ["left"] })).toMatchObject({ code: "POLICY_REFUSED" });
  expect(judge(add, { protectedElements: ["right", "row-2", "title"] })).toBeUndefined();
  expect(judge(link, { protectedElements: ["row-1"] })).toBeUndefined();
  expect(judge(remove, { protectedElements: ["row-1"] })).toBeUndefined();
});

test("[LOCK-2] what is held inside of something is not deleted with it; beside it all is free", () => {
  const held: Hold = { elementId: "image", name: "Maya", handle: "maya" };
  expect(judge(removeColumn, {}, [held])).toMatchObject({ code: "LOCKED" });
  expect(judge(text, {}, [held])).toBeUndefined();
  expect(judge(add, {}, [held])).toBeUndefined();
});
