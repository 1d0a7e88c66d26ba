import { effect, untracked } from "@preact/signals";
import { type Snapshot, settingsId } from "@waggle/template";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { onShortcut } from "../shell/shortcuts.ts";
import type { Editor } from "../state/editor.ts";
import { useEditor } from "../state/editor-context.ts";
import { followTextEditing } from "../text/text-editing.ts";
import { words } from "../words.ts";
import { prepareCanvasDocument } from "./canvas-document.ts";
import { listenToCanvas } from "./canvas-events.ts";
import { CanvasFrame } from "./canvas-frame.ts";
import { EmptyTemplate } from "./empty-template.tsx";
import { Frames } from "./frames.tsx";

const phoneWidth = 375;
const defaultWidth = 600;

/** The email in a frame of its own, and over it the frames that say what is selected and who is where. */
export function Canvas(): JSX.Element {
  const editor = useEditor();
  const scroller = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  useLayoutEffect(() => {
    const parts = { frame: frame.current, page: page.current, scroller: scroller.current };
    if (!parts.frame || !parts.page || !parts.scroller) return undefined;
    return openCanvas(editor, { frame: parts.frame, page: parts.page, scroller: parts.scroller });
  }, [editor]);

  const messageWidth = messageWidthOf(editor.live.template.value);
  const isPhone = editor.view.device.value === "mobile";
  useLayoutEffect(() => editor.canvas.peek()?.fit(), [editor, isPhone, messageWidth]);
  const width = isPhone ? `${phoneWidth}px` : `min(${messageWidth}px, 100%)`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with keys
    <section class="wg-canvas" ref={scroller} aria-label={words.canvas.region} data-region tabIndex={0}>
      <div class="stage">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the email lets the selection go; Escape does too */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <div class="backdrop" onClick={() => editor.select(undefined)} />
        <div class={`wg-page ${isPhone ? "phone" : ""}`} style={{ width }}>
          {isPhone ? <span class="wpx">{words.canvas.width(phoneWidth)}</span> : null}
          <div class="paper" ref={page} data-message-width={messageWidth}>
            <iframe
              ref={frame}
              title={words.canvas.email}
              // Scripts are allowed for the editor's own listeners; those of the email are stopped by the frame's policy.
              sandbox="allow-same-origin allow-scripts"
            />
          </div>
          <Frames />
          <EmptyTemplate />
        </div>
      </div>
    </section>
  );
}

/** Width of the message in pixels. */
function messageWidthOf(template: Snapshot): number {
  const width = template.nodes.get(settingsId)?.["/page/body/content/computedStyle/messageWidth"];
  const pixels = Number.parseFloat(String(width));
  return Number.isFinite(pixels) && pixels > 0 ? pixels : defaultWidth;
}

interface OpenParts {
  readonly frame: HTMLIFrameElement;
  readonly page: HTMLElement;
  readonly scroller: HTMLElement;
}

function openCanvas(editor: Editor, parts: OpenParts): () => void {
  let close = attach(editor, parts);
  // Firefox replaces the document of a new frame once it has loaded.
  const onLoad = () => {
    if (parts.frame.contentDocument === editor.canvas.peek()?.document) return;
    close();
    close = attach(editor, parts);
  };
  parts.frame.addEventListener("load", onLoad);
  return () => {
    parts.frame.removeEventListener("load", onLoad);
    close();
  };
}

function attach(editor: Editor, parts: OpenParts): () => void {
  const document = prepareCanvasDocument(parts.frame, words.canvas.email);
  if (!document) return () => undefined;
  const canvas = new CanvasFrame({ ...parts, document });
  const listening = new AbortController();
  listenToCanvas(editor, canvas, listening.signal);
  document.addEventListener("keydown", (event) => onShortcut(editor, event), { signal: listening.signal });
  const stop = effect(() => {
    const [template, editing] = [editor.live.drawn.value, editor.view.editingId.value];
    untracked(() => canvas.update(template, { editing }));
  });
  // Later sizes are told by observers; the first one is there before anything is painted.
  canvas.fit();
  const stopMeasuring = effect(() => measure(editor, canvas));
  editor.canvas.value = canvas;
  const stopEditing = effect(() => followTextEditing(editor, canvas));
  return () => {
    editor.canvas.value = undefined;
    stopEditing();
    stopMeasuring();
    stop();
    listening.abort();
    canvas.close();
  };
}

/** Runs as soon as there is something new to draw a frame around, and before anything is drawn. */
function measure({ view, touches, live }: Editor, canvas: CanvasFrame): void {
  void canvas.layout.value;
  const ids = new Set(touches.current.value.keys());
  for (const { selection, isSelf } of live.people.value) if (selection !== undefined && !isSelf) ids.add(selection);
  for (const id of [view.selectedId.value, view.hoveredId.value]) if (id !== undefined) ids.add(id);
  untracked(() => canvas.measure(ids));
}
