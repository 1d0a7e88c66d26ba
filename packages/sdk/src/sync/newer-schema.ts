import { WaggleError } from "@waggle/contract";
import { type ChangeSet, creates, isRichText, isTextCell, type NodeChange, type Snapshot } from "@waggle/template";
import { textFragment, whyNotBindable } from "@waggle/template/binding";
import type { Doc } from "./yjs.ts";

/** Whether a change edits or replaces texts that exist. */
export function writesTexts(change: ChangeSet): boolean {
  return Object.values(change).some((node) => !creates(node) && Object.values(node).some(isAboutText));
}

/** The same change without its edits of texts that exist. */
export function withoutTexts(change: ChangeSet): ChangeSet {
  const kept = Object.entries(change).map(([id, node]) => {
    const cells = Object.entries(node).filter(([, cell]) => creates(node) || !isAboutText(cell));
    return [id, Object.fromEntries(cells)] as const;
  });
  return Object.fromEntries(kept.filter(([, node]) => Object.keys(node).length > 0));
}

function isAboutText(cell: NodeChange[string]): boolean {
  return isTextCell(cell) || isRichText(cell.before) || isRichText(cell.after);
}

/** Whether some text holds what this version would leave out. */
export function hasUnknownTexts(doc: Doc, snapshot: Snapshot): boolean {
  for (const [id, node] of snapshot.nodes.entries()) {
    for (const key in node) {
      const fragment = isRichText(node[key]) ? textFragment(doc, id, key) : undefined;
      if (fragment && whyNotBindable(fragment) !== undefined) return true;
    }
  }
  return false;
}

export function outdated(): WaggleError {
  return new WaggleError("EDITOR_OUTDATED", {
    message: "The server is newer than this editor, so texts can only be read here. Reload to get the newer editor.",
  });
}
