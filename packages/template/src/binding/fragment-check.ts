import * as Y from "yjs";
import { isMarkName, markAttributes, type NodeName, nodeAttributes } from "../rich-text/marks.ts";

/**
 * Why a text editor must not be bound to a fragment, or undefined when it may. Editors delete what they don't know, for
 * everyone: ask before each binding.
 */
export function whyNotBindable(fragment: Y.XmlFragment): string | undefined {
  return whyNotChildren(fragment, "doc");
}

/** What may stand in a node. */
const allowedChildren: { readonly [parent in NodeName | "doc"]: readonly NodeName[] } = {
  doc: ["paragraph", "list", "box", "rawBlock"],
  box: ["paragraph", "list", "box", "rawBlock"],
  item: ["paragraph", "list", "box", "rawBlock"],
  list: ["item"],
  paragraph: ["raw"],
  rawBlock: [],
  raw: [],
};

function whyNotChildren(parent: Y.XmlFragment, name: NodeName | "doc"): string | undefined {
  return firstReason(parent.toArray(), (child: unknown) => {
    if (child instanceof Y.XmlText) return name === "paragraph" ? whyNotText(child) : `text directly in ${name}`;
    if (!(child instanceof Y.XmlElement)) return `something foreign in ${name}`;
    const allowed = allowedChildren[name].find((known) => known === child.nodeName);
    if (!allowed) return `${child.nodeName} in ${name}`;
    const unknown = Object.keys(child.getAttributes()).find((key) => !(key in nodeAttributes[allowed]));
    return unknown === undefined ? whyNotChildren(child, allowed) : `attribute ${unknown} of ${allowed}`;
  });
}

interface DeltaOp {
  readonly insert: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

function whyNotText(text: Y.XmlText): string | undefined {
  return firstReason(text.toDelta(), ({ insert, attributes = {} }: DeltaOp) => {
    if (typeof insert !== "string") return "something foreign in a text";
    return firstReason(Object.entries(attributes), ([name, value]) => {
      if (!isMarkName(name)) return `mark ${name}`;
      const unknown = Object.keys(value ?? {}).find((key) => !(key in markAttributes[name]));
      return unknown === undefined ? undefined : `attribute ${unknown} of ${name}`;
    });
  });
}

function firstReason<T>(values: readonly T[], check: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const reason = check(value);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
