import { describeChange } from "@waggle/template";
import { carryWork } from "./carry-over.ts";
import { leaveOut } from "./fold.ts";
import { remarksOn } from "./remarks.ts";
import { entryOf, timedChanges } from "./steps.ts";
import { planTurn } from "./turn.ts";

/** How steps are taken back, and told in words. The history is given it with the first template. */
export const undoing = { carryWork, describeChange, entryOf, leaveOut, planTurn, remarksOn, timedChanges } as const;
