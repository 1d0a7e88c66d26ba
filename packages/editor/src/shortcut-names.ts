/** What a browser says of the machine it runs on; `userAgentData` is not there in all of them. */
export interface Machine {
  readonly platform?: string;
  readonly userAgentData?: { readonly platform?: string };
}

/** How the keys of a shortcut are called on a machine. */
export interface ShortcutNames {
  /** The key that makes a letter a command. */
  readonly command: string;
  /** "Ctrl Z", "⌘ Z". */
  of(letter: string): string;
  /** "Ctrl Shift Z", "⇧ ⌘ Z". */
  shifted(letter: string): string;
}

const apple = /^(mac|iphone|ipad|ipod)/i;

/** The names of keys as they stand on the keyboard of this machine. */
export function shortcutNames({ platform = "", userAgentData }: Machine): ShortcutNames {
  const isApple = apple.test(userAgentData?.platform || platform);
  const [command, shift] = isApple ? ["⌘", "⇧"] : ["Ctrl", "Shift"];
  const shifted = isApple ? `${shift} ${command}` : `${command} ${shift}`;
  return { command, of: (letter) => `${command} ${letter}`, shifted: (letter) => `${shifted} ${letter}` };
}
