import type { Bee, BeeConfig } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import type { Guest, Stage } from "../stage.test-suite.ts";

/** The template as its host would save it. */
export async function jsonOf(bee: Bee) {
  const { data } = await bee.getTemplateJson();
  return data.json;
}

export const linkOf = (bee: Bee) => bee.template.nodes.get(ids.button)?.["/descriptor/button/href"];
export const hasEnded = ({ heard }: Guest) => heard.some(({ type }) => type === "SESSION_ENDED");
/** Arguments for another link of the button. */
export const newLink = (path: string) => ({ elementId: ids.button, href: `https://example.com/${path}` });

export interface Started extends Guest {
  readonly templateId: string;
}

/** Someone with a small template and a session on it. */
export async function startGuest(stage: Stage, config: Partial<BeeConfig> = {}): Promise<Started> {
  const guest = stage.guest(config);
  await guest.bee.start(smallPage());
  const { templateId } = await guest.bee.startMcpSession();
  return { ...guest, templateId };
}
