import type { Page } from "@playwright/test";
import type { Finding } from "./axe.ts";

/** What axe does not see: what scrolls sideways, is too small to hit, or does not fit its place. */
export async function rulerFindings(page: Page): Promise<readonly Finding[]> {
  const found = await Promise.all([
    page.evaluate(sidewaysScroll),
    page.evaluate(smallTargets),
    page.evaluate(cutOffControls),
  ]);
  return found.flat();
}

/** Runs in the page. */
function sidewaysScroll(): Finding[] {
  const parts = ".wg-ed, .wg-top, .wg-sess, .wg-ban, .wg-scroll, .wg-canvas, .wg-sheet, .wg-bottom, .wg-dockbar";
  const shadow = document.querySelector("waggle-editor")?.shadowRoot;
  return [document.documentElement, ...(shadow?.querySelectorAll<HTMLElement>(parts) ?? [])]
    .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
    .map((element) => ({
      rule: "sideways-scroll",
      target: `${element.localName}.${element.className}`,
      message: `${element.scrollWidth} px wide in ${element.clientWidth} px`,
    }));
}

/** Runs in the page. A margin around a control counts where it is drawn by `::after`; a field counts as a whole. */
function smallTargets(): Finding[] {
  const controls = "button, a[href], select, input, [role=treeitem], [role=tab]";
  const least = matchMedia("(pointer: coarse)").matches ? 44 : 28;
  const shadow = document.querySelector("waggle-editor")?.shadowRoot;
  const all = [document, ...(shadow ? [shadow] : [])].flatMap((root) => [
    ...root.querySelectorAll<HTMLElement>(controls),
  ]);
  const sizeOf = (element: HTMLElement) => {
    const { width, height } = (element.closest(".wg-in") ?? element).getBoundingClientRect();
    const after = getComputedStyle(element, "::after");
    const isMargin = after.content !== "none" && after.position === "absolute";
    const [across, down] = isMargin ? [Number.parseFloat(after.width), Number.parseFloat(after.height)] : [0, 0];
    return { width: Math.max(width, across), height: Math.max(height, down) };
  };
  return all
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => ({ element, size: sizeOf(element) }))
    .filter(({ size }) => size.width > 0 && size.height > 0 && Math.min(size.width, size.height) < least - 0.5)
    .map(({ element, size }) => ({
      rule: "hit-area",
      target: `${element.localName}.${element.className} ${element.ariaLabel ?? element.textContent.trim()}`,
      message: `${size.width} × ${size.height} px, less than ${least}`,
    }));
}

/** Runs in the page. What is in a list or on the canvas may be scrolled to; bars hold what they hold. */
function cutOffControls(): Finding[] {
  const shadow = document.querySelector("waggle-editor")?.shadowRoot;
  const edge = shadow?.querySelector(".wg-ed")?.getBoundingClientRect();
  if (!shadow || !edge) return [];
  return [...shadow.querySelectorAll<HTMLElement>("button")]
    .filter((button) => button.checkVisibility({ visibilityProperty: true }))
    .filter((button) => !button.closest(".wg-who, .wg-scroll, .wg-canvas"))
    .filter((button) => {
      const { left, right } = button.getBoundingClientRect();
      const isOutside = left < edge.left - 1 || right > edge.right + 1;
      return isOutside || (button.matches(".wg-btn") && button.scrollWidth > button.clientWidth + 1);
    })
    .map((button) => ({
      rule: "cut-off",
      target: `button.${button.className} ${button.ariaLabel ?? button.textContent.trim()}`,
      message: `reaches to ${button.getBoundingClientRect().right} of ${edge.right} px`,
    }));
}
