import { useTranslations } from "next-intl";
import type { JudgeView } from "../types";

/** What people said against what the judge said of the same answers. */
export function AgreementMatrix({ judge }: { readonly judge: JudgeView }) {
  const t = useTranslations("experiments.judges");
  const most = Math.max(1, ...judge.counts.flat());
  const names = judge.counts.map((_, place) =>
    judge.pairwise ? t(`choice.${place as 0 | 1 | 2}`) : String(place + 1),
  );
  return (
    <table className="border-separate border-spacing-0.5 text-xs">
      <caption className="pb-1 text-left text-faint">{t("matrix")}</caption>
      <thead>
        <tr>
          <td />
          {names.map((name) => (
            <th key={name} scope="col" className="min-w-9 px-1 font-normal text-muted">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {judge.counts.map((row, people) => (
          <tr key={names[people]}>
            <th scope="row" className="pr-2 text-right font-normal text-muted">
              {names[people]}
            </th>
            {row.map((count, said) => (
              <td
                key={names[said]}
                className="tabular h-7 rounded-sm bg-hover text-center"
                style={
                  count > 0
                    ? {
                        background: `color-mix(in oklab, ${people === said ? "var(--ok)" : "var(--error)"} ${Math.round(8 + 30 * (count / most))}%, var(--surface))`,
                      }
                    : undefined
                }
              >
                {count > 0 ? count : ""}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
