import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";

/** How a table was taken, with what there is to choose otherwise. */
export type Taken = RouterOutputs["dataset"]["preview"]["taken"];
/** What a person chose of it. */
export type TableOptions = NonNullable<RouterInputs["dataset"]["preview"]["options"]>;
