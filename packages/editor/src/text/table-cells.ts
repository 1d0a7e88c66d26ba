import { XmlElement, type XmlFragment } from "yjs";

/** The live texts of a table's cells as the canvas shows them: header rows first, then the others. */
export function cellsOf(table: XmlFragment): readonly XmlElement[] {
  const [headers, rows]: [XmlElement[], XmlElement[]] = [[], []];
  collect(table, { headers, rows, isHeader: false });
  return [...headers, ...rows];
}

interface Collected {
  readonly headers: XmlElement[];
  readonly rows: XmlElement[];
  readonly isHeader: boolean;
}

function collect(parent: XmlFragment, collected: Collected): void {
  for (const child of parent.toArray()) {
    if (!(child instanceof XmlElement) || child.nodeName !== "box") continue;
    const tag = child.getAttribute("tag");
    if (tag === "td" || tag === "th") (collected.isHeader ? collected.headers : collected.rows).push(child);
    else collect(child, { ...collected, isHeader: collected.isHeader || tag === "thead" });
  }
}

/** Whether a cell is HTML that could not be read as text. */
export function isOpaqueCell(cell: XmlElement): boolean {
  const [only, ...others] = cell.toArray();
  return others.length === 0 && only instanceof XmlElement && only.nodeName === "rawBlock";
}
