import { field } from "./field.ts";
import { pixels } from "./formats.ts";

const space = pixels(0, 300);

/** All four sides at once. `style` is the object that holds `padding-top`. */
export function paddingShorthand(style: string, description: string) {
  const pointers = ["top", "right", "bottom", "left"].map((side) => `${style}/padding-${side}`);
  return field({ format: space, pointers, description, isShorthand: true });
}

/** Space around an element: one field for all sides and one a side. `style` is the object that holds `padding-top`. */
export function paddingFields(style: string) {
  const side = (name: string) => `${style}/padding-${name}`;
  return {
    padding: paddingShorthand(style, "Space on all four sides, px."),
    paddingTop: field({ format: space, pointers: [side("top")], description: "px." }),
    paddingRight: field({ format: space, pointers: [side("right")], description: "px." }),
    paddingBottom: field({ format: space, pointers: [side("bottom")], description: "px." }),
    paddingLeft: field({ format: space, pointers: [side("left")], description: "px." }),
  };
}

/** What differs on phones; absent means "as on desktop". */
export function mobilePaddingFields(style: string) {
  const side = (name: string) => [`${style}/padding-${name}`];
  return {
    mobilePaddingTop: field({ format: space, pointers: side("top"), description: "On phones, px." }),
    mobilePaddingRight: field({ format: space, pointers: side("right"), description: "On phones, px." }),
    mobilePaddingBottom: field({ format: space, pointers: side("bottom"), description: "On phones, px." }),
    mobilePaddingLeft: field({ format: space, pointers: side("left"), description: "On phones, px." }),
  };
}
