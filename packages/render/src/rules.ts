import { breakpointOf, type Page } from "./page.ts";
import { type ElementNode, isHtmlContent, type Rule } from "./tree.ts";
import { declarationsText } from "./values/css.ts";

/** The selector of an element of the template in the output at hand. */
export type SelectorOf = (node: ElementNode) => string;

/** Rules as CSS text, apart by where they hold. */
export interface CssRules {
  readonly always: string;
  readonly mobile: string;
}

/** What a tree says in rules, its own elements' and those below. */
export function rulesOf(node: ElementNode, selectorOf: SelectorOf): CssRules {
  const always: string[] = [];
  const mobile: string[] = [];
  const visit = (at: ElementNode): void => {
    for (const rule of at.element?.rules ?? []) {
      (rule.isMobile ? mobile : always).push(cssRule(selectorOf(at), rule));
    }
    if (isHtmlContent(at.content)) return;
    for (const child of at.content) if (typeof child !== "string") visit(child);
  };
  visit(node);
  return { always: always.join(""), mobile: mobile.join("") };
}

/** Template tags may stand in a style attribute; in a rule their braces would end it. */
function hasBraces(value: string): boolean {
  return /[{}]/.test(value);
}

function cssRule(owner: string, { select, styles, isMobile }: Rule): string {
  const selector = select
    .split(",")
    .map((part) => (part === "" ? owner : `${owner} ${part}`))
    .join(",");
  const plain = Object.fromEntries(Object.entries(styles).filter(([, value]) => !hasBraces(value)));
  return `${selector}{${declarationsText(plain, isMobile ? "!important" : "")}}`;
}

/** Rules every e-mail needs, whatever is in it. */
export function baseCss(page: Page): string {
  return [
    "*{box-sizing:border-box}",
    "table{mso-table-lspace:0pt;mso-table-rspace:0pt}",
    "p{margin:0;line-height:inherit}",
    cssRule("a", { select: "", styles: { color: page.linkColor } }),
    "sup,sub{font-size:75%;line-height:0}",
    ".text ul,.text ol{margin:0}",
    ".desktop_hide,.desktop_hide table{mso-hide:all;display:none;max-height:0;overflow:hidden}",
  ].join("");
}

/** The rules for narrow screens, around those of the template. */
export function mobileCss(
  page: Page,
  { rules, breakpoint = breakpointOf(page) }: { rules: string; breakpoint?: number },
): string {
  const layout = [
    ".row-content{width:100%!important}",
    ".stack .column{width:100%;display:block}",
    ".stack .gap{display:block}",
    ".mobile_hide{display:none!important;min-height:0;max-height:0;max-width:0;overflow:hidden;font-size:0}",
    ".desktop_hide,.desktop_hide table{display:table!important;max-height:none!important}",
    ".reverse{display:table;width:100%}",
    ".reverse .column.first{display:table-footer-group!important}",
    ".reverse .column.last{display:table-header-group!important}",
  ];
  return `@media (max-width:${breakpoint}px){${layout.join("")}${rules}}`;
}
