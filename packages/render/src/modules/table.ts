import { type ElementNode, element, type Styles } from "../tree.ts";
import { alignment, borders, padding, pick, typography } from "../values/css.ts";
import { type JsonObject, objectAt, objectsOf, stylesOf, textOf } from "../values/element-reader.ts";
import { block, linkRules, type ModuleRenderer, type ModuleView } from "./module-view.ts";

const content = "/descriptor/table/content";
const style = "/descriptor/table/style";
const computed = "/descriptor/table/computedStyle";

/** A table of data, with a header where the template has one. */
export const renderTable: ModuleRenderer = (view) => {
  const { reader } = view;
  const look = lookOf(view);
  const headers = reader.objects(`${content}/headers`).map((row) => tableLine(row, { tag: "th", styles: look.header }));
  const rows = reader.objects(`${content}/rows`).map((row, index) => {
    const fill = index % 2 === 1 ? look.alternate : {};
    return tableLine(row, { tag: "td", styles: { ...look.cell, ...fill } });
  });
  const table = element("table", {
    attributes: { class: "data", width: "100%", cellpadding: "0", cellspacing: "0", border: "0" },
    styles: {
      "border-collapse": "collapse",
      width: "100%",
      ...pick(look.text, ["color", "font-family", "font-size", "line-height"]),
    },
    content: [
      ...(headers.length > 0 ? [element("thead", { content: headers })] : []),
      element("tbody", { content: rows }),
    ],
  });
  return block(view, {
    content: [table],
    textSelector: "th,td",
    rules: linkRules(view, reader.css(`${computed}/linkColor`)),
  });
};

interface TableLook {
  readonly text: Styles;
  readonly header: Styles;
  readonly cell: Styles;
  readonly alternate: Styles;
}

function lookOf({ reader }: ModuleView): TableLook {
  const styles = reader.styles(style);
  const text = typography(styles);
  const cell = { "vertical-align": "top", padding: "10px", ...padding(styles), ...text, ...borders(styles) };
  const alternate = reader.css(`${computed}/alternateRowBackgroundColor`);
  const fill = styles["background-color"];
  return {
    text,
    cell: fill === undefined || fill === "transparent" ? cell : { ...cell, "background-color": fill },
    header: { ...cell, ...headerStyles(reader.styles(computed), text) },
    alternate: alternate === undefined || alternate === "transparent" ? {} : { "background-color": alternate },
  };
}

function headerStyles(styles: Styles, text: Styles): Styles {
  const named: Styles = {
    ...renamed(styles, "headersColor", "color"),
    ...renamed(styles, "headersFontSize", "font-size"),
    ...renamed(styles, "headersFontWeight", "font-weight"),
    ...renamed(styles, "headersBackgroundColor", "background-color"),
    ...renamed(styles, "headersTextAlign", "text-align"),
  };
  return { ...named, "text-align": alignment(named["text-align"] ?? text["text-align"], "left") };
}

function renamed(styles: Styles, from: string, to: string): Styles {
  const value = styles[from];
  return value === undefined ? {} : { [to]: value };
}

function tableLine(row: JsonObject, { tag, styles }: { tag: "th" | "td"; styles: Styles }): ElementNode {
  const scope: Record<string, string> = tag === "th" ? { scope: "col" } : {};
  const cells = objectsOf(row.cells).map((cell) => {
    const own = stylesOf(objectAt(cell, "style"));
    return element(tag, {
      attributes: scope,
      styles: {
        ...styles,
        ...typography(own),
        ...padding(own),
        ...borders(own),
        ...pick(own, ["width", "background-color"]),
      },
      content: { html: textOf(cell.html) },
    });
  });
  return element("tr", { content: cells });
}
