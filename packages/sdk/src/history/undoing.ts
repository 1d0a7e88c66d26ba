import { carryWork } from "./carry-over.ts";
import { leaveOut } from "./fold.ts";
import { remarksOn } from "./remarks.ts";
import { planTurn } from "./turn.ts";

/** How steps are taken back. The history is given it with the first template. */
export const undoing = { carryWork, leaveOut, planTurn, remarksOn } as const;
