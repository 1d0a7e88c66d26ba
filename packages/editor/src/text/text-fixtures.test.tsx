import { createBee } from "@waggle/sdk";
import { isRichText, toHtml } from "@waggle/template";
import { textConstructs } from "@waggle/testing";
import { AllSelection, EditorState } from "prosemirror-state";
import { expect, onTestFinished, test } from "vitest";
import { initProseMirrorDoc } from "y-prosemirror";
import { encodeStateVector, type XmlFragment } from "yjs";
import { copiedFrom } from "./copied.ts";
import { mountProseEditor, type ProseEditor } from "./prose-editor.ts";
import { textSchema } from "./text-schema.ts";

const key = "/descriptor/paragraph/html";
const fixtures = textConstructs.filter(({ as }) => as !== "opaque");

/** A document with each construct as the text of a paragraph. */
async function documentOfAll() {
  const modules = textConstructs.map(({ html }, index) => ({
    uuid: `text-${index}`,
    type: "mailup-bee-newsletter-modules-paragraph",
    descriptor: { paragraph: { html } },
  }));
  const bee = createBee({ server: "http://localhost:1", token: "none" });
  onTestFinished(() => bee.destroy());
  await bee.start({ page: { rows: [{ uuid: "r", columns: [{ uuid: "c", "grid-columns": 12, modules }] }] } });
  const fragmentOf = (html: string): XmlFragment | undefined =>
    bee.textFragment(`text-${textConstructs.findIndex((each) => each.html === html)}`, key);
  return { bee, fragmentOf };
}

function mount(fragment: XmlFragment): { readonly prose: ProseEditor; readonly host: HTMLElement } {
  const host = document.createElement("div");
  document.body.append(host);
  onTestFinished(() => host.remove());
  const prose = mountProseEditor({
    fragment,
    host,
    isSingleBlock: false,
    label: "text",
    onUndo: () => undefined,
    onRedo: () => undefined,
    onExit: () => undefined,
    onLink: () => undefined,
    onLost: () => undefined,
    onState: () => undefined,
    onCaret: () => undefined,
  });
  if (typeof prose === "string") throw new Error(prose);
  return { prose, host };
}

test("opening, focusing and closing any text changes nothing", async () => {
  const { bee, fragmentOf } = await documentOfAll();
  const before = JSON.stringify((await bee.getTemplateJson()).data.json);
  const vector = encodeStateVector(bee.doc);
  const updates: unknown[] = [];
  bee.doc.on("update", (update) => updates.push(update));
  for (const { html } of fixtures) {
    const fragment = fragmentOf(html);
    if (!fragment) throw new Error(`No live text: ${html}`);
    const { prose } = mount(fragment);
    prose.focus();
    prose.placeCaret(undefined);
    prose.destroy();
  }
  expect(updates).toEqual([]);
  expect(encodeStateVector(bee.doc)).toEqual(vector);
  expect(JSON.stringify((await bee.getTemplateJson()).data.json)).toBe(before);
  expect(fixtures.length).toBeGreaterThan(35);
});

test("what is copied of a whole text is the template's own HTML of it", async () => {
  const { bee, fragmentOf } = await documentOfAll();
  for (const { html } of fixtures) {
    const fragment = fragmentOf(html);
    const text = bee.template.nodes.get(`text-${textConstructs.findIndex((each) => each.html === html)}`)?.[key];
    if (!fragment || !isRichText(text)) throw new Error(`No live text: ${html}`);
    const { doc } = initProseMirrorDoc(fragment, textSchema);
    const state = EditorState.create({ doc, selection: new AllSelection(doc) });
    // Where nothing can be selected, such as in an empty text, nothing is copied.
    expect(copiedFrom(state)?.html).toBe(toHtml(text));
  }
});
