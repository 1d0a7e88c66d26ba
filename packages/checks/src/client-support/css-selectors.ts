import type { Token } from "./css-tokens.ts";
import type { See } from "./sightings.ts";

/** Pseudo-classes whose brackets hold selectors; what others hold (`2n+1`, `de`) is none of our business. */
const holdsSelectors: ReadonlySet<string> = new Set(["not", "has", "is", "where"]);
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const combinators: Readonly<Record<string, string>> = { ">": "child", "+": "adjacent-sibling", "~": "general-sibling" };

/** Sees what kinds of selectors a list of them is made of. */
export function seeSelectors(tokens: readonly Token[], see: See): void {
  const reader = new SelectorReader(see);
  for (const token of tokens) reader.read(token);
  if (reader.isGrouped) see("selector", "grouping");
}

class SelectorReader {
  readonly #see: See;
  /** What closes each open bracket. */
  readonly #closers: string[] = [];
  /** How many of them are open since one that holds no selectors. */
  #hidden = 0;
  #before = "";
  #hasSpace = false;
  #isInCompound = false;
  /** Classes and ids of the compound. */
  #names = 0;
  isGrouped = false;

  constructor(see: See) {
    this.#see = see;
  }

  read(token: Token): void {
    if (this.#hidden > 0 || token.text === this.#closers.at(-1)) this.#skip(token);
    else if (token.kind === "space") this.#hasSpace = true;
    else if (token.kind === "mark") this.#mark(token.text);
    else this.#simple(token);
    this.#before = token.kind === "mark" ? token.text : token.kind;
  }

  #skip({ kind, text }: Token): void {
    if (text === this.#closers.at(-1) && kind === "mark") {
      this.#closers.pop();
      this.#hidden = Math.max(0, this.#hidden - 1);
    } else if (kind === "function") this.#open(")", { isHidden: true });
    else if (kind === "mark" && closing[text]) this.#open(closing[text], { isHidden: true });
  }

  #open(closer: string, { isHidden }: { isHidden: boolean }): void {
    this.#closers.push(closer);
    if (isHidden) this.#hidden += 1;
  }

  #mark(text: string): void {
    const combinator = combinators[text];
    const closer = closing[text];
    if (combinator) {
      this.#see("selector", combinator);
      this.#endCompound();
    } else if (text === ",") {
      if (this.#closers.length === 0) this.isGrouped = true;
      this.#endCompound();
    } else if (closer) {
      if (text === "[") this.#start("attribute");
      this.#open(closer, { isHidden: true });
    } else if (text === "*") this.#start("universal");
    // The name that follows says which.
    else if (text === "." || text === ":" || text === "&") this.#join();
  }

  #simple({ kind, text }: Token): void {
    if (this.#before === ":" && (kind === "name" || kind === "function")) {
      this.#see("pseudo", text.toLowerCase());
      if (kind === "function") this.#open(")", { isHidden: !holdsSelectors.has(text) });
      if (kind === "function" && holdsSelectors.has(text)) this.#endCompound();
    } else if (kind === "function") this.#open(")", { isHidden: true });
    else if (kind === "hash") this.#named("id");
    else if (kind === "name" && this.#before === ".") this.#named("class");
    else if (kind === "name") this.#start("type");
  }

  #named(kind: "id" | "class"): void {
    this.#start(kind);
    this.#names += 1;
    if (this.#names === 2) this.#see("selector", "chaining");
  }

  #start(kind: string): void {
    this.#join();
    this.#see("selector", kind);
  }

  /** A compound goes on, or a new one begins below the last. */
  #join(): void {
    if (this.#hasSpace && this.#isInCompound) {
      this.#see("selector", "descendant");
      this.#names = 0;
    }
    this.#hasSpace = false;
    this.#isInCompound = true;
  }

  #endCompound(): void {
    this.#names = 0;
    this.#isInCompound = false;
    this.#hasSpace = false;
  }
}
