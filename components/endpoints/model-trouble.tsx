"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Tooltip } from "@/components/ui/tooltip";
import type { EndpointItem } from "./models";

/** That the model's last call failed, why, and until when it is left alone. Its siblings are not touched by it. */
export function ModelTrouble({ trouble }: { readonly trouble: EndpointItem["troubles"][number] | undefined }) {
  const t = useTranslations("endpoints.trouble");
  const format = useFormatter();
  if (trouble === undefined) return null;
  const { error, restsUntil } = trouble;
  const says =
    restsUntil === null
      ? t("failed")
      : t("rests", { until: format.dateTime(restsUntil, { hour: "numeric", minute: "numeric", second: "numeric" }) });
  return (
    <Tooltip content={error.hint ? `${error.message} ${error.hint}` : error.message}>
      <Badge tone="warn" role="button" tabIndex={0}>
        {says}
      </Badge>
    </Tooltip>
  );
}
