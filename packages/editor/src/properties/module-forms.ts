import type { Bee } from "@waggle/sdk";
import type { ModuleType } from "@waggle/template";

type Commands = Bee["commands"];
type Input<Name extends keyof Commands> = Parameters<Commands[Name]>[0];

/** Every property the panel can change, by the name its commands know it by. */
export type Change = Partial<
  Omit<Input<"updateButton">, "elementId"> &
    Omit<Input<"updateTitle">, "elementId"> &
    Omit<Input<"updateParagraph">, "elementId">
>;

/** Pointers of what the panel shows; a property without one is not shown. */
export type Pointers = Readonly<
  Partial<
    Record<
      | "text"
      | "href"
      | "color"
      | "fontSize"
      | "backgroundColor"
      | "borderRadius"
      | "width"
      | "align"
      | "textAlign"
      | "headingLevel",
      string
    >
  >
>;

/** What the property panel knows of a module type. */
export interface ModuleForm {
  readonly pointers: Pointers;
  /** The heading over its properties. */
  readonly title: string;
  update(commands: Commands, elementId: string, change: Change): void;
}

const button: ModuleForm = {
  title: "Button",
  pointers: {
    text: "/descriptor/button/label",
    href: "/descriptor/button/href",
    color: "/descriptor/button/style/color",
    fontSize: "/descriptor/button/style/font-size",
    backgroundColor: "/descriptor/button/style/background-color",
    borderRadius: "/descriptor/button/style/border-radius",
    width: "/descriptor/button/style/width",
    align: "/descriptor/style/text-align",
  },
  update: (commands, elementId, change) => void commands.updateButton({ ...change, elementId }),
};

const title: ModuleForm = {
  title: "Title",
  pointers: {
    headingLevel: "/descriptor/heading/title",
    fontSize: "/descriptor/heading/style/font-size",
    color: "/descriptor/heading/style/color",
    textAlign: "/descriptor/heading/style/text-align",
  },
  update: (commands, elementId, change) => void commands.updateTitle({ ...change, elementId }),
};

const updateParagraph: ModuleForm["update"] = (commands, elementId, change) =>
  void commands.updateParagraph({ ...change, elementId });

const paragraph: ModuleForm = {
  title: "Paragraph",
  pointers: {
    fontSize: "/descriptor/paragraph/style/font-size",
    color: "/descriptor/paragraph/style/color",
    textAlign: "/descriptor/paragraph/style/text-align",
  },
  update: updateParagraph,
};

/** Older texts keep size and alignment in their HTML, so the panel leaves those to the text itself. */
const legacyText: ModuleForm = {
  title: "Text",
  pointers: { color: "/descriptor/text/style/color" },
  update: updateParagraph,
};

/** The form of each module type; the others have none yet, and the panel says so. */
export const moduleForms: Readonly<Record<ModuleType, ModuleForm | undefined>> = {
  button,
  heading: title,
  paragraph,
  text: legacyText,
  list: undefined,
  image: undefined,
  divider: undefined,
  spacer: undefined,
  social: undefined,
  icons: undefined,
  menu: undefined,
  html: undefined,
  video: undefined,
  table: undefined,
  form: undefined,
  carousel: undefined,
  "merge-content": undefined,
  addon: undefined,
  empty: undefined,
  unknown: undefined,
};
