import { useQuery } from "@tanstack/react-query";
import { ArrowUpRight, BookmarkPlus, Unlink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { SearchPicker } from "@/components/ui/search-picker";
import { Select, SelectItem } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useErrorText } from "@/components/ui/use-error-text";
import { type HeldPrompt, heldPrompt, noPrompt, type PromptHolder } from "@/nodes/lib/prompt/held-prompt";
import { layOver, type WholeVersion } from "@/nodes/lib/prompt/lay-over";
import { latestLabel, standardLabel } from "@/nodes/lib/prompt/prompt-name";
import { fieldMeta } from "@/runtime/node/field";
import { useEditor } from "../../workbench";
import { usePutConfig } from "../use-put-config";
import type { FieldProps } from "./field-props";
import { SavePromptDialog } from "./save-prompt-dialog";

const mostShown = 50;
/** Versions that may be pinned from here; older ones from the prompt's page by a label. */
const mostVersions = 20;

/** A prompt of the library in place of the step's own words, by a label or a version; and the way back, and into the library. */
export function PromptField({ field, value, node, label, control, disabled }: FieldProps) {
  const t = useTranslations("editor.prompt");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tellError = useErrorToast();
  const put = usePutConfig(node);
  const holder = useEditor(({ catalog }) => {
    const schema = catalog.get(node.type)?.config.shape[field.name];
    return schema === undefined ? undefined : (fieldMeta(schema as never)?.holder as PromptHolder | undefined);
  });
  const [busy, setBusy] = useState(false);
  const [saving, setSaving] = useState(false);
  const read = heldPrompt.safeParse(value ?? {});
  const held: HeldPrompt = read.success ? read.data : noPrompt;
  const isHeld = held.reference !== "";
  if (holder === undefined) return null;
  const take = async (id: string, at: string, version?: WholeVersion) => {
    setBusy(true);
    try {
      const found = version ?? (await client.prompt.resolve.query({ id, at })).version;
      const laid = layOver(node.config, field.name, holder, found);
      if (laid.ok) put(laid.value as typeof node.config);
      else toast.error(t("unfit"), { description: t("unfitHelp") });
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <SearchPicker
        {...control}
        label={label}
        value={isHeld ? held.reference : null}
        shown={isHeld ? held.slug : null}
        none={t("ownWords")}
        disabled={disabled || busy}
        queryKey={[...trpc.prompt.list.queryKey(), holder.kinds.join()]}
        search={async (query, signal) =>
          (await client.prompt.list.query({ query, limit: mostShown, kinds: [...holder.kinds] }, { signal })).items.map(
            ({ id, name, folder }) => ({ id, name: folder === "" ? name : `${folder}/${name}` }),
          )
        }
        onPick={(item) =>
          item === null
            ? put({ ...node.config, [field.name]: { ...noPrompt } as never })
            : void take(item.id, standardLabel)
        }
      />
      {isHeld ? (
        <HeldPromptLines
          held={held}
          disabled={disabled || busy}
          onTake={(at, version) => void take(held.reference, at, version)}
        >
          <Button
            size="sm"
            variant="ghost"
            disabled={disabled || busy}
            onClick={() => put({ ...node.config, [field.name]: { ...noPrompt } as never })}
          >
            <Unlink />
            {t("detach")}
          </Button>
        </HeldPromptLines>
      ) : (
        <Button size="sm" className="self-start" disabled={disabled || busy} onClick={() => setSaving(true)}>
          <BookmarkPlus />
          {t("saveToLibrary")}
        </Button>
      )}
      {saving ? (
        <SavePromptDialog
          node={node}
          holder={holder}
          onClose={() => setSaving(false)}
          onSaved={(id) => {
            setSaving(false);
            void take(id, standardLabel);
          }}
        />
      ) : null}
    </div>
  );
}

interface HeldPromptLinesProps {
  readonly held: HeldPrompt;
  readonly disabled: boolean;
  readonly onTake: (at: string, version?: WholeVersion) => void;
  readonly children: React.ReactNode;
}

/** By which label or version it is held, and what that is now where it moved since. */
function HeldPromptLines({ held, disabled, onTake, children }: HeldPromptLinesProps) {
  const t = useTranslations("editor.prompt");
  const trpc = useTRPC();
  const say = useErrorText();
  const { reference: id, label, version, hash } = held;
  const at = label === "" ? String(version) : label;
  const prompt = useQuery(trpc.prompt.get.queryOptions({ id }, { staleTime: 15_000 }));
  const versions = useQuery(trpc.prompt.versions.queryOptions({ id }, { staleTime: 15_000 }));
  const now = useQuery(trpc.prompt.resolve.queryOptions({ id, at }, { staleTime: 15_000, retry: false }));
  const labels = [
    { name: latestLabel, number: prompt.data?.newest ?? 0 },
    ...(prompt.data?.labels ?? []).map(({ name, number }) => ({ name, number })),
  ];
  const pinned = (versions.data?.versions ?? []).slice(0, mostVersions);
  const moved = now.data !== undefined && (now.data.version.hash !== hash || now.data.version.number !== version);
  return (
    <>
      <Select
        aria-label={t("heldBy")}
        value={at}
        disabled={disabled}
        placeholder={label === "" ? t("heldVersion", { number: version }) : t("heldLabel", { label, number: version })}
        onValueChange={(next) => onTake(next)}
      >
        {labels.map(({ name, number }) => (
          <SelectItem key={name} value={name}>
            {t("heldLabel", { label: name, number })}
          </SelectItem>
        ))}
        {pinned.map(({ number, note }) => (
          <SelectItem key={number} value={String(number)}>
            {[t("heldVersion", { number }), note.slice(0, 40)].filter((part) => part !== "").join(" · ")}
          </SelectItem>
        ))}
      </Select>
      {now.isError ? (
        <p role="alert" className="text-error text-xs">
          {errorFacts(now.error).code === "NOT_FOUND" ? t("heldGone") : say(errorFacts(now.error)).title}
        </p>
      ) : moved ? (
        <p className="flex items-center justify-between gap-2 text-warn text-xs">
          {t("heldMoved", { number: now.data.version.number })}
          <Button size="sm" disabled={disabled} onClick={() => onTake(at, now.data.version)}>
            {t("takeMoved")}
          </Button>
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button size="sm" asChild>
          <Link href={`/prompts/${id}`}>
            <ArrowUpRight />
            {t("openPrompt")}
          </Link>
        </Button>
        {children}
      </div>
    </>
  );
}
