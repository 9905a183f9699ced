"use client";

import { History } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Duration, Money } from "@/components/ui/figures";
import type { CacheLookup } from "@/runtime/capability/cache/lookup";

/** In three words, for a card and a row of the trace. */
export function CacheWord({ lookup }: { readonly lookup: CacheLookup }) {
  const t = useTranslations("run.cache");
  const { outcome } = lookup;
  return (
    <span
      className="inline-flex items-center gap-1 whitespace-nowrap data-hit:text-ok"
      data-hit={outcome === "hit" ? "" : undefined}
      data-testid="cache-word"
    >
      <History aria-hidden="true" className="size-3 shrink-0" />
      {outcome === "hit" ? t(`way.${lookup.way}`) : t(`outcome.${outcome}`)}
    </span>
  );
}

/** What came of looking for an answer that is kept: whose it is, how near the question was, how old it is, and what that saved. */
export function CacheNote({ lookup }: { readonly lookup: CacheLookup }) {
  const t = useTranslations("run.cache");
  const format = useFormatter();
  const near = (similarity: number) => format.number(similarity, { maximumFractionDigits: 3 });
  return (
    <section
      className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-3 py-2 text-sm"
      data-testid="cache-note"
    >
      <p className="font-medium">
        <CacheWord lookup={lookup} />
      </p>
      {lookup.outcome === "hit" ? (
        <>
          <p className="break-words text-muted">
            {t("asked", { question: lookup.sourceQuestion })}{" "}
            {lookup.way === "meaning" ? t("similarity", { value: near(lookup.similarity) }) : null}
          </p>
          <p className="flex flex-wrap gap-x-3 text-muted">
            <span>
              {t("age")} <Duration ms={lookup.ageMs} />
            </span>
            <span>
              {t("saved")} <Duration ms={lookup.savedMs} />
              {" · "}
              <Money microUsd={lookup.savedMicroUsd} />
            </span>
            <Link href={`/runs/${lookup.sourceRunId}`} className="text-accent-text hover:underline">
              {t("source")}
            </Link>
          </p>
        </>
      ) : null}
      {lookup.outcome === "miss" && lookup.nearest ? (
        <p className="break-words text-muted">
          {t("nearest", { question: lookup.nearest.question, value: near(lookup.nearest.similarity) })}{" "}
          {t(lookup.nearest.differs === undefined ? "below" : `differs.${lookup.nearest.differs}`)}
        </p>
      ) : null}
      {lookup.outcome === "aside" ? <p className="text-muted">{t(`reason.${lookup.reason}`)}</p> : null}
    </section>
  );
}
