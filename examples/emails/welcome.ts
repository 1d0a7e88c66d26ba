import { type Email, Outline } from "./email.ts";

const [ink, paper, leaf, mist] = ["#22312b", "#f4f6f1", "#2f6b4f", "#e3ebe2"];

/** A short one: a picture, a few words, one thing to do. */
export const welcome: Email = {
  name: "welcome",
  pictures: [
    { query: "morning mist over green hills", width: 1200, height: 640, alt: "Morning mist over green hills" },
  ],
  edits: ([hills = ""]) => {
    const outline = new Outline();
    outline
      .call("set_email_metadata", {
        subject: "Your allotment is ready",
        preheader: "Plot 14 is yours from Saturday. Here is what to bring.",
        language: "en",
        title: "Your allotment is ready",
      })
      .call("set_email_default_styles", {
        backgroundColor: mist,
        contentAreaBackgroundColor: paper,
        contentAreaWidth: 600,
        fontFamily: "Georgia",
        linkColor: leaf,
      });
    outline.section([12], { contentAreaPaddingTop: 24, contentAreaPaddingBottom: 8 }).add("add_paragraph", {
      html: "<strong>Hillside Allotments</strong>",
      textAlign: "center",
      color: leaf,
      fontSize: 15,
      letterSpacing: 2,
    });
    outline.section([12]).add("add_image", {
      src: hills,
      alt: "Morning mist over green hills",
      href: "https://hillside.example/plots/14",
      padding: 0,
    });
    addNews(outline);
    addFoot(outline);
    return outline.edits;
  },
};

function addNews(outline: Outline): void {
  outline
    .section([12], { contentAreaPaddingTop: 24, contentAreaPaddingBottom: 32 })
    .add("add_title", {
      text: "Plot 14 is yours, {{first_name}}",
      headingLevel: "h1",
      color: ink,
      fontSize: 34,
      lineHeight: 1.2,
      textAlign: "center",
      paddingRight: 32,
      paddingLeft: 32,
      mergeTagPassed: true,
    })
    .add("add_paragraph", {
      html: "From Saturday on you have the key, the water and eighty square metres of good soil. The neighbours are kind, and the robins are kinder.",
      color: ink,
      fontSize: 17,
      lineHeight: 1.6,
      textAlign: "center",
      paddingRight: 48,
      paddingLeft: 48,
    })
    .add("add_button", {
      text: "See the plan of your plot",
      href: "https://hillside.example/plots/14/plan",
      align: "center",
      backgroundColor: leaf,
      color: "#ffffff",
      fontSize: 17,
      borderRadius: 24,
      contentPaddingTop: 12,
      contentPaddingBottom: 12,
      contentPaddingLeft: 28,
      contentPaddingRight: 28,
    });
}

function addFoot(outline: Outline): void {
  outline
    .section([12], { rowBackgroundColor: mist, contentAreaBackgroundColor: mist, contentAreaPaddingTop: 16 })
    .add("add_title", { text: "Bring with you", headingLevel: "h2", color: ink, fontSize: 21, paddingLeft: 48 })
    .add("add_list", {
      listType: "ul",
      items: ["A spade and gloves", "Something to drink", "This e-mail: the porter asks for it"],
      color: ink,
      fontSize: 16,
      lineHeight: 1.6,
      paddingLeft: 32,
      paddingRight: 32,
    })
    .add("add_divider", { line: `1px solid ${leaf}`, width: 90 })
    .add("add_paragraph", {
      html: 'Hillside Allotments, 3 Mill Lane. <a href="https://hillside.example/letters/leave">No more letters</a>',
      color: ink,
      fontSize: 14,
      textAlign: "center",
      paddingBottom: 24,
    });
}
