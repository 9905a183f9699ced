import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useSessionState } from "../session";

interface KeyMakerProps {
  readonly deploymentId: string;
  readonly onMade: (key: string) => void;
}

/** Makes a key for callers of this pipeline alone. It is shown here, now, and never again. */
export function KeyMaker({ deploymentId, onMade }: KeyMakerProps) {
  const t = useTranslations("editor.publish");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const name = useSessionState((state) => state.name);
  const keys = useQuery(trpc.apiKey.list.queryOptions({}));
  const create = useMutation(
    trpc.apiKey.create.mutationOptions({
      onSuccess: ({ key }) => {
        onMade(key);
        void queries.invalidateQueries({ queryKey: trpc.apiKey.list.queryKey() });
      },
      onError: tellError,
    }),
  );
  const known = keys.data?.items.length ?? 0;
  const made = create.data?.key;
  return (
    <section>
      <h3 className="mb-1 font-medium text-sm">{t("key")}</h3>
      {made ? (
        <>
          <p className="flex items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
            <code className="min-w-0 flex-1 truncate font-mono text-xs" data-testid="api-key">
              {made}
            </code>
            <CopyButton value={made} size="sm" />
          </p>
          <p className="mt-1 text-warn text-xs">{t("keyOnce")}</p>
        </>
      ) : (
        <div className="flex items-center gap-3">
          <p className="flex-1 text-muted text-sm">{t(known > 0 ? "keysExist" : "keyNeeded", { count: known })}</p>
          <Button
            busy={create.isPending}
            onClick={() => create.mutate({ name: name.slice(0, 60), deploymentIds: [deploymentId] })}
            data-testid="make-key"
          >
            <KeyRound />
            {t("makeKey")}
          </Button>
        </div>
      )}
    </section>
  );
}
