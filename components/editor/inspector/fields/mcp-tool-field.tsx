import { useQuery } from "@tanstack/react-query";
import { diffLines } from "diff";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { FieldProps, Json } from "./field-props";
import { ModelPopover } from "./model-popover";

interface Pinned {
  readonly server: string;
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

const isPinned = (value: unknown): value is Pinned =>
  typeof value === "object" && value !== null && typeof (value as Pinned).hash === "string";

const separator = "\u001f";
const keyOf = ({ server, name }: Pick<Pinned, "server" | "name">): string => `${server}${separator}${name}`;
const written = ({ description, parameters }: Pick<Pinned, "description" | "parameters">): string =>
  `${description}\n${JSON.stringify(parameters, null, 2)}\n`;

/** A tool of an MCP server, pinned as it is when it is chosen. Where the server has changed it since, what changed. */
export function McpToolField({ value, onChange, control, label, disabled }: FieldProps) {
  const t = useTranslations("editor.mcpTool");
  const trpc = useTRPC();
  const query = useQuery(trpc.mcp.list.queryOptions(undefined, { staleTime: 15_000 }));
  const pinned = isPinned(value) ? value : null;
  const tools = (query.data ?? []).flatMap((server) => server.tools.map((tool) => ({ ...tool, server: server.name })));
  const current = pinned === null ? undefined : tools.find((tool) => keyOf(tool) === keyOf(pinned));
  const isGone = pinned !== null && current === undefined && !query.isPending;
  const isChanged = pinned !== null && current !== undefined && current.hash !== pinned.hash;
  const pick = (key: string) => {
    const tool = tools.find((each) => keyOf(each) === key);
    if (tool === undefined) return;
    const { server, name, description, parameters, hash } = tool;
    onChange({ server, name, description, parameters, hash } as Json);
  };
  return (
    <div className="flex flex-col gap-2">
      <ModelPopover
        value={pinned === null ? "" : keyOf(pinned)}
        choices={tools.map((tool) => ({
          value: keyOf(tool),
          keywords: [tool.server, tool.name, tool.description],
          content: (
            <>
              <span className="min-w-0 flex-1 truncate">{tool.name}</span>
              <span className="shrink-0 text-faint text-xs">{tool.server}</span>
            </>
          ),
        }))}
        onPick={pick}
        search={t("search")}
        none={{ text: t("none"), href: "/settings#mcp-servers", action: t("open") }}
        control={control}
        label={label}
        disabled={disabled}
      >
        <span className={cn("min-w-0 flex-1 truncate", pinned === null && "text-faint", isGone && "text-error")}>
          {pinned === null ? t("choose") : `${pinned.server} · ${pinned.name}`}
        </span>
        {isGone ? <span className="shrink-0 text-error text-xs">{t("gone")}</span> : null}
        {isChanged ? <span className="shrink-0 text-warn text-xs">{t("changed")}</span> : null}
      </ModelPopover>
      {pinned !== null && !isChanged ? <p className="line-clamp-3 text-muted text-xs">{pinned.description}</p> : null}
      {isChanged ? (
        <div
          role="alert"
          className="flex flex-col gap-2 rounded-md border border-warn p-2 text-xs"
          data-testid="tool-changed"
        >
          <p>{t("changedHelp")}</p>
          <pre className="max-h-48 overflow-auto rounded bg-sunken p-2 font-mono text-[11px] leading-[16px]">
            {diffLines(written(pinned), written(current)).map((part, order) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one diff, in order
                key={order}
                className={cn(part.added && "bg-ok-soft text-ok", part.removed && "bg-error-soft text-error")}
              >
                {part.value.replace(/^(?=.)/gm, part.added ? "+ " : part.removed ? "- " : "  ")}
              </span>
            ))}
          </pre>
          <Button size="sm" disabled={disabled} onClick={() => pick(keyOf(current))}>
            {t("take")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
