import { type ElementNode, element, type Rule, type Styles } from "../tree.ts";
import { alignment, borders, padding, pick, radius, typography } from "../values/css.ts";
import { safeUrl } from "../values/url.ts";
import { aligned, block, type ModuleRenderer, type ModuleView } from "./module-view.ts";

/** A link drawn as a button. */
export const renderButton: ModuleRenderer = (view) => {
  const align = alignment(view.reader.value("/descriptor/style/text-align"), "center");
  return block(view, {
    content: [aligned(align, [buttonElement(view)])],
    textSelector: ".button",
    rules: [...hoverRules(view), ...mobileRules(view)],
  });
};

function buttonElement({ reader }: ModuleView): ElementNode {
  const href = safeUrl(reader.text("/descriptor/button/href", "/descriptor/button/link"));
  const attributes = {
    class: "button",
    ...(href ? { href, target: reader.text("/descriptor/button/target") || "_blank" } : {}),
  };
  const label = element("span", {
    attributes: { class: "label" },
    content: reader.html("/descriptor/button/label", "/descriptor/button/text"),
    holdsText: true,
  });
  return element(href ? "a" : "span", {
    attributes,
    styles: buttonStyles(reader.styles("/descriptor/button/style")),
    content: [label],
  });
}

function buttonStyles(styles: Styles): Styles {
  const width = styles.width;
  return {
    display: "inline-block",
    "text-decoration": "none",
    "text-align": "center",
    "mso-border-alt": "none",
    ...pick(styles, ["background-color", "max-width"]),
    ...(width === undefined || width === "auto" ? {} : { width }),
    ...typography(styles),
    ...padding(styles),
    ...borders(styles),
    ...radius(styles),
  };
}

function hoverRules({ reader }: ModuleView): readonly Rule[] {
  const styles = reader.styles("/descriptor/button/hoverStyle");
  const hover = { ...pick(styles, ["background-color", "color"]), ...borders(styles) };
  return Object.keys(hover).length === 0 ? [] : [{ select: ".button:hover", styles: important(hover) }];
}

// Hovering has to win over the styles that stand inline.
const important = (styles: Styles): Styles =>
  Object.fromEntries(Object.entries(styles).map(([property, value]) => [property, `${value} !important`]));

function mobileRules({ reader }: ModuleView): readonly Rule[] {
  const styles = reader.styles("/descriptor/button/mobileStyle");
  const mobile = pick(styles, [
    "font-size",
    "line-height",
    "width",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
  ]);
  return Object.keys(mobile).length === 0 ? [] : [{ select: ".button", styles: mobile, isMobile: true }];
}
