import type { LabelledRow } from "./labelled-row";
import { seededRandom } from "./seeded-random";

/** For tests: texts of three labels, with vectors around three corners. */
export const separableRows = (count: number): { rows: LabelledRow[]; vectors: Float32Array; dimensions: number } => {
  const random = seededRandom(5);
  const labels = ["billing", "delivery", "returns"] as const;
  const words = ["invoice charge card payment", "parcel courier late arrive", "refund return broken exchange"];
  const dimensions = 6;
  const vectors = new Float32Array(count * dimensions);
  const rows = Array.from({ length: count }, (_, row) => {
    const kind = row % labels.length;
    const vocabulary = (words[kind] ?? "").split(" ");
    for (let index = 0; index < dimensions; index += 1)
      vectors[row * dimensions + index] = (index % 3 === kind ? 1 : 0) + 0.6 * (random() - 0.5);
    const picked = Array.from({ length: 3 }, () => vocabulary[Math.floor(random() * vocabulary.length)]);
    return { text: `${picked.join(" ")} number ${Math.floor(random() * 1e9).toString(36)}`, label: labels[kind] ?? "" };
  });
  return { rows, vectors, dimensions };
};
