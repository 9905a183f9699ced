"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import type { ModelCall } from "@/runtime/run/reduce";
import type { SentMessage, SentPrompt } from "@/runtime/run/sent-prompt";
import { ThinkingFold } from "./thinking-fold";

/** One call of a model: what it cost, and, unfolded, the very prompt it was sent. */
export function ModelCallLine({ call }: { readonly call: ModelCall }) {
  const t = useTranslations("run");
  const [open, setOpen] = useState(false);
  const { prompt } = call;
  const name = `${call.endpoint}/${call.model}`;
  return (
    <li className="overflow-hidden rounded-md border border-line text-xs">
      <div className="px-2.5 py-1.5">
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 truncate font-medium">{name}</p>
          {prompt ? (
            <button
              type="button"
              aria-expanded={open}
              className="-mr-1 flex shrink-0 items-center gap-0.5 rounded px-1 text-accent-text hover:underline"
              onClick={() => setOpen(!open)}
            >
              {t("sentPrompt")}
              <ChevronRight aria-hidden="true" className={cn("size-3.5 transition-transform", open && "rotate-90")} />
            </button>
          ) : null}
        </div>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-muted">
          <Duration ms={call.latencyMs} />
          {call.firstTokenMs === null ? null : (
            <span>
              {t("firstToken")} <Duration ms={call.firstTokenMs} />
            </span>
          )}
          {call.usage ? <Tokens input={call.usage.inputTokens} output={call.usage.outputTokens} /> : null}
          {call.error ? null : <Money microUsd={call.costMicroUsd} />}
          {call.cached ? <span>{t("cached")}</span> : null}
        </p>
        {call.reply ? <p className="mt-1 text-warn">{t(`reply.${call.reply}`)}</p> : null}
        {call.error ? <p className="mt-1 break-words text-error">{call.error.message}</p> : null}
      </div>
      {call.thinking ? <ThinkingFold thinking={call.thinking} className="rounded-none border-x-0 border-b-0" /> : null}
      {prompt && open ? <Prompt prompt={prompt} /> : null}
    </li>
  );
}

function Prompt({ prompt }: { readonly prompt: SentPrompt }) {
  const { messages, temperature, maxTokens, stop, seed, schema, tools } = prompt;
  const numbered = messages.map((message, number) => ({ number, message }));
  const settings = [
    temperature === undefined ? null : `temperature ${temperature}`,
    maxTokens === undefined ? null : `max_tokens ${maxTokens}`,
    stop === undefined ? null : `stop ${stop.map((text) => JSON.stringify(text)).join(" ")}`,
    seed === undefined ? null : `seed ${seed}`,
    schema ? "json_schema" : null,
    tools === undefined ? null : `tools ${tools.join(" ")}`,
  ].filter((setting) => setting !== null);
  return (
    <div data-testid="sent-prompt" className="flex flex-col gap-2 border-line border-t bg-sunken px-2.5 py-2">
      {numbered.map(({ number, message }) => (
        <Message key={number} message={message} />
      ))}
      {settings.length > 0 ? <p className="font-mono text-[11px] text-muted">{settings.join(" · ")}</p> : null}
    </div>
  );
}

function Message({ message: { role, content, images, toolCalls, omitted } }: { readonly message: SentMessage }) {
  const t = useTranslations("run");
  return (
    <section className="group/message">
      <header className="flex h-5 items-center gap-2 text-muted">
        <h4 className="font-medium">{t(`roles.${role}`)}</h4>
        <CopyButton
          value={content}
          size="sm"
          className="-my-1 opacity-0 focus-visible:opacity-100 group-hover/message:opacity-100"
        />
      </header>
      <p className="whitespace-pre-wrap break-words font-mono text-[11px] leading-[17px]">{content}</p>
      {toolCalls?.map(({ id, name, arguments: given }) => (
        <p key={id} className="whitespace-pre-wrap break-words font-mono text-[11px] leading-[17px]">
          {name}({given})
        </p>
      ))}
      {images ? <p className="text-muted">{images.map(({ name }) => name).join(", ")}</p> : null}
      {omitted === undefined ? null : <p className="text-muted">{t("omitted", { count: omitted })}</p>}
    </section>
  );
}
