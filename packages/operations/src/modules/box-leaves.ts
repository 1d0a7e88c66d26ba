import type { NodeData } from "@waggle/template";

/** The last leaves of a new block: room around it, nothing of its own on phones, shown everywhere. */
export const boxLeaves: NodeData = {
  "/descriptor/style/padding-top": "10px",
  "/descriptor/style/padding-right": "10px",
  "/descriptor/style/padding-bottom": "10px",
  "/descriptor/style/padding-left": "10px",
  "/descriptor/mobileStyle": {},
  "/descriptor/computedStyle/hideContentOnDesktop": false,
  "/descriptor/computedStyle/hideContentOnMobile": false,
};
