import { type Email, Outline } from "./email.ts";

const [night, cream, sand, rust, ink] = ["#1b2a41", "#fffaf1", "#f2e8d5", "#b3402a", "#2b2b2b"];

interface Story {
  readonly title: string;
  readonly text: string;
  readonly path: string;
}

const stories: readonly Story[] = [
  {
    title: "Bread that waits for you",
    text: "Two minutes in the evening, and the dough does the rest while you sleep. We baked it forty times to be sure.",
    path: "overnight-bread",
  },
  {
    title: "A kitchen on one shelf",
    text: "Nils cooks for six on a shelf of a metre and a half. What hangs where, and the three things he would not give up.",
    path: "one-shelf",
  },
  {
    title: "Salt, slowly",
    text: "Lemons, salt, five weeks. What you get is not a condiment but a habit.",
    path: "salted-lemons",
  },
  {
    title: "The last tomatoes",
    text: "Green ones as well: sliced, dusted with maize and fried until the kitchen smells of September.",
    path: "last-tomatoes",
  },
];

/** A newsletter with a leading story and four more, two and two. */
export const newsletter: Email = {
  name: "newsletter",
  pictures: [
    { query: "field of wheat at sunset", width: 1200, height: 700, alt: "The sun sets over a field of wheat" },
    { query: "evening light on hills", width: 600, height: 420, alt: "Evening light on hills" },
    { query: "yellow sunrise over the sea", width: 600, height: 420, alt: "Yellow sunrise over the sea" },
    { query: "green hills", width: 600, height: 420, alt: "Green hills" },
    { query: "quiet night with stars", width: 600, height: 420, alt: "A quiet night with stars" },
  ],
  edits: ([lead = "", ...pictures]) => {
    const outline = new Outline();
    const alts = newsletter.pictures.map(({ alt }) => alt);
    outline
      .call("set_email_metadata", {
        subject: "Bread that waits for you",
        preheader: "And a kitchen on one shelf, salt, and the last tomatoes.",
        language: "en",
        title: "The Slow Table, September",
      })
      .call("set_email_default_styles", {
        backgroundColor: sand,
        contentAreaBackgroundColor: cream,
        contentAreaWidth: 640,
        fontFamily: "Georgia",
        linkColor: rust,
      });
    outline
      .section([5, 7], { contentAreaPaddingTop: 20, contentAreaPaddingBottom: 20, verticalAlign: "middle" })
      .add("add_title", { text: "The Slow Table", headingLevel: "h2", color: night, fontSize: 26, paddingLeft: 24 })
      .in(1, "add_menu", {
        items: [
          { text: "Recipes", href: "https://slowtable.example/recipes" },
          { text: "Kitchens", href: "https://slowtable.example/kitchens" },
          { text: "Letters", href: "https://slowtable.example/letters" },
        ],
        align: "right",
        color: night,
        linkColor: night,
        fontSize: 15,
      });
    const [first, ...others] = stories;
    if (first) addLead(outline, first, { src: lead, alt: alts[0] });
    for (const [index, story] of others.entries())
      addStory(outline, story, { src: pictures[index], alt: alts[index + 1], isTurned: index % 2 === 1 });
    addRecipe(outline);
    addFoot(outline, { src: pictures[3], alt: alts[4] });
    return outline.edits;
  },
};

function address(path = ""): string {
  return `https://slowtable.example/stories/${path}`;
}

interface Shown {
  readonly src: string | undefined;
  readonly alt: string | undefined;
}

function addLead(outline: Outline, story: Story, { src, alt }: Shown): void {
  outline
    .section([12])
    .add("add_image", { src, alt, href: address(story.path), padding: 0 })
    .add("add_title", {
      text: story.title,
      headingLevel: "h1",
      color: night,
      fontSize: 38,
      lineHeight: 1.15,
      paddingTop: 28,
      paddingLeft: 32,
      paddingRight: 32,
    })
    .add("add_paragraph", {
      html: story.text,
      color: ink,
      fontSize: 18,
      lineHeight: 1.6,
      paddingLeft: 32,
      paddingRight: 32,
    })
    .add("add_button", {
      text: "Start tonight",
      href: address(story.path),
      backgroundColor: rust,
      color: "#ffffff",
      fontSize: 16,
      borderRadius: 4,
      align: "left",
      paddingLeft: 32,
      paddingBottom: 36,
    });
}

function addStory(
  outline: Outline,
  story: Story,
  { src, alt, isTurned }: Shown & { readonly isTurned: boolean },
): void {
  const [textColumn, pictureColumn] = isTurned ? [0, 1] : [1, 0];
  outline
    .section([6, 6], {
      rowBackgroundColor: sand,
      contentAreaBackgroundColor: isTurned ? cream : sand,
      contentAreaPaddingTop: 20,
      contentAreaPaddingBottom: 20,
      verticalAlign: "middle",
      reverseOnMobile: isTurned,
    })
    .in(pictureColumn, "add_image", {
      src,
      alt,
      href: address(story.path),
      borderRadius: 8,
      padding: 16,
    })
    .in(textColumn, "add_title", {
      text: story.title,
      headingLevel: "h3",
      color: night,
      fontSize: 23,
      paddingLeft: 16,
    })
    .in(textColumn, "add_paragraph", {
      html: story.text,
      color: ink,
      fontSize: 16,
      lineHeight: 1.55,
      paddingLeft: 16,
      paddingRight: 16,
    })
    .in(textColumn, "add_paragraph", {
      html: `<a href="${address(story.path)}"><strong>Read on</strong></a>`,
      color: rust,
      fontSize: 16,
      paddingLeft: 16,
    });
}

function addRecipe(outline: Outline): void {
  outline
    .section([12], { rowBackgroundColor: night, contentAreaBackgroundColor: night, contentAreaPaddingTop: 32 })
    .add("add_title", {
      text: "This month, in four lines",
      headingLevel: "h3",
      color: "#ffffff",
      fontSize: 22,
      textAlign: "center",
    })
    .add("add_list", {
      listType: "ol",
      items: ["Pick what is cheap", "Salt it early", "Give it time", "Ask somebody in"],
      color: "#ffffff",
      fontSize: 17,
      lineHeight: 1.6,
      paddingLeft: 48,
      paddingRight: 48,
    })
    .add("add_button", {
      align: "center",
      text: "All recipes of September",
      href: "https://slowtable.example/september",
      backgroundColor: "#ffffff",
      color: night,
      fontSize: 16,
      borderRadius: 4,
    })
    .add("add_spacer", { height: 24 });
}

function addFoot(outline: Outline, { src, alt }: Shown): void {
  outline
    .section([12], { rowBackgroundColor: sand, contentAreaBackgroundColor: sand, contentAreaPaddingTop: 20 })
    .add("add_image", {
      src,
      alt,
      href: "https://slowtable.example/letters",
      width: 160,
      borderRadius: 80,
      align: "center",
    })
    .add("add_paragraph", {
      html: "Written by Ada and Nils, who answer every letter.",
      color: ink,
      fontSize: 15,
      textAlign: "center",
    })
    .add("add_social", {
      socialIcons: [
        { name: "instagram", href: "https://www.instagram.com/slowtable.example" },
        { name: "youtube", href: "https://www.youtube.com/@slowtable.example" },
      ],
      align: "center",
    })
    .add("add_paragraph", {
      html: 'You asked for this letter in March. <a href="https://slowtable.example/leave">Leave the list</a>',
      color: ink,
      fontSize: 14,
      textAlign: "center",
      paddingBottom: 28,
    });
}
