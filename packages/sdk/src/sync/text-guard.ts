import { WaggleError } from "@waggle/contract";
import { type ChangeSet, creates, isRichText, isTextCell, type NodeChange, type Snapshot } from "@waggle/template";
import { textFragment, whyNotBindable } from "@waggle/template/binding";
import type { Doc } from "./yjs.ts";

/**
 * Keeps this version from writing texts of a newer one, which may hold what this one knows nothing of. It comes with the
 * connection: without a server there is nothing newer.
 */
export const textGuard = {
  /** EDITOR_OUTDATED when a change edits or replaces texts that exist. */
  requireNoTexts(change: ChangeSet): void {
    if (Object.values(change).some((node) => !creates(node) && Object.values(node).some(isAboutText))) throw outdated();
  },

  /** The same change without its edits of texts that exist. */
  withoutTexts(change: ChangeSet): ChangeSet {
    const kept = Object.entries(change).map(([id, node]) => {
      const cells = Object.entries(node).filter(([, cell]) => creates(node) || !isAboutText(cell));
      return [id, Object.fromEntries(cells)] as const;
    });
    return Object.fromEntries(kept.filter(([, node]) => Object.keys(node).length > 0));
  },

  /** EDITOR_OUTDATED when some text holds what this version would leave out. */
  requireKnown(doc: Doc, snapshot: Snapshot): void {
    for (const [id, node] of snapshot.nodes.entries()) {
      for (const key in node) {
        const fragment = isRichText(node[key]) ? textFragment(doc, id, key) : undefined;
        if (fragment && whyNotBindable(fragment) !== undefined) throw outdated();
      }
    }
  },
} as const;

export type TextGuard = typeof textGuard;

function isAboutText(cell: NodeChange[string]): boolean {
  return isTextCell(cell) || isRichText(cell.before) || isRichText(cell.after);
}

function outdated(): WaggleError {
  return new WaggleError("EDITOR_OUTDATED", {
    message: "The server is newer than this editor, so texts can only be read here. Reload to get the newer editor.",
  });
}
