import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Tunings } from "@/components/fine-tuning/tunings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tuning"))("title") };
}

export default function FineTunePage() {
  return <Tunings />;
}
