import { answerText } from "@/server/domain/experiment/row-pages";
import type { Database } from "@/server/platform/db/database";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { type OpenReview, openReview } from "./open-review";
import { handedOut, queueInput, type ReviewItem, type ReviewQueue } from "./review.types";
import { baselineLeft } from "./review-order";

/** Places looked at in one go for answers that are there. */
const looked = 64;
/** Characters of an answer that a reviewer is shown. */
const longest = 20_000;

const place = ({ row, variant }: { readonly row: number; readonly variant: number }) => `${row}/${variant}`;

/** What this reviewer has not judged yet, in the order of the review. Only answers of runs that went well are shown, of the first repeat. */
export const reviewQueue = editorProcedure.input(queueInput).query(async ({ ctx, input }): Promise<ReviewQueue> => {
  const { database, workspaceId, member } = ctx;
  const review = await openReview(database, workspaceId, input);
  const reviewer = `user:${member.userId}`;
  const said = await database.prisma.reviewAnswer.findMany({
    where: { experimentId: input.id, workspaceId, scorerId: input.scorerId, reviewer, repeat: 0 },
    select: { row: true, variant: true },
  });
  const known = new Set(said.map(place));
  const open = review.order.flatMap((each, at) => (known.has(place(each)) ? [] : [{ ...each, at }]));
  const items: ReviewItem[] = [];
  for (let from = 0; from < open.length && items.length < handedOut; from += looked)
    items.push(
      ...(await itemsOf(database, workspaceId, { ...input, reviewer }, review, open.slice(from, from + looked))),
    );
  return {
    pairwise: review.pairwise,
    scorer: review.scorer.type,
    question: review.question,
    done: known.size,
    total: review.order.length,
    items: items.slice(0, handedOut),
  };
});

const itemsOf = async (
  { prisma }: Database,
  workspaceId: string,
  { id, scorerId, reviewer }: { readonly id: string; readonly scorerId: string; readonly reviewer: string },
  { pairwise, baseline, output }: OpenReview,
  places: readonly { readonly row: number; readonly variant: number; readonly at: number }[],
): Promise<readonly ReviewItem[]> => {
  const rows = [...new Set(places.map(({ row }) => row))];
  const [cells, taken] = await Promise.all([
    prisma.experimentCell.findMany({
      where: { experimentId: id, workspaceId, repeat: 0, row: { in: rows }, status: "success" },
      select: { row: true, variant: true, outputs: true },
    }),
    prisma.experimentRow.findMany({
      where: { experimentId: id, workspaceId, row: { in: rows } },
      select: { row: true, inputs: true, expected: true },
    }),
  ]);
  const texts = new Map(
    cells.map((cell) => [place(cell), answerText(JSON.parse(cell.outputs), output).slice(0, longest)]),
  );
  return places.flatMap(({ row, variant, at }): ReviewItem[] => {
    const own = texts.get(place({ row, variant }));
    const base = pairwise ? texts.get(place({ row, variant: baseline })) : "";
    const shown = taken.find((each) => each.row === row);
    if (own === undefined || base === undefined || shown === undefined) return [];
    const left = baselineLeft(id, scorerId, reviewer, at);
    return [
      {
        at,
        inputs: JSON.parse(shown.inputs),
        expected: JSON.parse(shown.expected),
        answers: pairwise ? (left ? [base, own] : [own, base]) : [own],
      },
    ];
  });
};
