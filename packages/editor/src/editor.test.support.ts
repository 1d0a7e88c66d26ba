import { type Bee, createBee } from "@waggle/sdk";
import { FakeClock } from "@waggle/testing";
import { type MountedEditor, mountEditor } from "./mount-editor.tsx";

/** Ids of the elements of `samplePage`. */
export const ids = { row: "row-1", column: "column-1", title: "title-1", paragraph: "paragraph-1", button: "button-1" };

const prefix = "mailup-bee-newsletter-modules-";

/** A page with a title, a paragraph and a button, as page JSON. */
export function samplePage(): unknown {
  const style = { "padding-top": "10px", "padding-right": "10px", "padding-bottom": "10px", "padding-left": "10px" };
  const modules = [
    {
      uuid: ids.title,
      type: `${prefix}heading`,
      descriptor: {
        heading: { title: "h1", text: "Night trains", style: { color: "#14312b", "font-size": "32px" } },
        style,
      },
    },
    {
      uuid: ids.paragraph,
      type: `${prefix}paragraph`,
      descriptor: { paragraph: { html: "<p>Sleep on the way.</p>", style: { "font-size": "16px" } }, style },
    },
    {
      uuid: ids.button,
      type: `${prefix}button`,
      descriptor: {
        button: {
          label: "<p>Click here</p>",
          href: "https://example.com",
          style: { color: "#ffffff", "background-color": "#c8432b", "border-radius": "4px", width: "auto" },
        },
        style,
      },
    },
  ];
  const column = { uuid: ids.column, "grid-columns": 12, style: {}, modules };
  const row = {
    uuid: ids.row,
    type: "one-column-empty",
    container: { style: {} },
    content: { style: {} },
    columns: [column],
  };
  const body = { content: { computedStyle: { messageWidth: "600px" }, style: {} }, container: { style: {} } };
  return { page: { title: "Trains", body, rows: [row] } };
}

export interface TestEditor {
  readonly bee: Bee;
  readonly clock: FakeClock;
  readonly editor: MountedEditor;
  /** The shadow root the editor is in. */
  readonly shadow: ShadowRoot;
  /** The document the email is in. */
  readonly canvas: Document;
  close(): void;
}

interface OpenOptions {
  /** Stands between the real bee and the editor. */
  readonly wrap?: (bee: Bee) => Bee;
}

/** The real editor on a real bee with `samplePage`, without a server. */
export async function openEditor({ wrap = (bee) => bee }: OpenOptions = {}): Promise<TestEditor> {
  const clock = new FakeClock();
  const real = createBee({ server: "http://localhost:1", token: "none", username: "Maya", clock });
  await real.start(samplePage());
  const bee = wrap(real);
  const container = document.createElement("div");
  container.style.height = "800px";
  document.body.append(container);
  const editor = mountEditor(bee, container, { clock, username: "Maya" });
  const shadow = editor.element.shadowRoot;
  const canvas = shadow?.querySelector("iframe")?.contentDocument;
  if (!shadow || !canvas) throw new Error("The editor did not render.");
  const close = () => {
    editor.unmount();
    real.destroy();
    container.remove();
  };
  return { bee, clock, editor, shadow, canvas, close };
}

/** The element of the canvas with this id. */
export function elementIn(canvas: Document, id: string): HTMLElement {
  const element = canvas.querySelector<HTMLElement>(`[data-uuid="${id}"]`);
  if (!element) throw new Error(`${id} is not on the canvas.`);
  return element;
}
