"use client";

import { useTranslations } from "next-intl";
import { Select, SelectGroup, SelectItem, SelectLabel } from "@/components/ui/select";

export interface EncodingGroup {
  readonly script: string;
  readonly encodings: readonly string[];
}

export interface EncodingSelectProps {
  readonly label: string;
  readonly value: string;
  readonly groups: readonly EncodingGroup[];
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onValueChange: (encoding: string) => void;
}

/** All encodings, by the writing they are for. */
export function EncodingSelect({ label, value, groups, disabled, className, onValueChange }: EncodingSelectProps) {
  const t = useTranslations("table");
  return (
    <Select
      aria-label={label}
      value={value}
      {...(disabled === undefined ? {} : { disabled })}
      {...(className === undefined ? {} : { className })}
      onValueChange={onValueChange}
    >
      {groups.map(({ script, encodings }) => (
        <SelectGroup key={script}>
          <SelectLabel>{t(`script.${script}`)}</SelectLabel>
          {encodings.map((encoding) => (
            <SelectItem key={encoding} value={encoding}>
              {encodingLabel(encoding)}
            </SelectItem>
          ))}
        </SelectGroup>
      ))}
    </Select>
  );
}

const labels: Readonly<Record<string, string>> = {
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  "utf-32le": "UTF-32 LE",
  "utf-32be": "UTF-32 BE",
  gb18030: "GBK / GB 18030",
  big5: "Big5",
  shift_jis: "Shift_JIS",
  macintosh: "Mac Roman",
  "x-mac-ce": "Mac Central European",
  "x-mac-cyrillic": "Mac Cyrillic",
};

/** As programs write the names: Windows-1252, ISO-8859-2, KOI8-R, DOS 850. */
export const encodingLabel = (encoding: string): string =>
  labels[encoding] ??
  encoding
    .replace(/^windows/, "Windows")
    .replace(/^ibm/, "DOS ")
    .replace(/^(?:iso|koi8|euc|utf).*/, (name) => name.toUpperCase());
