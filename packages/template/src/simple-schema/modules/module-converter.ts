import type { Json } from "../../document/value.ts";
import type { ModuleType } from "../../modules/module-types.ts";
import type { ElementConverter } from "../converter.ts";
import type { Leaves } from "../leaves.ts";
import { attached, flagged } from "../properties.ts";
import type { SimpleModule } from "../schema.ts";

/** A module type of Simple Schema and the one it is in page JSON. */
export interface ModuleConverter extends ElementConverter<SimpleModule> {
  readonly type: ModuleType;
  /** The `type` it has in Simple Schema. */
  readonly simpleType: SimpleModule["type"];
  /** Places where editors note what they measured: nothing that is lost. */
  readonly notes?: readonly string[];
  /** Why this very module can't be expressed at all; undefined where it can. */
  refuses?(leaves: Leaves): string | undefined;
  /** What is lost although the properties say it: styles inside a text, say. */
  loses?(leaves: Leaves): readonly { readonly pointer: string; readonly reason: string }[];
}

export const hostProperties = {
  locked: flagged("/locked"),
  customFields: attached("/customFields"),
};

type BaseLeaves = Readonly<Record<string, Json>>;

/** What a module of page JSON holds whatever its type. */
export const moduleBase: BaseLeaves = { "/locked": false };

export const visibleBase: BaseLeaves = {
  "/descriptor/computedStyle/hideContentOnDesktop": false,
  "/descriptor/computedStyle/hideContentOnMobile": false,
};

/** The padding of a module, all sides alike. */
export const paddingBase = (pixels: number): BaseLeaves =>
  Object.fromEntries(
    ["top", "right", "bottom", "left"].map((side) => [`/descriptor/style/padding-${side}`, `${pixels}px`]),
  );
