import { isWithin, type Leaves } from "../leaves.ts";
import type { ModuleConverter } from "./module-converter.ts";
import { paragraphConverter } from "./paragraph.ts";

const [text, paragraph] = ["/descriptor/text", "/descriptor/paragraph"];

/** The same leaves as a paragraph would have them. */
const asParagraph = (leaves: Leaves): Leaves =>
  new Map(
    [...leaves].map(([pointer, value]) => [
      isWithin(pointer, text) ? paragraph + pointer.slice(text.length) : pointer,
      value,
    ]),
  );

const ofText = (pointer: string): string =>
  isWithin(pointer, text) ? paragraph + pointer.slice(text.length) : pointer;

/** Texts of older templates become paragraphs: what they say stands in their HTML and is kept. */
export const legacyTextConverter: ModuleConverter = {
  ...paragraphConverter,
  fromFull: (leaves, defaults) => {
    const { covers, refused, again, properties } = paragraphConverter.fromFull(asParagraph(leaves), defaults);
    const toText = new Map([...refused].map(([pointer, allowed]) => [pointer.replace(paragraph, text), allowed]));
    const asText = new Map([...again].map(([pointer, value]) => [pointer.replace(paragraph, text), value]));
    return { properties, covers: (pointer) => covers(ofText(pointer)), refused: toText, again: asText };
  },
  loses: () => [{ pointer: "/type", reason: "Texts of this older kind become paragraphs." }],
};
