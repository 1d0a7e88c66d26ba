/** A title and a button in one row. */
export const template = {
  page: {
    title: "Invitation",
    body: { type: "mailup-bee-page-properties" },
    rows: [
      {
        columns: [
          {
            "grid-columns": 12,
            modules: [
              {
                type: "mailup-bee-newsletter-modules-heading",
                descriptor: { heading: { title: "h1", text: "We open on Sunday" } },
              },
              {
                type: "mailup-bee-newsletter-modules-button",
                descriptor: { button: { label: "Come", href: "https://example.com/" } },
              },
            ],
          },
        ],
      },
    ],
  },
};
