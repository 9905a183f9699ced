import { isLabelParts } from "../contract/label-parts";
import type { SegmentReport } from "../contract/report";
import type { ReportInput } from "../contract/report-input";
import type { Frame, MetricEvidence } from "./evidence";
import { find, type Question } from "./find";
import { type Member, type Rules, settle } from "./settle";

/** Segments of one kind; the rarest are taken together where there are more. */
export const mostSegments = 20;

export interface Segment {
  readonly kind: SegmentReport["kind"];
  readonly name: string;
  readonly folded: number;
  readonly rows: Uint8Array;
  readonly size: number;
}

const labelsOf = (input: ReportInput, scorerId: string): (string | null)[] => {
  const labels = new Array<string | null>(input.rows.length).fill(null);
  for (const { row, scores } of input.cells) {
    const parts = scores[scorerId]?.parts;
    if (isLabelParts(parts) && row < labels.length) labels[row] = parts.actual;
  }
  return labels;
};

const segmentsOf = (kind: SegmentReport["kind"], namesOf: readonly (readonly string[])[]): Segment[] => {
  const sizes = new Map<string, number>();
  for (const names of namesOf)
    for (const name of names.length > 1 ? new Set(names) : names) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  // One segment that holds all rows says nothing that the whole does not.
  if (sizes.size === 0 || (sizes.size === 1 && [...sizes.values()][0] === namesOf.length)) return [];
  const ranked = [...sizes].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  const many = ranked.length > mostSegments;
  const kept = ranked.slice(0, many ? mostSegments - 1 : mostSegments).map(([name]) => name);
  const segment = (name: string, folded: number, holds: (names: readonly string[]) => boolean): Segment => {
    const rows = new Uint8Array(namesOf.length);
    let size = 0;
    for (let row = 0; row < rows.length; row += 1)
      if (holds(namesOf[row] as readonly string[])) {
        rows[row] = 1;
        size += 1;
      }
    return { kind, name, folded, rows, size };
  };
  const segments = kept.map((name) => segment(name, 0, (names) => names.includes(name)));
  if (!many) return segments;
  const known = new Set(kept);
  return [...segments, segment("", ranked.length - kept.length, (names) => names.some((name) => !known.has(name)))];
};

/** Rows by tag, split and expected label. */
export const segmentsFor = (input: ReportInput, scorerId: string): Segment[] => [
  ...segmentsOf(
    "tag",
    input.rows.map(({ tags }) => tags),
  ),
  ...segmentsOf(
    "split",
    input.rows.map(({ split }) => (split === null ? [] : [split])),
  ),
  ...segmentsOf(
    "label",
    labelsOf(input, scorerId).map((label) => (label === null ? [] : [label])),
  ),
];

/** The main metric by segment. They are a family of their own in the correction. */
export const segmentReports = (
  input: ReportInput,
  segments: readonly Segment[],
  evidence: MetricEvidence,
  frame: Frame,
  question: Question,
  rules: Rules,
  memberOf: (variant: number, finding: Member["finding"]) => Member,
): SegmentReport[] => {
  const found = segments.map(({ rows }) =>
    find(evidence, frame, { ...question, effort: question.effort / 4 }, (row) => rows[row] === 1),
  );
  const members = found.map(({ findings }) =>
    findings.flatMap((finding, variant) =>
      // What missing rows could do is said of the whole.
      variant === input.baseline ? [] : [{ ...memberOf(variant, finding), adverse: null, advise: false }],
    ),
  );
  const settled = settle(members.flat(), rules);
  let next = 0;
  return segments.map(({ kind, name, folded, size }, index) => {
    const from = next;
    next += members[index]?.length ?? 0;
    return {
      kind,
      name,
      folded,
      rows: size,
      values: found[index]?.values ?? [],
      comparisons: settled.slice(from, next),
    };
  });
};
