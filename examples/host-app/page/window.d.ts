import type { Bee } from "@waggle/sdk";

declare global {
  interface Window {
    /** The page leaves its editor here, for people who look around in the console. */
    bee: Bee;
  }
}
