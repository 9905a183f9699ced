"use client";

import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { type ChunkWay, chunkLimits, chunkWays } from "./types";

export interface ChunkSettings {
  readonly chunkBy: ChunkWay;
  readonly chunkSize: number;
  readonly chunkOverlap: number;
}

export const usualChunks: ChunkSettings = {
  chunkBy: "structure",
  chunkSize: chunkLimits.size,
  chunkOverlap: chunkLimits.overlap,
};

/** Whether the app would take the settings. */
export const areChunksValid = ({ chunkSize, chunkOverlap }: ChunkSettings): boolean =>
  Number.isInteger(chunkSize) &&
  chunkSize >= chunkLimits.smallest &&
  chunkSize <= chunkLimits.largest &&
  Number.isInteger(chunkOverlap) &&
  chunkOverlap >= 0 &&
  chunkOverlap <= chunkSize / 2;

export interface ChunkFieldsProps {
  readonly value: ChunkSettings;
  readonly onChange: (value: ChunkSettings) => void;
}

/** How texts are cut into passages, each choice with what it means. */
export function ChunkFields({ value, onChange }: ChunkFieldsProps) {
  const t = useTranslations("knowledge.chunking");
  const { chunkBy, chunkSize, chunkOverlap } = value;
  const unit = t(chunkBy === "token" ? "tokens" : "characters");
  const badSize = !(chunkSize >= chunkLimits.smallest && chunkSize <= chunkLimits.largest);
  const badOverlap = !(chunkOverlap >= 0 && chunkOverlap <= chunkSize / 2);
  return (
    <div className="flex flex-col gap-4">
      <FormField label={t("by")} help={t(`help.${chunkBy}`)}>
        {(control) => (
          <Select
            {...control}
            value={chunkBy}
            onValueChange={(next) => onChange({ ...value, chunkBy: next as ChunkWay })}
          >
            {chunkWays.map((way) => (
              <SelectItem key={way} value={way}>
                {t(`way.${way}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      <div className="grid grid-cols-2 gap-4">
        <FormField
          label={t("size")}
          aside={unit}
          help={t("sizeHelp")}
          error={
            badSize ? t("sizeBounds", { smallest: chunkLimits.smallest, largest: chunkLimits.largest }) : undefined
          }
        >
          {(control) => (
            <NumberInput {...control} value={chunkSize} onChange={(next) => onChange({ ...value, chunkSize: next })} />
          )}
        </FormField>
        <FormField
          label={t("overlap")}
          aside={unit}
          help={t("overlapHelp")}
          error={badOverlap && !badSize ? t("overlapBounds") : undefined}
        >
          {(control) => (
            <NumberInput
              {...control}
              value={chunkOverlap}
              onChange={(next) => onChange({ ...value, chunkOverlap: next })}
            />
          )}
        </FormField>
      </div>
    </div>
  );
}

interface NumberInputProps {
  readonly id: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberInput({ value, onChange, ...control }: NumberInputProps) {
  return (
    <Input
      {...control}
      inputMode="numeric"
      className="tabular"
      maxLength={5}
      value={Number.isNaN(value) ? "" : String(value)}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, "");
        onChange(digits === "" ? Number.NaN : Number(digits));
      }}
    />
  );
}
