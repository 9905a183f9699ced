"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

interface DownloadMenuProps {
  readonly id: string;
  /** Every row has been run. */
  readonly isWhole: boolean;
}

/** The sheet with its answers, as a file. */
export function DownloadMenu({ id, isWhole }: DownloadMenuProps) {
  const t = useTranslations("sheets.page");
  const locale = useLocale();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button {...(isWhole && { variant: "primary" as const })}>
          <Download />
          {t("download")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {isWhole ? null : <DropdownMenuLabel>{t("soFar")}</DropdownMenuLabel>}
        {(["xlsx", "csv"] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={`/api/sheets/${id}/answers?format=${format}&locale=${locale}`} download>
              {t(`as.${format}`)}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
