/** Texts of a template that has no rows yet. */
export const startWords = {
  title: "Start with a row",
  text: "Pick a layout, or tell an agent what the email is for. Both work at the same time.",
  layouts: "Row layouts",
  layout: (shares: readonly number[]) =>
    shares.length === 1 ? "Row with 1 column" : `Row with ${shares.length} columns, ${shares.join(" to ")}`,
  agent: "Ask an agent",
} as const;
