"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { downloadText } from "@/components/evaluation/results/download-text";
import { useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";

/** What describes the deployment to programs: its OpenAPI document, and a client in TypeScript. */
export function ClientFiles({ id }: { readonly id: string }) {
  const t = useTranslations("deployments.files");
  const client = useTRPCClient();
  const onError = useErrorToast();
  const download = useMutation({
    mutationFn: async (kind: "openApi" | "client") => {
      const described = await client.deployment.describe.query({ id });
      if (kind === "openApi") downloadText(`${described.slug}.openapi.json`, "application/json", described.openApi);
      else downloadText(`${described.slug}.ts`, "text/plain", described.client);
    },
    onError,
  });
  return (
    <div className="flex shrink-0 gap-2">
      <Button size="sm" busy={download.isPending} onClick={() => download.mutate("openApi")}>
        <Download />
        {t("openApi")}
      </Button>
      <Button size="sm" busy={download.isPending} onClick={() => download.mutate("client")}>
        <Download />
        {t("client")}
      </Button>
    </div>
  );
}
