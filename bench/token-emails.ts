// Three e-mails, as the calls that build them: what is in them differs from section to section, as in life.

/** One call: a tool without prefix, and its arguments. */
export interface EmailCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Journey {
  readonly city: string;
  readonly line: string;
  readonly text: string;
}

const journeys: readonly Journey[] = [
  [
    "Oslo",
    "Breakfast above the fjord",
    "Leave Copenhagen after dinner and wake up where the line follows the water. The dining car opens at six, and the first coffee is on us.",
  ],
  [
    "Porto",
    "Ten hours to the Atlantic",
    "The sleeper from Madrid rolls through the hills while you are asleep. Open the blind at seven: the river is on the left all the way down.",
  ],
  [
    "Vienna",
    "In time for the second act",
    "Board in Hamburg at eight in the evening, arrive rested, and walk to the opera. Berths have a window that opens, and real sheets.",
  ],
  [
    "Naples",
    "Down the boot in one night",
    "From Milan to the bay without an airport. A compartment for two has a washbasin, a reading lamp each, and a door that locks.",
  ],
  [
    "Stockholm",
    "Past a thousand lakes",
    "Half of the way is forest, the other half is water. In June it does not get dark at all, so we hang up curtains that really close.",
  ],
  [
    "Kraków",
    "Old town before nine",
    "The train from Prague stops ten minutes from the market square. Leave your bags with the porter and be the first in the cloth hall.",
  ],
  [
    "Lisbon",
    "Where the line ends",
    "One change in Hendaye, one night, and you are at the river. The station is tiled in blue; the pastry shop opposite opens at six.",
  ],
  [
    "Zagreb",
    "Through four tunnels",
    "Families travel in one compartment with four beds and a small table. Children under six sleep free, and bears do too.",
  ],
  [
    "Bern",
    "A short night, a long morning",
    "Asleep in Amsterdam, awake under the mountains. The late train arrives at nine so that nobody has to hurry anywhere.",
  ],
  [
    "Turin",
    "Chocolate for breakfast",
    "From Paris by the old line over the pass. The conductor wakes you when the snow begins, if you leave the card on the door.",
  ],
  [
    "Riga",
    "Two borders, no queue",
    "Passports are collected in the evening and handed back with the tea. You will not notice either of the borders, we promise.",
  ],
  [
    "Seville",
    "Oranges on the platform",
    "Out of the grey and into the south in eleven hours. The bar car plays records until midnight; take the quiet end if you want to sleep.",
  ],
  [
    "Inverness",
    "North until it stops",
    "The Highland sleeper leaves London at nine. Deer stand beside the track at dawn, and there is porridge with or without whisky.",
  ],
  [
    "Brașov",
    "Into the mountains",
    "The longest of our lines, and the most loved one. Two nights on board, a shower in each car, and castles on both sides of the valley.",
  ],
].map(([city = "", line = "", text = ""]) => ({ city, line, text }));

function sectionOf({ city, line, text }: Journey, section: number): EmailCall[] {
  const isSplit = section % 3 === 2;
  const place = isSplit ? { section, column: 1 } : { section };
  const href = `https://nighttrains.example/${city.toLowerCase()}?from=letter`;
  return [
    {
      tool: "add_section",
      input: { columns: isSplit ? [6, 6] : [12], rowBackgroundColor: section % 2 ? "#f6efe1" : "#ffffff" },
    },
    {
      tool: "add_image",
      input: {
        section,
        src: `https://cdn.nighttrains.example/${city.toLowerCase()}.jpg`,
        alt: `The night train on its way to ${city}`,
        href,
      },
    },
    {
      tool: "add_title",
      input: { ...place, text: line, headingLevel: "h2", color: "#14312b", textAlign: isSplit ? "left" : "center" },
    },
    { tool: "add_paragraph", input: { ...place, html: text, color: "#333333", lineHeight: 1.5 } },
    {
      tool: "add_button",
      input: {
        ...place,
        text: `See berths to ${city}`,
        href,
        backgroundColor: "#14312b",
        color: "#ffffff",
        borderRadius: 6,
      },
    },
    { tool: "add_divider", input: { ...place, line: "1px solid #d8d2c4", paddingTop: 16, paddingBottom: 16 } },
  ];
}

const opening: readonly EmailCall[] = [
  {
    tool: "set_email_metadata",
    input: {
      subject: "Wake up somewhere else",
      preheader: "Night trains for the summer, from 39 euros. Berths go on sale Sunday.",
      language: "en",
      title: "Night trains",
    },
  },
  {
    tool: "set_email_default_styles",
    input: { backgroundColor: "#ede7da", contentAreaWidth: 640, fontFamily: "Arial", linkColor: "#14312b" },
  },
];

const closings: readonly EmailCall[] = [
  { tool: "add_spacer", input: { section: 0, height: 24 } },
  {
    tool: "add_list",
    input: {
      section: 0,
      listType: "ul",
      items: ["Bicycles travel free until June", "Cancel until the evening before", "Breakfast is always included"],
    },
  },
  {
    tool: "add_paragraph",
    input: {
      section: 0,
      html: 'You get this letter because you travelled with us. <a href="https://nighttrains.example/leave">Leave the list</a>.',
    },
  },
];

/** The e-mail that takes this many sections and closing calls, its check at the end included. */
function email(sections: number, closing: number): readonly EmailCall[] {
  return [
    ...opening,
    ...journeys.slice(0, sections).flatMap(sectionOf),
    ...closings.slice(0, closing),
    { tool: "check_template", input: {} },
  ];
}

/** Simple, medium and complex: 15, 40 and 90 operations. */
export const emails = {
  simple: email(2, 0),
  medium: email(6, 1),
  complex: email(14, 3),
} as const;
