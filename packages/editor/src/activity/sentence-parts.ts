/** A described change, taken apart for a line that starts with a name: "Scout changed button text", old and new. */
export interface SentenceParts {
  /** "changed button text", "added row". */
  readonly phrase: string;
  readonly old?: string;
  readonly next?: string;
}

interface Form {
  readonly pattern: RegExp;
  parts(first: string, second: string, third: string): SentenceParts;
}

/** The forms of `describeChange`'s sentences, the particular ones first. The last fits everything. */
const forms: readonly Form[] = [
  {
    pattern: /^(.*?) “([\s\S]*)” → “([\s\S]*)”$/,
    parts: (what, old, next) => ({ phrase: `changed ${what}`, old, next }),
  },
  { pattern: /^(.*?) “([\s\S]*)” added$/, parts: (what, next) => ({ phrase: `added to ${what}`, next }) },
  { pattern: /^(.*?) “([\s\S]*)” removed$/, parts: (what, old) => ({ phrase: `removed from ${what}`, old }) },
  {
    pattern: /^(.*) (added|deleted|restored|moved|formatted|removed)$/,
    parts: (what, verb) => ({ phrase: `${verb} ${what}` }),
  },
  { pattern: /^(.*?) changed: (.*)$/, parts: (what, names) => ({ phrase: `changed ${what}: ${names}` }) },
  { pattern: /^([\s\S]*)$/, parts: (what) => ({ phrase: `changed ${what}` }) },
];

/** Takes a sentence of `describeChange` apart. */
export function sentencePartsOf(sentence: string): SentenceParts {
  for (const { pattern, parts } of forms) {
    const match = pattern.exec(sentence);
    if (match) return parts(lowerFirst(match[1] ?? ""), match[2] ?? "", match[3] ?? "");
  }
  return { phrase: sentence };
}

/** Names in capitals, such as HTML, keep them. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
