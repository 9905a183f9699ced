"use client";

import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import type { RouterOutputs } from "@/components/trpc/client";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Estimate } from "./estimate";

type Compared = RouterOutputs["tunedModel"]["compare"];

/** Which of the two is better, how sure that is, and on which rows they differ. */
export function Comparison({ compared }: { readonly compared: Compared }) {
  const t = useTranslations("registry.compare");
  const { comparison, left, right } = compared;
  const { before, after, pValue, mended, broken, otherwise, flips, confusions, shared } = comparison;
  const verdict = pValue >= 0.05 ? "inconclusive" : after.value > before.value ? "better" : "worse";
  const glyph = { inconclusive: "skipped", better: "ok", worse: "error" } as const;
  const differences = [...new Set([...Object.keys(left.parameters), ...Object.keys(right.parameters)])].filter(
    (name) => left.parameters[name] !== right.parameters[name],
  );
  return (
    <>
      <section className="flex flex-col gap-3">
        <p className="text-muted text-sm">{t("shared", { count: shared })}</p>
        {shared > 0 ? (
          <>
            <div className="grid max-w-xl grid-cols-2 gap-4">
              <Estimate estimate={before} className="font-medium text-lg" />
              <Estimate estimate={after} className="font-medium text-lg" />
            </div>
            <p className="flex items-center gap-2 text-sm">
              <StatusGlyph status={glyph[verdict]} />
              {t(verdict, { p: pValue < 0.001 ? "< 0.001" : pValue.toFixed(3) })}
            </p>
            <p className="tabular flex gap-4 text-muted text-sm">
              <span>{t("mended", { count: mended })}</span>
              <span>{t("broken", { count: broken })}</span>
              <span>{t("otherwise", { count: otherwise })}</span>
            </p>
          </>
        ) : null}
      </section>
      {differences.length > 0 ? (
        <Section title={t("parameters")}>
          <dl className="grid max-w-xl grid-cols-[10rem_1fr_1fr] gap-x-4 gap-y-1 text-sm">
            {differences.map((name) => (
              <div key={name} className="contents">
                <dt className="text-faint">{name}</dt>
                <dd className="tabular truncate">{written(left.parameters[name])}</dd>
                <dd className="tabular truncate">{written(right.parameters[name])}</dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
      {confusions.length > 0 ? (
        <Section title={t("confusions")}>
          <ul className="flex max-w-3xl flex-col divide-y divide-line">
            {confusions.map((pair) => (
              <li key={`${pair.actual} ${pair.predicted}`} className="flex items-center gap-4 py-1.5 text-sm">
                <span className="min-w-0 flex-1 truncate">{`${pair.actual} → ${pair.predicted}`}</span>
                <span className="tabular text-muted">{t("change", { before: pair.before, after: pair.after })}</span>
                <StatusGlyph status={pair.after < pair.before ? "ok" : "error"} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {shared > 0 ? (
        <Section title={t("flips")}>
          {flips.length === 0 ? <p className="text-muted text-sm">{t("noFlips")}</p> : <Flips flips={flips} />}
        </Section>
      ) : null}
    </>
  );
}

const written = (value: string | number | boolean | undefined): string =>
  typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value ?? "–");

function Flips({ flips }: { readonly flips: Compared["comparison"]["flips"] }) {
  const t = useTranslations("registry.compare");
  const word = (label: string, actual: string) => (
    <span className="flex items-center gap-1.5">
      <StatusGlyph status={label === actual ? "ok" : "error"} />
      <span className="truncate" title={label}>
        {label}
      </span>
    </span>
  );
  return (
    <div className="max-h-128 overflow-auto rounded-lg border border-line">
      <table className="w-full table-fixed text-sm">
        <thead className="sticky top-0 bg-surface">
          <tr className="h-8 text-left text-faint text-xs [&>th]:px-3 [&>th]:font-normal">
            <th className="w-2/5">{t("text")}</th>
            <th>{t("actual")}</th>
            <th>{t("before")}</th>
            <th>{t("after")}</th>
          </tr>
        </thead>
        <tbody>
          {flips.map((flip) => (
            <tr key={flip.text} className="border-line border-t align-top [&>td]:px-3 [&>td]:py-1.5">
              <td className="break-words">{flip.text}</td>
              <td className="truncate" title={flip.actual}>
                {flip.actual}
              </td>
              <td>{word(flip.before, flip.actual)}</td>
              <td>{word(flip.after, flip.actual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
