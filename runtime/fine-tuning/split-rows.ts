import type { LabelledRow } from "./labelled-row";
import { nearDuplicateGroups } from "./near-duplicates";
import { seededRandom, shuffle } from "./seeded-random";

export interface RowSplit {
  readonly kept: number[];
  readonly heldOut: number[];
}

/**
 * Holds out about `share` of every label's rows, as places in the list. Rows that say nearly the same go to the same side, or the held-out part would
 * be known by heart. A label keeps at least one row on the learning side; one with a single row is not held out.
 */
export const holdOut = (rows: readonly LabelledRow[], share: number, seed: number): RowSplit => {
  const random = seededRandom(seed);
  const groupOf = new Map<number, readonly number[]>();
  for (const group of nearDuplicateGroups(rows.map(({ text }) => text)))
    for (const index of group) groupOf.set(index, group);
  const byLabel = new Map<string, number[]>();
  for (const [index, { label }] of rows.entries()) {
    const list = byLabel.get(label);
    if (list === undefined) byLabel.set(label, [index]);
    else list.push(index);
  }
  const heldOut = new Set<number>();
  const decided = new Set<number>();
  for (const label of [...byLabel.keys()].sort()) {
    const members = byLabel.get(label) ?? [];
    const wanted = Math.min(
      members.length - 1,
      Math.max(members.length > 1 ? 1 : 0, Math.round(members.length * share)),
    );
    let count = members.filter((index) => heldOut.has(index)).length;
    for (const index of shuffle([...members], random)) {
      if (count >= wanted) break;
      if (decided.has(index)) continue;
      const group = groupOf.get(index) ?? [index];
      for (const each of group) decided.add(each);
      const ofLabel = group.filter((each) => rows[each]?.label === label).length;
      // A group larger than what is still wanted would empty the label, or half of it, out of the learning side.
      if (ofLabel > Math.max(1, wanted - count)) continue;
      for (const each of group) heldOut.add(each);
      count += ofLabel;
    }
  }
  const places = rows.map((_, index) => index);
  return { kept: places.filter((index) => !heldOut.has(index)), heldOut: places.filter((index) => heldOut.has(index)) };
};
