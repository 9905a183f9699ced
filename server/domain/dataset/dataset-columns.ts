import { z } from "zod";
import { datasetColumn } from "@/runtime/eval/contract/dataset-row";
import { isStorableText } from "@/server/platform/guard/storable";
import { datasetLimits } from "./dataset-limits";

const controls = /\p{Cc}/u;

/** A column as a person names it: on one line, no control characters. */
export const columnInput = datasetColumn.extend({
  name: datasetColumn.shape.name.refine(
    (name) => isStorableText(name) && !controls.test(name),
    "Control characters are not allowed.",
  ),
});

export const columnsInput = z
  .array(columnInput)
  .max(datasetLimits.columns)
  .refine(
    (columns) => new Set(columns.map(({ name }) => name)).size === columns.length,
    "Two columns have the same name.",
  );
