import type { ModuleRenderer } from "../../modules/module-view.ts";
import { linked } from "../../modules/module-view.ts";
import { playSign, renderVideo, stillOf, videoBlock, videoUrl } from "../../modules/video.ts";
import { notForOutlook } from "./outlook.ts";

/** A still that leads to the film. Outlook would show the sign to play as a stray letter below it. */
export const renderMessageVideo: ModuleRenderer = (view) => {
  const still = stillOf(view);
  const link = still && linked({ href: videoUrl(view) }, [still, { ...playSign(view), around: notForOutlook }]);
  return link ? videoBlock(view, link) : renderVideo(view);
};
