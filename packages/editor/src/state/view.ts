import { type Signal, signal } from "@preact/signals";
import type { ElementId } from "@waggle/template";

export type Device = "desktop" | "mobile";

/** A panel that opens over the canvas where the editor is too narrow to show it beside. */
export type PanelName = "outline" | "design" | "activity" | "history";

/** What this person looks at: never part of the document, never undone. */
export interface View {
  readonly selectedId: Signal<ElementId | undefined>;
  readonly hoveredId: Signal<ElementId | undefined>;
  /** The element whose text is being edited in place. */
  readonly editingId: Signal<ElementId | undefined>;
  readonly device: Signal<Device>;
  readonly rightTab: Signal<"design" | "activity">;
  /** The panel that is open over the canvas; `history` is a panel at every width. */
  readonly openPanel: Signal<PanelName | undefined>;
  /** Whether the sheet that tells how an agent connects is open. */
  readonly isConnecting: Signal<boolean>;
  /** Width of the editor itself in pixels; the window does not matter. */
  readonly width: Signal<number>;
}

export function createView(): View {
  return {
    selectedId: signal(undefined),
    hoveredId: signal(undefined),
    editingId: signal(undefined),
    device: signal("desktop"),
    rightTab: signal("design"),
    openPanel: signal(undefined),
    isConnecting: signal(false),
    width: signal(1440),
  };
}

/** Widths at which the layout changes; the same numbers stand in the container queries of `narrow.css`. */
export const breakpoints = { rail: 1100, noRight: 900, phone: 600 } as const;
