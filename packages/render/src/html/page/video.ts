import { block, type ModuleRenderer } from "../../modules/module-view.ts";
import { renderVideo, stillOf, videoTitle, videoUrl } from "../../modules/video.ts";
import { element } from "../../tree.ts";

/** A film that plays where it stands, when it is a file or of a service that embeds; else a still that leads to it. */
export const renderPageVideo: ModuleRenderer = (view) => {
  const url = videoUrl(view);
  const title = videoTitle(view);
  if (url !== undefined && /^https?:\/\/[^?#]+\.(mp4|webm|ogv|m4v)([?#]|$)/i.test(url)) {
    const poster = stillOf(view)?.attributes.src;
    const attributes = { src: url, controls: "", preload: "none", title, ...(poster ? { poster } : {}) };
    return block(view, { content: [element("video", { attributes, styles: { display: "block", width: "100%" } })] });
  }
  const embedded = url === undefined ? undefined : embeddedUrl(url);
  if (embedded === undefined) return renderVideo(view);
  const attributes = { src: embedded, title, loading: "lazy", allowfullscreen: "" };
  const styles = { display: "block", width: "100%", "aspect-ratio": "16/9", border: "0" };
  return block(view, { content: [element("iframe", { attributes, styles })] });
};

/** Where a film of a service can be shown in another page. */
function embeddedUrl(url: string): string | undefined {
  const youTube =
    /^https:\/\/(?:www\.|m\.)?(?:youtube\.com\/(?:watch\?(?:[^#]*&)?v=|embed\/|shorts\/)|youtu\.be\/)([\w-]{6,20})/i;
  const vimeo = /^https:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d{5,12})/i;
  const [, film] = youTube.exec(url) ?? [];
  if (film) return `https://www.youtube-nocookie.com/embed/${film}`;
  const [, number] = vimeo.exec(url) ?? [];
  return number ? `https://player.vimeo.com/video/${number}` : undefined;
}
