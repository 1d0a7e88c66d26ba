import { type ElementNode, element, type HtmlContent, type Rule, type Styles } from "../tree.ts";
import { alignment, borders, padding, pick, radius } from "../values/css.ts";
import { safeUrl } from "../values/url.ts";
import {
  aligned,
  block,
  type ModuleRenderer,
  type ModuleView,
  mobileTextStyles,
  plainTextStyles,
} from "./module-view.ts";

/** A link drawn as a button. */
export const renderButton: ModuleRenderer = (view) => {
  const look = buttonLook(view);
  const label = element("span", { attributes: { class: "label" }, content: look.label, holdsText: true });
  return buttonBlock(view, buttonElement(look, [label]));
};

/** What a button is made of, whoever draws it. */
export interface ButtonLook {
  readonly href: string | undefined;
  readonly target: string;
  readonly label: HtmlContent;
  readonly styles: Styles;
}

const style = "/descriptor/button/style";

export function buttonLook(view: ModuleView): ButtonLook {
  const { reader } = view;
  return {
    href: safeUrl(reader.text("/descriptor/button/href", "/descriptor/button/link")),
    target: reader.text("/descriptor/button/target") || "_blank",
    label: reader.html("/descriptor/button/label", "/descriptor/button/text"),
    styles: buttonStyles(reader.styles(style), plainTextStyles(view, style)),
  };
}

/** The button itself; without somewhere to go it is no link. */
export function buttonElement(look: ButtonLook, content: ElementNode["content"]): ElementNode {
  const link = look.href ? { href: look.href, target: look.target } : {};
  const attributes = { class: "button", ...link };
  // Without an address it is the place where a link could be; that may hold paragraphs, a span may not.
  return element("a", { attributes, styles: look.styles, content });
}

/** Where a button stands in its module. */
export function buttonBlock(view: ModuleView, button: ElementNode): ElementNode {
  const align = alignment(view.reader.value("/descriptor/style/text-align"), "center");
  return block(view, {
    content: [aligned(align, [button])],
    rules: [...hoverRules(view), ...mobileRules(view)],
  });
}

function buttonStyles(styles: Styles, text: Styles): Styles {
  const width = styles.width;
  const isSized = width !== undefined && width !== "auto";
  return {
    display: "inline-block",
    ...pick(styles, ["background-color"]),
    ...(isSized ? { width } : {}),
    // As wide as the template says where there is room for it.
    "max-width": isSized && !width.endsWith("%") ? "100%" : (styles["max-width"] ?? "100%"),
    "text-decoration": "none",
    "text-align": "center",
    "mso-border-alt": "none",
    ...text,
    ...padding(styles),
    ...borders(styles),
    ...radius(styles),
  };
}

function hoverRules({ reader }: ModuleView): readonly Rule[] {
  const styles = { ...reader.styles("/descriptor/hoverStyle"), ...reader.styles("/descriptor/button/hoverStyle") };
  const hover = { ...pick(styles, ["background-color", "color"]), ...borders(styles) };
  return Object.keys(hover).length === 0 ? [] : [{ select: ".button:hover", styles: important(hover) }];
}

// Hovering has to win over the styles that stand inline.
const important = (styles: Styles): Styles =>
  Object.fromEntries(Object.entries(styles).map(([property, value]) => [property, `${value}!important`]));

function mobileRules(view: ModuleView): readonly Rule[] {
  const styles = view.reader.styles("/descriptor/button/mobileStyle");
  // The module's alignment is the button's, not that of the words in it.
  const { "text-align": _, ...text } = mobileTextStyles(view);
  const mobile = { ...text, ...pick(styles, ["width"]), ...padding(styles) };
  return Object.keys(mobile).length === 0 ? [] : [{ select: ".button", styles: mobile, isMobile: true }];
}
