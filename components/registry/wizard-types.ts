import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";

export type TrainingSet = RouterOutputs["trainingSet"]["get"];
export type RowSource = RouterInputs["trainingSet"]["create"]["source"];
export type TableSource = RouterInputs["trainingSet"]["preview"]["source"];
export type Preview = RouterOutputs["trainingSet"]["preview"];
export type Mapping = Preview["mapping"];
