import { applyChange, type ElementId, type Snapshot, walk } from "@waggle/template";
import { countingIds, Random, randomChange, randomDocument } from "@waggle/testing";
import { expect, test } from "vitest";
import { createCanvasRenderer } from "./canvas-renderer.ts";

const histories = 40;
const changesEach = 12;

test("however a template got where it is, the canvas shows it as if drawn at once", () => {
  const [patched, fresh] = [frameDocument(), frameDocument()];
  let redrawn = 0;
  for (let seed = 1; seed <= histories; seed++) {
    const random = new Random(seed);
    const canvas = createCanvasRenderer(patched);
    let snapshot = randomDocument(random, { modules: random.between(4, 14) });
    for (const next of history(snapshot, random)) {
      const held = random.chance(0.3) ? anyModule(snapshot, random) : undefined;
      canvas.update(snapshot, held === undefined ? {} : { skip: held });
      if (next !== snapshot) redrawn += 1;
      snapshot = next;
    }
    canvas.update(snapshot);
    expect(told(patched.body), `seed ${seed}`).toEqual(drawnAtOnce(fresh, snapshot));
    for (const { id } of walk(snapshot)) expect(canvas.elementFor(id)?.dataset.uuid, `seed ${seed}`).toBe(id);
    canvas.destroy();
  }
  expect(redrawn).toBeGreaterThan((histories * changesEach) / 2);
});

function* history(start: Snapshot, random: Random): Generator<Snapshot> {
  const newId = countingIds("new");
  let snapshot = start;
  for (let i = 0; i < changesEach; i++) {
    snapshot = applyChange(snapshot, randomChange(snapshot, { random, newId }));
    yield snapshot;
  }
}

function anyModule(snapshot: Snapshot, random: Random): ElementId | undefined {
  const modules = [...walk(snapshot)].filter(({ kind }) => kind === "module");
  return modules.length === 0 ? undefined : random.pick(modules).id;
}

function drawnAtOnce(document: Document, snapshot: Snapshot): Told {
  const canvas = createCanvasRenderer(document);
  canvas.update(snapshot);
  const shown = told(document.body);
  canvas.destroy();
  return shown;
}

type Told =
  | string
  | { tag: string; attributes: readonly string[]; style: readonly string[]; children: readonly Told[] };

/** What a DOM says, whatever the order in which its attributes and styles were set. */
function told(node: Node): Told {
  if (!isElement(node)) return node.nodeValue ?? "";
  const attributes = [...node.attributes].filter(({ name }) => name !== "style");
  return {
    tag: node.tagName,
    attributes: attributes.map(({ name, value }) => `${name}=${value}`).sort(),
    style: [...node.style].map((property) => `${property}:${node.style.getPropertyValue(property)}`).sort(),
    children: [...node.childNodes].map(told),
  };
}

function isElement(node: Node): node is HTMLElement {
  return node.nodeType === 1;
}

function frameDocument(): Document {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  if (!frame.contentDocument) throw new Error("The frame has no document.");
  return frame.contentDocument;
}
