import { type Draft, type ElementId, parentOf, settingsId } from "@waggle/template";
import { readableOn } from "../modules/page-defaults.ts";

/** Whether a column's blocks stand on a dark colour; false where a picture is behind them or no colour is said. */
export function isOnDarkGround(draft: Draft, columnId: ElementId): boolean {
  const row = parentOf(draft.require(columnId)) ?? "";
  const layers: readonly (readonly [id: ElementId, pointer: string])[] = [
    [columnId, "/style"],
    [row, "/content/style"],
    [settingsId, "/page/body/content/computedStyle/messageBackgroundColor"],
    [row, "/container/style"],
    [settingsId, "/page/body/container/style"],
  ];
  for (const [id, pointer] of layers) {
    const isColor = pointer.endsWith("Color");
    const image = isColor ? undefined : draft.get(id, `${pointer}/background-image`);
    if (typeof image === "string" && image !== "" && image !== "none") return false;
    const color = draft.get(id, isColor ? pointer : `${pointer}/background-color`);
    if (typeof color === "string" && color.startsWith("#")) return isDark(color);
  }
  return false;
}

function isDark(color: string): boolean {
  const full = color.replace(/^#([\da-f])([\da-f])([\da-f])$/i, "#$1$1$2$2$3$3");
  return /^#[\da-f]{6}$/i.test(full) && readableOn(full) === "#ffffff";
}
