import type { Prisma } from "@/generated/prisma/client";
import type { ReportRow } from "@/runtime/eval/contract/cell";
import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import type { Score } from "@/runtime/eval/contract/scorer";
import { droppingAlpha } from "@/runtime/eval/report/dropped";
import { type Drop, Elimination } from "@/runtime/eval/report/elimination";
import { frameOf } from "@/runtime/eval/report/evidence";
import type { Database } from "@/server/platform/db/database";
import { droppingMetric, mayDrop } from "./dropping-metric";
import type { Look } from "./looks";

interface Stored {
  readonly variant: number;
  readonly row: number;
  readonly status: string;
  readonly scores: string;
}

/** Looks on while an experiment runs, and says which variants need no more answers. What was decided is stored, and stands. */
export class LoserWatch {
  private constructor(
    private readonly database: Database,
    private readonly id: string,
    private readonly scorerId: string,
    private readonly elimination: Elimination,
  ) {}

  /** With what an earlier process stored. null where nobody is to be dropped. */
  static async begin(
    database: Database,
    { id, dropped }: { readonly id: string; readonly dropped: unknown },
    spec: ExperimentSpec,
    look: Look,
  ): Promise<LoserWatch | null> {
    const metric = mayDrop(spec) ? droppingMetric(spec) : null;
    if (metric === null) return null;
    const [rows, cells] = await Promise.all([
      database.query<ReportRow>(
        `SELECT "weight", "tags", "split", "group", "inputsKey" FROM "ExperimentRow" WHERE "experimentId" = $1 ORDER BY "row"`,
        [id],
      ),
      database.query<Stored>(
        `SELECT "variant", "row", "status", "scores" FROM "ExperimentCell" WHERE "experimentId" = $1 ORDER BY "row", "variant", "repeat"`,
        [id],
      ),
    ]);
    const elimination = new Elimination(
      frameOf(rows),
      {
        ...metric,
        variants: spec.variants.length,
        baseline: spec.variants.findIndex(({ key }) => key === spec.baseline),
        repeats: spec.repeats,
        alpha: droppingAlpha(look.number, spec.alpha),
      },
      dropped as readonly Drop[],
    );
    const watch = new LoserWatch(database, id, metric.scorerId, elimination);
    for (const { variant, row, scores } of cells)
      elimination.add(variant, row, (JSON.parse(scores) as Record<string, Score>)[metric.scorerId]);
    await watch.#decide();
    return watch;
  }

  get dropped(): readonly Drop[] {
    return this.elimination.drops;
  }

  isDropped(variant: number): boolean {
    return this.elimination.isDropped(variant);
  }

  /** An answer that is there, or could not be had. */
  async add(variant: number, row: number, scores: Readonly<Record<string, Score>>): Promise<void> {
    this.elimination.add(variant, row, scores[this.scorerId]);
    await this.#decide();
  }

  async #decide(): Promise<void> {
    if (this.elimination.decide().length === 0) return;
    await this.database.prisma.experiment.updateMany({
      where: { id: this.id },
      data: { dropped: this.elimination.drops.map((drop) => ({ ...drop })) satisfies Prisma.InputJsonArray },
    });
  }
}
