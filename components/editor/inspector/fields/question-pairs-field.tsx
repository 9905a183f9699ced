import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { shorten } from "@/components/run/value-text";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { cacheConfig, type QuestionPair, questionPair } from "@/nodes/lib/cache/cache-config";
import { cacheLimits } from "@/runtime/capability/cache/limits";
import { useSession } from "../../session";
import { usePutConfig } from "../use-put-config";
import type { FieldProps, Json } from "./field-props";
import { RowsField } from "./rows-field";

type Measured = RouterOutputs["answerCache"]["measurePairs"];
type Suggested = Measured["suggested"][number];

/** Runs whose inputs are looked through for questions. */
const recentRuns = 20;

/** Pairs of questions, how near they are in meaning, and which threshold parts those that one answer does for from the others. */
export function QuestionPairsField(props: FieldProps) {
  const { value, onChange, node, disabled } = props;
  const t = useTranslations("editor.questionPairs");
  const format = useFormatter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { pipelineId } = useSession();
  const putConfig = usePutConfig(node);
  const [measured, setMeasured] = useState<Measured | null>(null);
  const onError = useErrorToast();
  const measure = useMutation(trpc.answerCache.measurePairs.mutationOptions({ onError, onSuccess: setMeasured }));
  const pairs = (Array.isArray(value) ? value : []).flatMap((pair) => {
    const parsed = questionPair.safeParse(pair);
    return parsed.success ? [parsed.data] : [];
  });
  const settings = cacheConfig.pick({ model: true, terms: true }).safeParse(node.config);
  const ask = (questions: readonly string[]) =>
    measure.mutate({
      model: settings.data?.model ?? "default",
      terms: settings.data?.terms ?? [],
      pairs,
      questions: [...questions],
    });
  const fromRuns = useMutation({
    mutationFn: () =>
      queries.fetchQuery(trpc.run.recentInputs.queryOptions({ pipelineId, limit: recentRuns }, { staleTime: 0 })),
    onError,
    onSuccess: (recent) =>
      ask(
        [
          ...new Set(
            recent.flatMap(({ inputs }) =>
              Object.values(inputs).flatMap((input) =>
                typeof input === "string" && input.trim() !== "" && input.length <= cacheLimits.question
                  ? [input.trim()]
                  : [],
              ),
            ),
          ),
        ].slice(0, 100),
      ),
  });
  const near = (similarity: number) =>
    format.number(similarity, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const similarityOf = (pair: Pick<QuestionPair, "left" | "right">) =>
    measured?.pairs.find(({ left, right }) => left === pair.left && right === pair.right)?.similarity;
  const add = ({ left, right }: Suggested, same: boolean) => {
    onChange([...(Array.isArray(value) ? value : []), { left, right, same }] as Json);
    setMeasured((now) =>
      now === null
        ? null
        : { ...now, suggested: now.suggested.filter((each) => each.left !== left || each.right !== right) },
    );
  };
  const busy = measure.isPending || fromRuns.isPending;
  return (
    <div className="flex flex-col gap-2" data-testid="question-pairs">
      <RowsField
        {...props}
        addLabel={t("add")}
        newItem={() => ({ left: "", right: "", same: true })}
        summary={(item) => {
          const [left, right] = [String(item.left ?? ""), String(item.right ?? "")];
          const known = similarityOf({ left, right });
          const sign = item.same === true ? "=" : "≠";
          return `${known === undefined ? "" : `${near(known)} · `}${shorten(left, 24)} ${sign} ${shorten(right, 24)}`;
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" busy={measure.isPending} disabled={pairs.length === 0} onClick={() => ask([])}>
          {t("measure")}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          busy={fromRuns.isPending}
          disabled={disabled || busy}
          onClick={() => fromRuns.mutate()}
        >
          {t("fromRuns")}
        </Button>
      </div>
      {measured === null || measured.pairs.length === 0 ? null : (
        <Verdict
          measured={measured}
          near={near}
          disabled={disabled}
          onTake={(threshold) => putConfig({ ...node.config, threshold })}
        />
      )}
      {measured !== null && measured.suggested.length > 0 ? (
        <ul className="flex flex-col gap-1.5" aria-label={t("suggested")}>
          {measured.suggested.map((pair) => (
            <li key={`${pair.left}|${pair.right}`} className="rounded-md border border-line p-2 text-xs">
              <p className="break-words">{pair.left}</p>
              <p className="break-words">{pair.right}</p>
              <p className="mt-1 flex flex-wrap items-center gap-2 text-faint">
                <span className="tabular">{near(pair.similarity)}</span>
                {pair.differs === null ? null : <span>{t(`differs.${pair.differs}`)}</span>}
                <Button size="sm" disabled={disabled} onClick={() => add(pair, true)}>
                  {t("same")}
                </Button>
                <Button size="sm" disabled={disabled} onClick={() => add(pair, false)}>
                  {t("notSame")}
                </Button>
              </p>
            </li>
          ))}
        </ul>
      ) : measured !== null && measured.pairs.length === 0 ? (
        <p className="text-muted text-xs">{t("noQuestions")}</p>
      ) : null}
    </div>
  );
}

interface VerdictProps {
  readonly measured: Measured;
  readonly near: (similarity: number) => string;
  readonly disabled: boolean;
  readonly onTake: (threshold: number) => void;
}

/** The threshold that parts the pairs, on a scale of what was measured, with how sure that is. */
function Verdict({ measured: { pairs, separation }, near, disabled, onTake }: VerdictProps) {
  const t = useTranslations("editor.questionPairs");
  const format = useFormatter();
  const { threshold, found, same, mistaken, different, mistakenAtMost } = separation;
  const lowest = Math.min(0.5, ...pairs.map(({ similarity }) => similarity));
  const place = (similarity: number) => `${((similarity - lowest) / (1 - lowest || 1)) * 100}%`;
  return (
    <div
      className="flex flex-col gap-2 rounded-md border border-line bg-sunken p-2.5 text-xs"
      data-testid="pairs-verdict"
    >
      <div className="relative h-7" role="img" aria-label={t("scale")}>
        <span className="absolute top-1/2 right-0 left-0 h-px bg-line-strong" />
        {pairs.map(({ left, right, similarity, same: isSame, guarded }) => (
          <span
            key={`${left}|${right}`}
            title={`${near(similarity)} · ${left} ${isSame ? "=" : "≠"} ${right}`}
            className={cn(
              "absolute size-2 -translate-x-1/2 rounded-full",
              isSame ? "top-0 bg-ok" : "bottom-0 bg-error",
              guarded && "opacity-40",
            )}
            style={{ left: place(similarity) }}
          />
        ))}
        {threshold === null ? null : (
          <span className="absolute top-0 h-full w-0.5 bg-accent" style={{ left: place(threshold) }} />
        )}
      </div>
      <p>
        {threshold === null
          ? t("none")
          : t("verdict", { threshold: near(threshold), found, same, mistaken, different })}
      </p>
      <p className="text-muted">
        {different === 0
          ? t("noDifferent")
          : t("sure", {
              share: format.number(mistakenAtMost, { style: "percent", maximumFractionDigits: 0 }),
              different,
            })}
      </p>
      {threshold === null ? null : (
        <Button size="sm" className="self-start" disabled={disabled} onClick={() => onTake(threshold)}>
          {t("take", { threshold: near(threshold) })}
        </Button>
      )}
    </div>
  );
}
