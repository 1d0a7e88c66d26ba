import type { Value } from "@waggle/template";
import { type Field, type Format, field } from "./field.ts";
import { color, oneOf, pixels } from "./formats.ts";
import { line } from "./line.ts";

interface Border {
  readonly width: number;
  readonly style: string;
  readonly color: string;
}

const noBorder: Border = { width: 0, style: "solid", color: "transparent" };

/** Reads "1px solid #000000"; whatever else stands there counts as no border. */
function parseBorder(json: Value | undefined): Border {
  const match = typeof json === "string" ? /^(\d+)(?:\.\d+)?(?:px)?\s+([a-z]+)\s+(.+)$/.exec(json) : null;
  if (!match) return noBorder;
  const [, width = "0", style = noBorder.style, borderColor = noBorder.color] = match;
  return { width: Number(width), style, color: borderColor };
}

const formatBorder = (border: Border): string => `${border.width}px ${border.style} ${border.color}`;

const sides = ["top", "right", "bottom", "left"];

/** One border around all sides, as three fields of one string a side: "1px solid #000000". */
export function borderFields(style: string) {
  const pointers = sides.map((side) => `${style}/border-${side}`);
  return {
    borderWidth: borderPart({ pointers, part: "width", format: pixels(0, 30), description: "px; 0 = no border." }),
    borderStyle: borderPart({
      pointers,
      part: "style",
      format: oneOf(["solid", "dashed", "dotted"]),
      description: "Line style.",
    }),
    borderColor: borderPart({ pointers, part: "color", format: color, description: "Like #1a2b3c." }),
  };
}

interface BorderPartOptions<Argument> {
  readonly pointers: readonly string[];
  readonly part: keyof Border;
  readonly format: Format<Argument>;
  readonly description: string;
}

function borderPart<Argument>({ pointers, part, format, description }: BorderPartOptions<Argument>): Field<Argument> {
  return field({
    pointers,
    description,
    format: {
      schema: format.schema,
      toJson: (argument, current) => formatBorder({ ...parseBorder(current), [part]: argument }),
      fromJson: (json) => format.fromJson(parseBorder(json)[part]),
    },
  });
}

/** The line of each side alone, as one text: "1px solid #000000". */
export function sideBorderFields(style: string) {
  const side = (name: string, description: string): Field<string> =>
    field({ format: line, pointers: [`${style}/border-${name}`], description });
  return {
    borderTop: side("top", 'One side alone: "1px solid #dddddd", or none.'),
    borderRight: side("right", "Likewise."),
    borderBottom: side("bottom", "Likewise."),
    borderLeft: side("left", "Likewise."),
  };
}
