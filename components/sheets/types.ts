import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";

export type SheetPreview = RouterOutputs["sheet"]["preview"];
export type SheetSource = RouterInputs["sheet"]["preview"]["source"];
export type SheetItem = RouterOutputs["sheet"]["list"]["items"][number];
export type SheetView = RouterOutputs["sheet"]["get"];
export type SheetRow = RouterOutputs["sheet"]["rows"]["items"][number];

/** What feeds an input: the place of a column, what stands in the run panel, or nothing. */
export type Feed = number | "panel" | "nothing";
export type Feeds = Readonly<Record<string, Feed>>;
