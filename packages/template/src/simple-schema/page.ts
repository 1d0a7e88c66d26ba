import { converterOf, type Defaults } from "./converter.ts";
import { pixels, plain } from "./properties.ts";
import { metadataSchema, type SimpleMetadata, type SimpleSettings, settingsSchema } from "./schema.ts";

const computed = "/page/body/content/computedStyle";
const meta = "/page/head/meta";

const noDefaults: Defaults = { linkColor: "#0068A5", background: "#FFFFFF", contentBackground: "transparent" };

/** What elements take from the settings. */
export function defaultsOf(settings: SimpleSettings | undefined): Defaults {
  return {
    linkColor: settings?.linkColor ?? noDefaults.linkColor,
    background: settings?.["background-color"] ?? noDefaults.background,
    contentBackground: settings?.contentAreaBackgroundColor ?? noDefaults.contentBackground,
  };
}

/** The page without its rows, as far as the settings say it. */
export const settingsConverter = converterOf<SimpleSettings>({
  shape: settingsSchema.shape,
  properties: {
    linkColor: plain(`${computed}/linkColor`),
    "background-color": plain("/page/body/container/style/background-color"),
    contentAreaBackgroundColor: plain(`${computed}/messageBackgroundColor`),
    width: pixels(`${computed}/messageWidth`),
  },
  base: () => ({
    "/page/title": "",
    "/page/description": "",
    "/page/template/version": "2.0.0",
    "/page/body/container/style/background-color": noDefaults.background,
    [`${computed}/linkColor`]: noDefaults.linkColor,
    [`${computed}/messageBackgroundColor`]: noDefaults.contentBackground,
    [`${computed}/messageWidth`]: "600px",
    "/page/body/content/style/color": "#000000",
    "/page/body/content/style/font-family": "Arial, Helvetica Neue, Helvetica, sans-serif",
    "/page/body/webFonts": [],
  }),
});

/** What inboxes and browsers show of the page. */
export const metadataConverter = converterOf<SimpleMetadata>({
  shape: metadataSchema.shape,
  properties: {
    lang: plain(`${meta}/lang`),
    title: plain(`${meta}/title`),
    description: plain(`${meta}/description`),
    subject: plain(`${meta}/subject`),
    preheader: plain(`${meta}/preheader`),
  },
  base: () => ({}),
});
