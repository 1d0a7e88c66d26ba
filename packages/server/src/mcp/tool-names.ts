import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { likeness as likenessOf, pairsOf } from "../policy/nearest-ids.ts";
import { quotable } from "./answers.ts";

/** Names that agents were taught for older versions of the contract. */
const oldNames: Readonly<Record<string, string>> = {
  delete_section: "delete_element",
  delete_block: "delete_element",
  set_template_styles: "set_email_default_styles",
  set_template_metadata: "set_email_metadata",
};

/** Names of ours are shorter; what a client sends may be anything. */
const longestCompared = 100;

const wordsOf = (name: string): string[] => name.toLowerCase().split(/[^a-z]+/);

/** The three names most like a wanted one, best first. All have their prefix. */
export function nearestNames(wanted: string, names: readonly string[], prefix: string): readonly string[] {
  const bare = wanted.startsWith(prefix)
    ? wanted.slice(prefix.length, longestCompared)
    : wanted.slice(0, longestCompared);
  const renamed = Object.hasOwn(oldNames, bare) ? oldNames[bare] : undefined;
  const pairs = pairsOf(bare);
  const words = new Set(wordsOf(bare));
  const likeness = (name: string): number => {
    const own = name.slice(prefix.length);
    if (own === bare || own === renamed) return Number.POSITIVE_INFINITY;
    return wordsOf(own).filter((word) => words.has(word)).length + likenessOf(pairs, pairsOf(own));
  };
  return [...names].sort((a, b) => likeness(b) - likeness(a)).slice(0, 3);
}

/** The protocol error for a tool that is not there. */
export function unknownTool(wanted: string, names: readonly string[], prefix: string): ProtocolError {
  const nearest = nearestNames(wanted, names, prefix).join(", ");
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `There is no tool ${quotable(wanted)}. Nearest: ${nearest}. Call tools/list for all.`,
  );
}
