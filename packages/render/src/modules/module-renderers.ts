import type { ModuleType } from "@waggle/template";
import { renderAddon } from "./addon.ts";
import { renderButton } from "./button.ts";
import { renderCarousel } from "./carousel.ts";
import { renderDivider } from "./divider.ts";
import { renderEmpty } from "./empty.ts";
import { renderForm } from "./form.ts";
import { renderHeading } from "./heading.ts";
import { renderHtmlModule } from "./html.ts";
import { renderIcons } from "./icons.ts";
import { renderImage } from "./image.ts";
import { renderList } from "./list.ts";
import { renderMenu } from "./menu.ts";
import { renderMergeContent } from "./merge-content.ts";
import type { ModuleRenderer } from "./module-view.ts";
import { renderParagraph } from "./paragraph.ts";
import { renderSocial } from "./social.ts";
import { renderSpacer } from "./spacer.ts";
import { renderTable } from "./table.ts";
import { renderText } from "./text.ts";
import { renderUnknown } from "./unknown.ts";
import { renderVideo } from "./video.ts";

/** How each type of module is drawn. The only place that tells them apart. */
export const moduleRenderers: Readonly<Record<ModuleType, ModuleRenderer>> = {
  heading: renderHeading,
  paragraph: renderParagraph,
  text: renderText,
  list: renderList,
  image: renderImage,
  button: renderButton,
  divider: renderDivider,
  spacer: renderSpacer,
  social: renderSocial,
  icons: renderIcons,
  menu: renderMenu,
  html: renderHtmlModule,
  video: renderVideo,
  table: renderTable,
  form: renderForm,
  carousel: renderCarousel,
  "merge-content": renderMergeContent,
  addon: renderAddon,
  empty: renderEmpty,
  unknown: renderUnknown,
};
