/** The two Yjs types that show in the SDK's face. Files outside `sync/` name them through here and never import yjs. */
export type { Doc, XmlFragment } from "yjs";
