"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Report } from "@/runtime/eval/contract/report";
import { reportCsv } from "@/runtime/eval/say/report-csv";
import { type ReportNames, reportMarkdown } from "@/runtime/eval/say/report-markdown";
import { useReportLocale } from "../use-report-locale";
import { downloadText, fileNameOf } from "./download-text";

interface ExportMenuProps {
  /** Left out where only the report may be seen, and no answers. */
  readonly experimentId?: string;
  readonly report: Report;
  readonly names: ReportNames;
}

/** The report as a file, to go into a pull request, a spreadsheet or a program. */
export function ExportMenu({ experimentId, report, names }: ExportMenuProps) {
  const t = useTranslations("experiments.export");
  const locale = useReportLocale();
  const name = fileNameOf(names.experiment);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Download />
          {t("title")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem
          onSelect={() => downloadText(`${name}.md`, "text/markdown", reportMarkdown(report, names, locale))}
        >
          {t("markdown")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => downloadText(`${name}.csv`, "text/csv", reportCsv(report, locale))}>
          {t("csv")}
        </DropdownMenuItem>
        <DropdownMenuItem
          onSelect={() => downloadText(`${name}.json`, "application/json", JSON.stringify(report, null, 2))}
        >
          {t("json")}
        </DropdownMenuItem>
        {experimentId === undefined ? null : (
          <>
            <DropdownMenuItem asChild>
              <a href={`/api/experiments/${experimentId}/answers?format=verifiable`} download>
                {t("verifiable")}
              </a>
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            {(["xlsx", "csv"] as const).map((format) => (
              <DropdownMenuItem key={format} asChild>
                <a href={`/api/experiments/${experimentId}/answers?format=${format}`} download>
                  {t(`answers.${format}`)}
                </a>
              </DropdownMenuItem>
            ))}
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
