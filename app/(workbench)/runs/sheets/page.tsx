import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Sheets } from "@/components/sheets/sheets";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sheets"))("title") };
}

export default function SheetsPage() {
  return <Sheets />;
}
