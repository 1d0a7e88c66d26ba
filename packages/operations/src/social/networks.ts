import { nearest } from "../elements/nearest.ts";

/** How the icons of a set look. Every network has an outline; some are there as a filled shape, too. */
export type IconStyle = "outline" | "filled";

/** A place where people have profiles, or another way to reach the sender. */
export interface Network {
  readonly name: string;
  /** For readers: the text of an icon that says nothing else. */
  readonly label: string;
  /** Name of its picture in a set of icons. */
  readonly file: string;
  readonly hasFilled: boolean;
}

const brand = (name: string, label: string, { isFilled = true } = {}): Network => ({
  name,
  label,
  file: `brand-${name}`,
  hasFilled: isFilled,
});

const outlineOnly = { isFilled: false };

/** Networks that are known by name. */
export const networks: readonly Network[] = [
  brand("facebook", "Facebook"),
  brand("instagram", "Instagram"),
  brand("x", "X"),
  brand("linkedin", "LinkedIn"),
  brand("youtube", "YouTube"),
  brand("tiktok", "TikTok"),
  brand("pinterest", "Pinterest"),
  brand("threads", "Threads", outlineOnly),
  brand("bluesky", "Bluesky", outlineOnly),
  brand("mastodon", "Mastodon", outlineOnly),
  brand("whatsapp", "WhatsApp"),
  brand("telegram", "Telegram", outlineOnly),
  brand("discord", "Discord"),
  brand("snapchat", "Snapchat"),
  brand("reddit", "Reddit", outlineOnly),
  brand("github", "GitHub"),
  brand("medium", "Medium", outlineOnly),
  brand("spotify", "Spotify"),
  brand("twitch", "Twitch", outlineOnly),
  brand("vimeo", "Vimeo"),
  brand("tumblr", "Tumblr"),
  brand("twitter", "Twitter"),
  { name: "website", label: "Website", file: "world", hasFilled: true },
  { name: "email", label: "Email", file: "mail", hasFilled: true },
  { name: "phone", label: "Phone", file: "phone", hasFilled: true },
  { name: "rss", label: "RSS", file: "rss", hasFilled: false },
];

const others: Readonly<Record<string, string>> = {
  xtwitter: "x",
  twitterx: "x",
  xcom: "x",
  fb: "facebook",
  meta: "facebook",
  insta: "instagram",
  ig: "instagram",
  yt: "youtube",
  web: "website",
  site: "website",
  homepage: "website",
  globe: "website",
  mail: "email",
  envelope: "email",
  telephone: "phone",
  feed: "rss",
};

const byName: ReadonlyMap<string, Network> = new Map(networks.map((network) => [network.name, network]));

/** The network people mean, however they write it: "LinkedIn", "x.com", "e-mail". */
export function findNetwork(name: string): Network | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  return byName.get(plain) ?? byName.get(others[plain] ?? "");
}

/** Names like the one that was written, for messages. */
export function nearestNetworks(name: string): readonly string[] {
  return nearest(name.toLowerCase(), byName.keys());
}
