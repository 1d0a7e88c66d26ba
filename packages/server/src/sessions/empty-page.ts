import type { Json } from "@waggle/template";

/** The page JSON a template starts from when none was given. */
export const emptyPage: Json = {
  page: {
    title: "",
    description: "",
    template: { name: "template-base", type: "basic", version: "2.0.0" },
    body: {
      type: "mailup-bee-page-properties",
      webFonts: [],
      container: { style: { "background-color": "#ffffff" } },
      content: {
        style: { color: "#000000", "font-family": "Arial, Helvetica Neue, Helvetica, sans-serif" },
        computedStyle: { messageWidth: "600px", messageBackgroundColor: "transparent", linkColor: "#0068a5" },
      },
    },
    rows: [],
  },
  comments: {},
};
