/** Pointer of a table module's content, whose rows and cells are one collaborative text. */
export const tableKey = "/descriptor/table/content";
