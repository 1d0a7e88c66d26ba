const box = (size: string) => ({
  "padding-top": size,
  "padding-right": size,
  "padding-bottom": size,
  "padding-left": size,
});
const text = {
  color: "#222222",
  "font-size": "16px",
  "font-family": "inherit",
  "line-height": "150%",
  "text-align": "left",
  direction: "ltr",
  "letter-spacing": "0px",
  "font-weight": "400",
};
const shown = { hideContentOnMobile: false, hideContentOnDesktop: false };

type Make = (number: number) => readonly [type: string, content: object, more?: object];

/** The types of modules as often as in real newsletters: mostly texts and pictures. */
const makers: readonly Make[] = [
  (number) => [
    "image",
    {
      image: {
        src: `https://example.com/${number}.png`,
        alt: `Picture ${number}`,
        href: "https://example.com",
        target: "_blank",
        width: "300px",
        height: "200px",
      },
    },
    { computedStyle: { ...shown, class: "center autowidth", width: "300px" } },
  ],
  (number) => [
    "heading",
    {
      heading: {
        title: "h2",
        text: `Heading <em>${number}</em>`,
        style: { ...text, "font-size": "24px", "font-weight": "700", "link-color": "#0068a5" },
      },
    },
  ],
  (number) => [
    "paragraph",
    {
      paragraph: {
        html: `<p>Dear {{ first_name }}, offer ${number} lasts until <strong>Sunday</strong>.</p><p>Read <a href="https://example.com/${number}" target="_blank">all about it</a> &amp; order.</p>`,
        style: text,
        computedStyle: { linkColor: "#aa0000", paragraphSpacing: "16px" },
      },
    },
  ],
  (number) => [
    "button",
    {
      button: {
        label: `<div class="txtTinyMce-wrapper" style="font-family:inherit;"><p style="word-break:break-word;">Order ${number}</p></div>`,
        href: `https://example.com/order/${number}`,
        target: "_blank",
        style: {
          ...text,
          ...box("8px"),
          color: "#ffffff",
          "background-color": "#3aaee0",
          "border-top": "0px solid transparent",
          "border-right": "0px solid transparent",
          "border-bottom": "0px solid transparent",
          "border-left": "0px solid transparent",
          "border-radius": "4px",
          width: "auto",
          "line-height": "200%",
        },
      },
    },
  ],
  (number) => [
    "paragraph",
    { paragraph: { html: `<p>Small print ${number}</p>`, style: { ...text, "font-size": "12px" } } },
    { mobileStyle: { "font-size": "14px" } },
  ],
  () => ["divider", { divider: { style: { "border-top": "1px solid #bbbbbb", width: "100%" } } }],
  () => ["spacer", { spacer: { style: { height: "20px" } } }],
  (number) => [
    "social",
    {
      iconsList: {
        icons: [1, 2, 3].map((each) => ({
          id: `${number}-${each}`,
          name: "network",
          type: "follow",
          text: "",
          image: {
            src: "https://example.com/n.png",
            alt: "Network",
            href: "https://example.com/n",
            title: "Network",
            target: "_blank",
          },
        })),
      },
    },
    { computedStyle: { ...shown, iconsDefaultWidth: 32, padding: "0 2px 0 2px" } },
  ],
];
const order = [0, 1, 2, 3, 2, 4, 0, 1, 2, 3, 5, 0, 2, 4, 6, 1, 2, 3, 7];

/** Page JSON of this many modules of all the common types, in rows of one and of two columns. */
export function mixedModules(count: number): object {
  const modules = Array.from({ length: count }, (_each, number) => {
    const [type, content, more = {}] = makers[order[number % order.length] ?? 0]?.(number) ?? ["spacer", {}];
    return {
      uuid: `module-${number}`,
      type: `mailup-bee-newsletter-modules-${type}`,
      locked: false,
      descriptor: {
        ...content,
        style: { ...box("10px"), "text-align": "center", width: "100%" },
        computedStyle: shown,
        mobileStyle: {},
        ...more,
      },
    };
  });
  const rows: object[] = [];
  for (let at = 0; at < modules.length; at += 6) {
    const six = modules.slice(at, at + 6);
    const columns = rows.length % 2 === 0 ? [six] : [six.slice(0, 3), six.slice(3)];
    rows.push({
      uuid: `row-${at}`,
      type: "",
      container: { style: { "background-color": "transparent", "background-image": "none" } },
      content: {
        style: { "background-color": "#ffffff", color: "#000000", width: "600px" },
        computedStyle: { ...shown, rowColStackOnMobile: true, verticalAlign: "top" },
      },
      columns: columns.map((each, index) => ({
        uuid: `column-${at}-${index}`,
        "grid-columns": 12 / columns.length,
        style: { "background-color": "transparent", ...box("5px"), "border-top": "0px solid transparent" },
        modules: each,
      })),
    });
  }
  const content = {
    style: { color: "#000000", "font-family": "Arial, Helvetica, sans-serif" },
    computedStyle: { messageWidth: "600px", messageBackgroundColor: "#ffffff", linkColor: "#0068a5" },
  };
  return {
    page: { title: "Newsletter", body: { container: { style: { "background-color": "#eeeeee" } }, content }, rows },
  };
}
