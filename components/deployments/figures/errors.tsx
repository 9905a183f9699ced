"use client";

import { useTranslations } from "next-intl";
import type { RunFilter } from "@/components/runs/run-filter";
import type { RouterOutputs } from "@/components/trpc/client";
import { formatCount } from "@/components/ui/format";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import { RunsLink } from "./runs-link";
import { bodyStyle, headStyle, rowStyle } from "./table-style";

interface ErrorsProps {
  readonly errors: RouterOutputs["rollup"]["deployment"]["errors"];
  readonly filter: RunFilter;
}

/** What failed, by code, against the same time before. */
export function Errors({ errors, filter }: ErrorsProps) {
  const t = useTranslations("deployments.figures");
  const say = useRunErrorText();
  return (
    <section className="flex min-w-0 flex-col gap-2" aria-label={t("errors")}>
      <h2 className="font-medium text-base text-fg">{t("errors")}</h2>
      {errors.length === 0 ? (
        <p className="text-muted text-sm">{t("noErrors")}</p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead>
            <tr className={headStyle}>
              <th scope="col">{t("kind")}</th>
              <th scope="col" className="w-20 text-right">
                {t("count")}
              </th>
              <th scope="col" className="w-20 text-right">
                {t("before")}
              </th>
            </tr>
          </thead>
          <tbody className={bodyStyle}>
            {errors.map(({ code, runs, before }) => (
              <tr key={code} className={rowStyle}>
                <td className="truncate" title={`${say(code).title} · ${code}`}>
                  {say(code).title} <code className="ml-1 font-mono text-faint text-xs">{code}</code>
                </td>
                <td className="tabular text-right">
                  <RunsLink filter={{ ...filter, status: "failure", errorCode: code }} className="text-error">
                    {formatCount(runs)}
                  </RunsLink>
                </td>
                <td className="tabular text-right text-muted">{formatCount(before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
