import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { phoneRegions } from "@/nodes/lib/safety/personal/phone-numbers";

it.each(["personal-data.md", "personal-data.zh.md"])(
  "%s names the countries whose local numbers are known",
  async (file) => {
    const text = await readFile(`${import.meta.dirname}/${file}`, "utf8");
    const named = text
      .split("\n")
      .filter((line) => /^\| .* \| (?:[A-Z]{2}, )+[A-Z]{2} \|$/.test(line))
      .flatMap((line) => line.match(/\b[A-Z]{2}\b/g) ?? []);
    expect(named.toSorted()).toEqual([...phoneRegions].toSorted());
  },
);
