import type { Json, Value } from "../document/value.ts";
import { isSafeUrl } from "../rich-text/safety.ts";
import type { PropertyValue, SizeValue } from "./property.ts";

/** A kind of value: what may be given for it, how that is stored, and what to tell those who gave something else. */
interface Kind<Known extends PropertyValue> {
  /** What is stored for a given value; undefined when it is none of the allowed. `current` is what stands there. */
  store(given: Json, value: Known, current: Value | undefined): Json | undefined;
  /** Ends the sentence "It has to be …". */
  allowed(value: Known): string;
}

type KindName = PropertyValue["kind"];
type Kinds = { readonly [Name in KindName]: Kind<Extract<PropertyValue, { kind: Name }>> };

/** What is stored when this is given for a property; undefined when the property can't hold it. */
export function storedValue(value: PropertyValue, given: Json, current: Value | undefined): Json | undefined {
  return kindOf(value).store(given, value, current);
}

/** What a property can hold, in words: "a colour, like #1a2b3c or transparent". */
export function allowedValues(value: PropertyValue): string {
  return kindOf(value).allowed(value);
}

/** The kind's own functions take exactly its values, which TypeScript can't follow through a lookup by name. */
function kindOf(value: PropertyValue): Kind<PropertyValue> {
  return kinds[value.kind] as Kind<PropertyValue>;
}

/** A text that fits, without the space around it. */
function textLike(pattern: RegExp, allowed: string): Kind<PropertyValue> {
  return {
    store: (given) => {
      const text = typeof given === "string" ? given.trim() : "";
      return text.length <= longestStyle && pattern.test(text) ? text : undefined;
    },
    allowed: () => allowed,
  };
}

const longestStyle = 300;

const colorForm = /(#[0-9a-f]{3,4}|#[0-9a-f]{6}|#[0-9a-f]{8}|[a-z]+|(rgb|hsl)a?\([\d\s.,%/]+\))/i.source;
const lineStyles = "solid|dashed|dotted|double";
const noLine = "0px solid transparent";
const borderForm = new RegExp(`^\\d+(\\.\\d+)?px (${lineStyles}) ${colorForm}$`, "i");
const pictureForm = /^url\((['"]?)([^'"()\s]+)\1\)$/i;
/** Words and lengths, such as "top left", "50% 0" and "0 2px 0 2px". */
const placeForm = /^-?[\w.%]+( -?[\w.%]+){0,3}$/;

const border: Kind<PropertyValue> = {
  store: (given) => {
    const text = typeof given === "string" ? given.trim().replace(/\s+/g, " ") : given;
    if (text === "none" || text === 0 || text === "0" || text === "0px") return noLine;
    const line = typeof text === "string" ? text.replace(/^0 /, "0px ") : "";
    return borderForm.test(line) ? line : undefined;
  },
  allowed: () => `a line, like "1px solid #1a2b3c" (${lineStyles.replaceAll("|", ", ")}), or none`,
};

const backgroundImage: Kind<PropertyValue> = {
  store: (given) => {
    if (typeof given !== "string" || given.length > longestAddress) return undefined;
    const text = given.trim();
    if (text === "none") return text;
    const address = pictureForm.exec(text)?.[2] ?? text;
    return isPicture(address) && !/[\s'"()\\]/.test(address) ? `url('${address}')` : undefined;
  },
  allowed: () => 'the address of a picture, like "https://example.com/paper.png", or none',
};

const longestAddress = 2000;

function isPicture(address: string): boolean {
  return address !== "" && isSafeUrl(address) && !/^(mailto|tel|sms):/i.test(address);
}

const numberForm = /^-?\d+(\.\d+)?$/;

/** The number and unit of 16, "16", "16px" and "50%". */
function measure(given: Json): { readonly amount: number; readonly unit: string } | undefined {
  if (typeof given === "number") return { amount: given, unit: "" };
  const match = typeof given === "string" ? /^\s*(-?\d+(?:\.\d+)?)\s*(px|%|)\s*$/i.exec(given) : null;
  return match ? { amount: Number(match[1]), unit: (match[2] ?? "").toLowerCase() } : undefined;
}

function storeSize(given: Json, { minimum, maximum, takesPercent, words = [], isBare }: SizeValue): Json | undefined {
  if (typeof given === "string" && words.includes(given)) return given;
  const size = measure(given);
  if (!size || !Number.isFinite(size.amount)) return undefined;
  const { amount, unit } = size;
  if (unit === "%") return takesPercent && amount >= 0 && amount <= 100 ? `${amount}%` : undefined;
  if (amount < minimum || amount > maximum) return undefined;
  return isBare ? amount : `${amount}px`;
}

const lineHeight: Kind<PropertyValue> = {
  store: (given) => {
    if (given === "normal") return given;
    const height = measure(given);
    if (!height || height.amount <= 0) return undefined;
    const { amount, unit } = height;
    if (unit === "") return amount <= 10 ? `${Math.round(amount * 100_000) / 1000}%` : undefined;
    return amount <= (unit === "%" ? 1000 : 500) ? `${amount}${unit}` : undefined;
  },
  allowed: () => 'a factor of the font size, like 1.5, or a text like "150%", "24px" or normal',
};

const weight: Kind<PropertyValue> = {
  store: (given) => {
    const number = given === "bold" ? 700 : given === "normal" ? 400 : Number(given);
    const isText = typeof given === "string" || typeof given === "number";
    return isText && Number.isInteger(number) && number >= 1 && number <= 1000 ? String(number) : undefined;
  },
  allowed: () => "a whole number from 1 to 1000, where 400 is normal and 700 bold",
};

const classesOf = (current: Value | undefined): readonly string[] =>
  typeof current === "string" ? current.split(/\s+/).filter(Boolean) : [];

/** The class with one word in place of those it excludes, where the first of them stood. */
function withWord(current: Value | undefined, words: readonly string[], word: string): string {
  const classes = classesOf(current);
  const at = classes.findIndex((each) => words.includes(each));
  const others = classes.filter((each) => !words.includes(each));
  return (at < 0 ? [...others, word] : others.toSpliced(at, 0, word)).join(" ");
}

/** The class without these words; undefined when nothing is left. */
export function withoutWords(current: Value | undefined, words: readonly string[]): string | undefined {
  const left = classesOf(current).filter((each) => !words.includes(each));
  return left.length === 0 ? undefined : left.join(" ");
}

/** What an element says is changed by operations that know its texts, links and lists. */
const contentOnly = (allowed: string): Kind<PropertyValue> => ({ store: () => undefined, allowed: () => allowed });

const kinds: Kinds = {
  color: textLike(new RegExp(`^${colorForm}$`, "i"), "a colour, like #1a2b3c or transparent"),
  size: {
    store: storeSize,
    allowed: ({ minimum, maximum, takesPercent, words = [] }) =>
      [`pixels from ${minimum} to ${maximum}`, ...(takesPercent ? ['per cent like "50%"'] : []), ...words].join(
        ", or ",
      ),
  },
  "line-height": lineHeight,
  weight,
  border,
  font: textLike(/^[\p{L}\d\s,'"_-]+$/u, "a list of font names, like Georgia, 'Times New Roman', serif, or inherit"),
  "background-image": backgroundImage,
  "background-place": textLike(placeForm, 'up to four words or lengths, like "top left", "50% 0" or cover'),
  number: {
    store: (given, { minimum, maximum }) => {
      const amount = typeof given === "string" && numberForm.test(given) ? Number(given) : given;
      return typeof amount === "number" && amount >= minimum && amount <= maximum ? amount : undefined;
    },
    allowed: ({ minimum, maximum }) => `a number from ${minimum} to ${maximum}`,
  },
  flag: {
    store: (given) => (typeof given === "boolean" ? given : undefined),
    allowed: () => "true or false",
  },
  choice: {
    store: (given, { words }) => words.find((word) => word === given),
    allowed: ({ words }) => `one of ${words.join(", ")}`,
  },
  "class-word": {
    store: (given, { words }, current) => {
      const word = words.find((each) => each === given);
      return word === undefined ? undefined : withWord(current, words, word);
    },
    allowed: ({ words }) => `one of ${words.join(", ")}`,
  },
  "class-flag": {
    store: (given, { word }, current) => {
      if (typeof given !== "boolean") return undefined;
      return given ? withWord(current, [word], word) : (withoutWords(current, [word]) ?? "");
    },
    allowed: () => "true or false",
  },
  link: contentOnly("an address, like https://example.com, or a merge tag"),
  picture: contentOnly("the address of a picture, like https://example.com/cat.png, or a merge tag"),
  text: contentOnly("a text"),
  html: contentOnly("a text with markup"),
  list: contentOnly("a list of objects"),
  opaque: contentOnly("anything"),
};
