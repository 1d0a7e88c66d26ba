import type { Json } from "@waggle/template";

/** Ids of the page below. */
export const ids = { row: "row-1", column: "column-1", title: "title-1", paragraph: "paragraph-1", button: "button-1" };

/** A page with a title, a paragraph and a button in one row. */
export function smallPage(title = "Hello"): Json {
  return {
    page: {
      title: "Spring",
      body: { type: "mailup-bee-page-properties", content: { computedStyle: { messageWidth: "600px" } } },
      template: { name: "template-base", type: "basic", version: "2.0.0" },
      rows: [
        {
          uuid: ids.row,
          type: "one-column-empty",
          locked: false,
          container: { style: { "background-color": "transparent" } },
          content: { style: { width: "600px" }, computedStyle: {} },
          columns: [{ uuid: ids.column, "grid-columns": 12, style: {}, modules: modules(title) }],
        },
      ],
    },
    comments: {},
  };
}

function modules(title: string): readonly Json[] {
  return [
    {
      uuid: ids.title,
      type: "mailup-bee-newsletter-modules-heading",
      locked: false,
      descriptor: { heading: { title: "h1", text: `<span>${title}</span>`, style: { color: "#222222" } } },
    },
    {
      uuid: ids.paragraph,
      type: "mailup-bee-newsletter-modules-paragraph",
      locked: false,
      descriptor: { paragraph: { html: "<p>We open on <strong>Sunday</strong>.</p>", style: { color: "#222222" } } },
    },
    {
      uuid: ids.button,
      type: "mailup-bee-newsletter-modules-button",
      locked: false,
      descriptor: {
        button: { href: "https://example.com/", label: "<span>Buy</span>", style: { color: "#ffffff" } },
        style: { "text-align": "center" },
      },
    },
  ];
}
