import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SheetPage } from "@/components/sheets/sheet-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sheets"))("one") };
}

export default async function OneSheetPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <SheetPage key={id} id={id} />;
}
