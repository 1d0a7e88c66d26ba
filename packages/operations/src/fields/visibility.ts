import { field } from "./field.ts";
import { flag } from "./formats.ts";

/** Flags that hide an element on phones or on larger screens. `computedStyle` is the object that holds them. */
export function visibilityFields(computedStyle: string) {
  return {
    hideOnMobile: field({
      format: flag,
      pointers: [`${computedStyle}/hideContentOnMobile`],
      description: "Hide on phones.",
    }),
    hideOnDesktop: field({
      format: flag,
      pointers: [`${computedStyle}/hideContentOnDesktop`],
      description: "Hide on larger screens.",
    }),
  };
}
