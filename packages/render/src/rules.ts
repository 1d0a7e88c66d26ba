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
  const rules: CssRules[] = [];
  const visit = (at: ElementNode): void => {
    if (at.element && at.element.rules.length > 0) rules.push(ownRules(at.element.rules, selectorOf(at)));
    if (isHtmlContent(at.content)) return;
    for (const child of at.content) if (typeof child !== "string") visit(child);
  };
  visit(node);
  return {
    always: rules.map(({ always }) => always).join(""),
    mobile: rules.map(({ mobile }) => mobile).join(""),
  };
}

/** The rules of one element. */
export function ownRules(rules: readonly Rule[], selector: string): CssRules {
  const text = (chosen: readonly Rule[]): string => chosen.map((rule) => cssRule(selector, rule)).join("");
  return {
    always: text(rules.filter(({ isMobile }) => !isMobile)),
    mobile: text(rules.filter((rule) => rule.isMobile)),
  };
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
  if (Object.keys(plain).length === 0) return "";
  return `${selector}{${declarationsText(plain, isMobile ? "!important" : "")}}`;
}

/** Whether an output holds a class: rules for what isn't there need not be either. */
export type HasClass = (name: string) => boolean;

const everything: HasClass = () => true;

type ClassRule = string | readonly [className: string, rule: string];

function rulesText(rules: readonly ClassRule[], has: HasClass): string {
  return rules.map((rule) => (typeof rule === "string" ? rule : has(rule[0]) ? rule[1] : "")).join("");
}

/** Rules every e-mail needs, whatever is in it. */
export function baseCss(page: Page, has: HasClass = everything): string {
  const rules: readonly ClassRule[] = [
    "*{box-sizing:border-box}",
    "table{mso-table-lspace:0pt;mso-table-rspace:0pt}",
    // Nothing in a cell makes it wider than the template says, so nothing makes the page wider than the window.
    ".nl-container,.row,.row-content,.column>table{table-layout:fixed}",
    ["text", ".text *{max-width:100%}"],
    ["own", ".own *{max-width:100%}"],
    "img{border:0}",
    "p{margin:0;line-height:inherit}",
    cssRule("a", { select: "", styles: { color: page.linkColor } }),
    "sup,sub{font-size:75%;line-height:0}",
    ["text", ".text ul,.text ol{margin:0}"],
    ["desktop_hide", ".desktop_hide,.desktop_hide table{mso-hide:all;display:none;max-height:0;overflow:hidden}"],
  ];
  return rulesText(rules, has);
}

const mobileLayout: readonly ClassRule[] = [
  ".row-content{width:100%!important}",
  ".stack .column{width:100%;display:block}",
  ["gap", ".stack .gap{display:block;width:100%}"],
  ["desktop_hide", ".desktop_hide,.desktop_hide table{display:table!important;max-height:none!important}"],
  ["desktop_hide", "div.desktop_hide{display:block!important}td.desktop_hide{display:table-cell!important}"],
  ["desktop_hide", ".stack td.desktop_hide{display:block!important}"],
  [
    "mobile_hide",
    ".mobile_hide,.stack td.mobile_hide{display:none!important;min-height:0;max-height:0;max-width:0;overflow:hidden;font-size:0}",
  ],
  ["reverse", ".reverse{display:table;width:100%;table-layout:fixed}"],
  ["reverse", ".reverse .column.first{display:table-footer-group!important}"],
  ["reverse", ".reverse .column.last{display:table-header-group!important}"],
  ["reverse-all", ".reverse.reverse-all{display:flex;flex-direction:column-reverse}"],
];

/** What is said of narrow screens. */
export interface MobileCss {
  /** The rules of the template. */
  readonly rules: string;
  readonly breakpoint?: number;
  readonly has?: HasClass;
}

/** The rules for narrow screens, around those of the template. */
export function mobileCss(page: Page, { rules, breakpoint = breakpointOf(page), has = everything }: MobileCss): string {
  return `@media (max-width:${breakpoint}px){${rulesText(mobileLayout, has)}${rules}}`;
}
