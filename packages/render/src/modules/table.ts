import { cellHtml, type TableCell, type TableRow } from "@waggle/template";
import { type ElementNode, element, type Styles } from "../tree.ts";
import { alignment, borders, cssValue, padding, pick, typography } from "../values/css.ts";
import { type ElementReader, objectAt, stylesOf } from "../values/element-reader.ts";
import { block, linkRules, type ModuleRenderer, type ModuleView, plainTextStyles } from "./module-view.ts";

const style = "/descriptor/table/style";
const computed = "/descriptor/table/computedStyle";

/** A table of data, with a header where the template has one. */
export const renderTable: ModuleRenderer = (view) => {
  const { reader } = view;
  const look = lookOf(view);
  const { headers: headerRows, rows: dataRows } = reader.table();
  const headers = headerRows.map((row) => tableLine(row, { tag: "th", styles: look.header }));
  const rows = dataRows.map((row, index) => {
    const fill = index % 2 === 1 ? look.alternate : {};
    return tableLine(row, { tag: "td", styles: { ...look.cell, ...fill } });
  });
  const table = element("table", {
    attributes: { class: "data", width: "100%", cellpadding: "0", cellspacing: "0" },
    styles: { "border-collapse": "collapse", ...look.text },
    content: [
      ...(headers.length > 0 ? [element("thead", { content: headers })] : []),
      element("tbody", { content: rows }),
    ],
  });
  return block(view, {
    content: [table],
    textSelector: ".data,th,td",
    rules: linkRules(view, reader.css(`${computed}/linkColor`)),
  });
};

interface TableLook {
  /** Of the whole table: cells have it from there. */
  readonly text: Styles;
  readonly header: Styles;
  readonly cell: Styles;
  readonly alternate: Styles;
}

function lookOf(view: ModuleView): TableLook {
  const styles = view.reader.styles(style);
  const cell = { "vertical-align": "top", padding: "10px", ...padding(styles), ...borders(styles) };
  const alternate = view.reader.css(`${computed}/alternateRowBackgroundColor`);
  const fill = styles["background-color"];
  return {
    text: plainTextStyles(view, style),
    cell: fill === undefined || fill === "transparent" ? cell : { ...cell, "background-color": fill },
    header: { ...cell, ...headerStyles(view.reader, typography(styles)) },
    alternate: alternate === undefined || alternate === "transparent" ? {} : { "background-color": alternate },
  };
}

const headerLooks: readonly (readonly [from: string, to: string])[] = [
  ["headersColor", "color"],
  ["headersFontSize", "font-size"],
  ["headersFontWeight", "font-weight"],
  ["headersBackgroundColor", "background-color"],
  ["headersTextAlign", "text-align"],
];

function headerStyles(reader: ElementReader, text: Styles): Styles {
  const named = headerLooks.flatMap(([from, to]): [string, string][] => {
    const value = cssValue(to, reader.value(`${computed}/${from}`));
    return value === undefined ? [] : [[to, value]];
  });
  const styles: Styles = Object.fromEntries(named);
  return { ...styles, "text-align": alignment(styles["text-align"] ?? text["text-align"], "left") };
}

function tableLine({ cells }: TableRow, { tag, styles }: { tag: "th" | "td"; styles: Styles }): ElementNode {
  const attributes: Record<string, string> = tag === "th" ? { scope: "col" } : {};
  const drawn = cells.map((cell) => {
    const content = { html: cellHtml(cell) };
    return element(tag, { attributes, styles: { ...styles, ...ownStyles(cell) }, content, holdsText: true });
  });
  return element("tr", { content: drawn });
}

function ownStyles({ own }: TableCell): Styles {
  const styles = own === undefined ? {} : stylesOf(objectAt(own, "style"));
  const fill = pick(styles, ["width", "background-color"]);
  return { ...typography(styles), ...padding(styles), ...borders(styles), ...fill };
}
