import { type Email, Outline } from "./email.ts";

const [deep, white, shell, coral, ink] = ["#123c3f", "#ffffff", "#eef3f1", "#c2452d", "#1d2b2b"];
const shop = "https://tideandlinen.example";

interface Product {
  readonly name: string;
  readonly price: string;
  readonly words: string;
  readonly query: string;
  readonly path: string;
}

const products: readonly Product[] = [
  ["Harbour towel", "€ 38", "Waffle weave, dries overnight", "blue sea at dawn", "harbour-towel"],
  ["Dune blanket", "€ 120", "Wool from Texel, undyed", "dunes at night", "dune-blanket"],
  ["Pebble soap", "€ 9", "Sea salt and rosemary", "misty hills", "pebble-soap"],
  ["Kelp robe", "€ 96", "Long, light, with deep pockets", "green hills in the morning", "kelp-robe"],
  ["Lantern", "€ 54", "Burns twelve hours on one candle", "lantern on a beach at dusk", "lantern"],
  ["Rope mat", "€ 42", "Knotted by hand in Galway", "harbour at night", "rope-mat"],
  ["Gull mug", "€ 18", "Holds exactly enough", "white sails on the sea", "gull-mug"],
  ["Tide chart", "€ 24", "Printed on linen, for a year", "mountains at dawn", "tide-chart"],
  ["Net bag", "€ 14", "Grows with what is in it", "orange sunset over hills", "net-bag"],
].map(([name = "", price = "", words = "", query = "", path = ""]) => ({ name, price, words, query, path }));

const lead = { query: "linen drying by the sea at sunset", width: 1280, height: 760, alt: "Linen drying by the sea" };

/** A long one: a leading picture, nine products in threes, a table, and everything a shop says below. */
export const catalogue: Email = {
  name: "catalogue",
  pictures: [lead, ...products.map(({ query, name }) => ({ query, width: 400, height: 400, alt: name }))],
  edits: ([top = "", ...pictures]) => {
    const outline = new Outline();
    outline
      .call("set_email_metadata", {
        subject: "Nine things that get better in salt air",
        preheader: "The summer catalogue of Tide & Linen. Sent from Galway, carriage free until Sunday.",
        language: "en",
        title: "Tide & Linen, summer",
      })
      .call("set_email_default_styles", {
        backgroundColor: shell,
        contentAreaBackgroundColor: white,
        contentAreaWidth: 660,
        fontFamily: "Arial",
        linkColor: deep,
      });
    addHead(outline, top);
    for (let row = 0; row * 3 < products.length; row += 1) addProducts(outline, row, pictures);
    addSizes(outline);
    addPromises(outline, pictures);
    addFoot(outline);
    return outline.edits;
  },
};

function addHead(outline: Outline, top: string): void {
  outline.section([12], { rowBackgroundColor: deep, contentAreaBackgroundColor: deep }).add("add_paragraph", {
    html: "Carriage free until Sunday, from the first bar of soap on",
    color: white,
    fontSize: 14,
    textAlign: "center",
  });
  outline
    .section([12], { contentAreaPaddingTop: 20, contentAreaPaddingBottom: 12 })
    .add("add_title", {
      text: "Tide &amp; Linen",
      headingLevel: "h2",
      color: deep,
      fontSize: 28,
      letterSpacing: 3,
      textAlign: "center",
    })
    .add("add_menu", {
      items: ["New", "Bath", "Bed", "House"].map((text) => ({ text, href: `${shop}/${text.toLowerCase()}` })),
      align: "center",
      color: deep,
      linkColor: deep,
      fontSize: 15,
      separator: "·",
    });
  outline
    .section([12], { contentAreaPaddingBottom: 36 })
    .add("add_image", { src: top, alt: lead.alt, href: `${shop}/summer`, padding: 0 })
    .add("add_title", {
      text: "Nine things that get better in salt air",
      headingLevel: "h1",
      color: ink,
      fontSize: 36,
      lineHeight: 1.15,
      textAlign: "center",
      paddingTop: 32,
      paddingLeft: 96,
      paddingRight: 96,
    })
    .add("add_paragraph", {
      html: "They fade a little, they soften a lot, and none of them minds sand. <strong>Made within a day of the sea</strong>, most of them by people we can wave to.",
      color: ink,
      fontSize: 17,
      lineHeight: 1.6,
      textAlign: "center",
      paddingLeft: 56,
      paddingRight: 56,
    })
    .add("add_button", {
      text: "See the whole summer",
      href: `${shop}/summer`,
      align: "center",
      backgroundColor: coral,
      color: white,
      fontSize: 16,
      borderRadius: 6,
    });
}

function addProducts(outline: Outline, row: number, pictures: readonly string[]): void {
  const section = outline.section([4, 4, 4], {
    contentAreaPaddingTop: 12,
    contentAreaPaddingBottom: 16,
    contentAreaPaddingLeft: 16,
    contentAreaPaddingRight: 16,
    columnsSpacing: 16,
    verticalAlign: "top",
  });
  for (const [column, product] of products.slice(row * 3, row * 3 + 3).entries()) {
    const href = `${shop}/${product.path}`;
    section
      .in(column, "add_image", {
        src: pictures[row * 3 + column],
        alt: product.name,
        href,
        borderRadius: 8,
        padding: 0,
      })
      .in(column, "add_title", {
        text: product.name,
        headingLevel: "h3",
        color: ink,
        fontSize: 19,
        paddingTop: 12,
        paddingBottom: 2,
        paddingLeft: 4,
      })
      .in(column, "add_paragraph", {
        html: product.words,
        color: ink,
        fontSize: 15,
        lineHeight: 1.4,
        paddingTop: 2,
        paddingBottom: 4,
        paddingLeft: 4,
      })
      .in(column, "add_paragraph", {
        html: `<strong>${product.price}</strong> &nbsp; <a href="${href}">Take a look</a>`,
        color: ink,
        fontSize: 15,
        paddingTop: 2,
        paddingBottom: 12,
        paddingLeft: 4,
      })
      .in(column, "add_divider", { line: `2px solid ${shell}`, padding: 4 });
  }
}

function addSizes(outline: Outline): void {
  outline
    .section([12], { rowBackgroundColor: shell, contentAreaBackgroundColor: shell, contentAreaPaddingTop: 28 })
    .add("add_title", {
      text: "How large is large?",
      headingLevel: "h2",
      color: deep,
      fontSize: 24,
      textAlign: "center",
    })
    .add("add_table", {
      headers: ["", "Width", "Length", "Weight"],
      rows: [
        ["Harbour towel", "70 cm", "140 cm", "420 g"],
        ["Dune blanket", "150 cm", "200 cm", "1.4 kg"],
        ["Rope mat", "45 cm", "75 cm", "2.1 kg"],
      ],
      color: ink,
      fontSize: 15,
      backgroundColor: white,
      headersBackgroundColor: deep,
      headersColor: white,
      paddingLeft: 24,
      paddingRight: 24,
    })
    .add("add_spacer", { height: 20 });
}

function addPromises(outline: Outline, pictures: readonly string[]): void {
  outline
    .section([6, 6], { contentAreaPaddingTop: 28, contentAreaPaddingBottom: 28, verticalAlign: "middle" })
    .add("add_title", { text: "What we promise", headingLevel: "h2", color: deep, fontSize: 24, paddingLeft: 24 })
    .add("add_list", {
      listType: "ul",
      items: ["A hundred days to send it back", "Mended free of charge, for ever", "Plain paper, no plastic"],
      color: ink,
      fontSize: 16,
      lineHeight: 1.7,
      paddingLeft: 24,
    })
    .in(1, "add_icon", {
      icons: [
        { src: pictures[4], text: "Lit by hand", textPosition: "bottom", alt: "A lantern", href: `${shop}/lantern` },
        { src: pictures[6], text: "Poured by eye", textPosition: "bottom", alt: "A mug", href: `${shop}/gull-mug` },
      ],
      iconHeight: 96,
      color: ink,
      fontSize: 15,
      align: "center",
    });
}

function addFoot(outline: Outline): void {
  outline
    .section([12], { rowBackgroundColor: shell, contentAreaBackgroundColor: shell, contentAreaPaddingTop: 28 })
    .add("add_title", {
      text: "See you at the water",
      headingLevel: "h3",
      color: deep,
      fontSize: 22,
      textAlign: "center",
    })
    .add("add_button", {
      text: "Find our shops",
      href: `${shop}/shops`,
      align: "center",
      backgroundColor: deep,
      color: white,
      fontSize: 16,
      borderRadius: 6,
    })
    .add("add_social", {
      socialIcons: [
        { name: "instagram", href: "https://www.instagram.com/tideandlinen.example" },
        { name: "facebook", href: "https://www.facebook.com/tideandlinen.example" },
        { name: "pinterest", href: "https://www.pinterest.com/tideandlinen.example" },
      ],
      align: "center",
    })
    .add("add_divider", { line: `1px solid ${deep}`, width: 80 })
    .add("add_paragraph", {
      html: `Tide &amp; Linen, Quay Street 7, Galway. <a href="${shop}/leave">No more letters</a>`,
      color: ink,
      fontSize: 14,
      textAlign: "center",
      paddingBottom: 28,
    });
}
