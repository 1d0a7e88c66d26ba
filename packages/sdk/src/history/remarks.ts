import { type Conflict, type ElementSentence, labelOf, propertyLabel, type Snapshot } from "@waggle/template";

interface Subject {
  /** "Button". */
  readonly label: string;
  /** "Button link", or the label alone. */
  readonly part: string;
}

const sentences: Readonly<Record<Conflict["kind"], (subject: Subject) => string>> = {
  superseded: ({ part }) => `${part} was changed since. It stays as it is.`,
  "same-key": ({ part }) => `${part} was changed since. It stays as it is.`,
  gone: ({ label }) => `${label} was deleted since. It stays deleted.`,
  adopted: ({ label }) => `${label} holds newer work. It stays.`,
  "parent-gone": ({ label }) => `${label} can't go back. What held it was deleted since.`,
  "layout-kept": ({ label }) => `${label} keeps its columns. Their widths belong together.`,
  "text-mixed": ({ part }) => `${part} holds newer words between the ones taken back. Read it once more.`,
  "restored-by-other": ({ label }) => `${label} was restored since. It stays.`,
};

/** What could not be taken back, in words; one sentence for each element and reason. `snapshots`: where elements may be found. */
export function remarksOn(conflicts: readonly Conflict[], snapshots: readonly Snapshot[]): readonly ElementSentence[] {
  const remarks = new Map<string, ElementSentence>();
  for (const { kind, elementId, key } of conflicts) {
    const node = snapshots.map(({ nodes }) => nodes.get(elementId)).find((each) => each !== undefined);
    const label = node ? labelOf(node) : "Element";
    const part = key === undefined ? label : `${label} ${key === "pos" ? "place" : propertyLabel(key)}`;
    const sentence = sentences[kind]({ label, part });
    remarks.set(`${elementId} ${sentence}`, { elementId, sentence });
  }
  return [...remarks.values()];
}
