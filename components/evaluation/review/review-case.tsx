import { useTranslations } from "next-intl";
import { ValueView } from "@/components/run/value-view";
import type { RouterOutputs } from "@/components/trpc/client";

interface ReviewCaseProps {
  readonly item: RouterOutputs["review"]["queue"]["items"][number];
  readonly question: string;
  readonly pairwise: boolean;
}

/** What was asked, and the answers without a name. */
export function ReviewCase({ item, question, pairwise }: ReviewCaseProps) {
  const t = useTranslations("experiments.review");
  const expected = Object.entries(item.expected);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-5 py-5">
        <p className="whitespace-pre-wrap break-words font-medium text-base">
          {question || t(pairwise ? "whichIsBetter" : "howGood")}
        </p>
        <section aria-label={t("input")} className="flex flex-col gap-2 text-sm">
          {Object.entries(item.inputs).map(([name, value]) => (
            <ValueView key={name} name={name} value={value} />
          ))}
          {expected.length > 0 ? (
            <details className="text-muted">
              <summary className="text-xs">{t("expected")}</summary>
              {expected.map(([name, value]) => (
                <ValueView key={name} name={name} value={value} />
              ))}
            </details>
          ) : null}
        </section>
        <div className={pairwise ? "grid gap-4 md:grid-cols-2" : "grid gap-4"}>
          {item.answers.map((text, place) => (
            <section
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its side.
              key={place}
              aria-label={pairwise ? t(place === 0 ? "left" : "right") : t("answer")}
              className="min-w-0 rounded-lg border border-line bg-surface p-4"
            >
              {pairwise ? <h2 className="mb-2 text-faint text-xs">{t(place === 0 ? "left" : "right")}</h2> : null}
              <p className="whitespace-pre-wrap break-words text-base">{text === "" ? t("empty") : text}</p>
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}
