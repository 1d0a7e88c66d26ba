import type { Outline, OutlineBlock } from "./outline.ts";
import { isObject, type ToolInput, ToolRefusal, type WaggleTools } from "./waggle-client.ts";

/** What the agent adds: an invitation that fits any newsletter. */
export const invitation = {
  title: "Questions before you board?",
  text: "Reply to this email. A person reads every answer, and writes back before the day is over.",
  button: "Ask us anything",
  href: "mailto:hello@example.com",
} as const;

/** A way to show what is being done: one line an edit. */
export type Edit = (says: string, tool: string, input: ToolInput) => Promise<string | undefined>;

/**
 * Adds a section with title, paragraph and button in the looks of the template, above its footer. On the way it adds a
 * line too many and takes it back, as everybody does.
 */
export async function addInvitation(
  outline: Outline,
  { tools, edit }: { tools: WaggleTools; edit: Edit },
): Promise<void> {
  if (outline.blocks.some(({ text }) => text === invitation.title)) return;
  const styles = await readStyles(outline, tools);
  const above = footerOf(outline);
  const section = await edit("section above the footer", "add_section", {
    columns: [12],
    ...(above === undefined ? {} : { before_row_id: above }),
    ...styles.section,
    contentAreaPaddingTop: 40,
    contentAreaPaddingBottom: 44,
  });
  if (section === undefined) return;
  await edit(`title “${invitation.title}”`, "add_title", {
    section,
    text: invitation.title,
    headingLevel: "h2",
    ...styles.title,
  });
  await edit("paragraph below it", "add_paragraph", { section, html: invitation.text, ...styles.paragraph });
  const extra = await edit("one more line", "add_paragraph", {
    section,
    html: "Lorem ipsum dolor sit amet.",
    ...styles.paragraph,
  });
  const { text, href } = { text: invitation.button, href: invitation.href };
  const button = await edit(`button “${text}”`, "add_button", { section, text, href, ...styles.button });
  if (extra !== undefined) await edit("that line was one too many", "delete_element", { elementId: extra });
  if (button !== undefined) await edit("button a little lower", "update_button", { elementId: button, paddingTop: 18 });
}

/** The section the footer starts with: social icons, or the words of one, among the last three. */
function footerOf({ sections, blocks }: Outline): string | undefined {
  const isFooter = ({ type, text }: OutlineBlock): boolean =>
    type === "social" || /unsubscribe|all rights reserved|©|view in browser/i.test(text);
  const first = blocks.find((block) => block.section >= sections.length - 3 && block.section > 0 && isFooter(block));
  return first?.sectionId;
}

const copied = {
  section: ["rowBackgroundColor", "contentAreaBackgroundColor", "contentAreaPaddingLeft", "contentAreaPaddingRight"],
  title: ["color", "fontFamily", "fontSize", "fontWeight", "letterSpacing", "textAlign", "paddingLeft", "paddingRight"],
  paragraph: ["color", "fontFamily", "fontSize", "lineHeight", "textAlign", "paddingLeft", "paddingRight"],
  button: ["backgroundColor", "color", "borderRadius", "fontFamily", "fontSize", "fontWeight", "align", "paddingLeft"],
} as const;

type Styles = Readonly<Record<keyof typeof copied, ToolInput>>;

/** The looks of a title, a text and a button, and of the section with the first title, so that new ones match. */
async function readStyles({ blocks }: Outline, tools: WaggleTools): Promise<Styles> {
  const all = (type: string): readonly OutlineBlock[] => blocks.filter((block) => block.type === type);
  const [headline, sectionTitle = headline] = all("title");
  // A short paragraph may be a caption or a line above the headline.
  const paragraph = all("paragraph").find(({ text }) => text.length > 60) ?? all("paragraph")[0];
  return {
    section: await readStyle(tools, headline?.sectionId, copied.section),
    title: await readStyle(tools, sectionTitle?.id, copied.title),
    paragraph: await readStyle(tools, paragraph?.id, copied.paragraph),
    button: await readStyle(tools, all("button")[0]?.id, copied.button),
  };
}

async function readStyle(
  tools: WaggleTools,
  elementId: string | undefined,
  names: readonly string[],
): Promise<ToolInput> {
  if (elementId === undefined) return {};
  try {
    const { properties } = await tools.call("get_element_details", { elementId });
    const given = isObject(properties) ? Object.entries(properties) : [];
    return Object.fromEntries(given.filter(([name]) => names.includes(name)));
  } catch (failure) {
    // Someone deleted it meanwhile: the section gets the looks of the page instead.
    if (failure instanceof ToolRefusal && failure.code === "ELEMENT_NOT_FOUND") return {};
    throw failure;
  }
}
