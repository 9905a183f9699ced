import type { RouterOutputs } from "@/components/trpc/client";

export type ExperimentItem = RouterOutputs["experiment"]["list"]["items"][number];
export type ExperimentView = RouterOutputs["experiment"]["get"];
export type Forecast = RouterOutputs["experiment"]["forecast"];
export type RowItem = RouterOutputs["experiment"]["rows"]["rows"][number];
export type CellItem = RowItem["cells"][number];
export type ShownRowItem = RouterOutputs["experiment"]["sideBySide"]["rows"][number];
export type ShownAnswerItem = NonNullable<ShownRowItem["answers"][number]>;
export type JudgeView = RouterOutputs["experiment"]["agreements"][string];

export const rowFilters = ["all", "flipped", "better", "worse", "failed"] as const;
export type RowFilter = (typeof rowFilters)[number];
