import * as z from "zod/mini";

/** The argument that names an existing element. */
export const elementIdArgument = z
  .string()
  .check(z.minLength(1), z.describe("Id of the element, from get_content_hierarchy."));
