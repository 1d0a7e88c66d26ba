import {
  applyChange,
  applyDelta,
  type ChangeSet,
  compose,
  Draft,
  exportPage,
  type Json,
  type Snapshot,
  type TextCodec,
  toHtml,
} from "@waggle/template";
import { countingIds, forEachSeed, type Random, randomDocument, randomStep, randomTyping } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { type JsonPatchOperation, pagePatch, type TemplateState } from "./page-patch.ts";

const codec: TextCodec = {
  parse: () => undefined,
  explain: () => "not read",
  serialise: toHtml,
  sanitise: (html) => html,
};
const stateOf = (snapshot: Snapshot): TemplateState => ({ snapshot, json: exportPage(snapshot, { codec }) });

/** RFC 6902, as far as patches here go: an add into a list inserts, and every parent has to be there. */
function patched(document: Json, patch: readonly JsonPatchOperation[]): Json {
  const root = { page: structuredClone(document) };
  for (const operation of patch) {
    const segments = ["page", ...operation.path.split("/").slice(1)].map((each) =>
      each.replaceAll("~1", "/").replaceAll("~0", "~"),
    );
    const last = segments.pop() ?? "";
    let owner: unknown = root;
    for (const segment of segments) owner = Reflect.get(Object(owner), segment);
    if (typeof owner !== "object" || owner === null) throw new Error(`Nothing at ${operation.path}.`);
    const isThere = Array.isArray(owner) ? Number(last) < owner.length : Object.hasOwn(owner, last);
    if (operation.op !== "add" && !isThere) throw new Error(`Nothing to ${operation.op} at ${operation.path}.`);
    if (operation.op === "remove") remove(owner, last);
    else if (Array.isArray(owner) && operation.op === "add") owner.splice(Number(last), 0, operation.value);
    else Reflect.set(owner, last, operation.value);
  }
  return root.page;
}

function remove(owner: object, key: string): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else Reflect.deleteProperty(owner, key);
}

function pageOf({ json }: TemplateState): Json {
  return typeof json === "object" && json !== null && "page" in json ? (json.page ?? null) : null;
}

/** Several edits as one change. */
function randomEdits(start: Snapshot, random: Random, newId: () => string): ChangeSet {
  let [snapshot, change]: [Snapshot, ChangeSet] = [start, {}];
  for (let step = 0; step < random.pick([1, 2, 5]); step++) {
    const draft = new Draft(snapshot);
    randomStep(draft, { random, newId, editText: (source, text) => applyDelta(text, randomTyping(source, text)) });
    change = compose(change, draft.changeSet());
    snapshot = applyChange(start, change);
  }
  return change;
}

describe("patches", () => {
  test("[CHG-2] applied to the page before, the patch gives the page after", () => {
    forEachSeed({ count: 60, atLeast: { operations: 6, structural: 1 } }, (random, tally) => {
      const newId = countingIds("new");
      let before = stateOf(randomDocument(random, { modules: 12 }));
      for (let turn = 0; turn < 6; turn++) {
        const change = randomEdits(before.snapshot, random, newId);
        const after = stateOf(applyChange(before.snapshot, change));
        const patch = pagePatch({ change, before, after });
        tally.count("operations", patch.length);
        tally.count("structural", patch.filter(({ op }) => op !== "replace").length);
        expect(patched(pageOf(before), patch)).toEqual(pageOf(after));
        before = after;
      }
    });
  });
});
